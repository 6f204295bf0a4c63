"""Addresses of the web."""

from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}
_Place = tuple[str, str, int]


def stays(asked: str, told: str) -> bool:
    """Whether a redirect from one address to another stays at the host: at the same port, or from http to https.

    Another host may be one that only our own network can reach, and what is sent is meant for the host that was asked.
    """
    one, other = _place(asked), _place(told)
    if one is None or other is None:
        return False
    return other in {one, _upgraded(one)}


def _upgraded(place: _Place) -> _Place:
    scheme, host, port = place
    return ("https", host, _PORTS["https"]) if (scheme, port) == ("http", _PORTS["http"]) else place


def _place(address: str) -> _Place | None:
    """Scheme, host and port; None if it is not a plain web address."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.scheme, parts.hostname.lower(), port) if parts.hostname and "@" not in parts.netloc else None
