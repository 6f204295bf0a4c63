"""The proxy of a request: the setting's, else the environment's. NO_PROXY lists hosts that are reached directly."""

from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore[attr-defined]  # it is there

from bot.errors import SettingsError
from bot.settings import NetworkSettings, Settings
from bot.values import NO_PROXY

_SCHEMES = {"ws": "http", "wss": "https"}


def proxy_for(url: str, settings: NetworkSettings) -> str | None:
    """The address of the proxy for `url`, including its password; None for a direct connection.

    The environment is read as curl reads it: HTTPS_PROXY for https, HTTP_PROXY for http, in capitals or not.
    Raises SettingsError if the proxy is not an http or https one.
    """
    chosen = settings.proxy.get_secret_value() if settings.proxy else None
    found = getproxies_environment()
    address = urlsplit(url)
    if chosen == NO_PROXY or proxy_bypass_environment(address.netloc.rpartition("@")[2], found):
        return None
    scheme = _SCHEMES.get(address.scheme, address.scheme)
    proxy = chosen or found.get(scheme)
    if not proxy:
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    if urlsplit(proxy).scheme not in ("http", "https"):
        raise SettingsError(f"environment {scheme.upper()}_PROXY: must be the address of an http or https proxy")
    return proxy


def secrets_of(settings: Settings) -> list[str]:
    """What must not appear in a log, an error or the database: the token, the model's key, the proxies' passwords."""
    held = (settings.discord.token, settings.summaries.api_key)
    return [*(secret.get_secret_value() for secret in held if secret), *_passwords(settings.network)]


def _passwords(settings: NetworkSettings) -> list[str]:
    chosen = settings.proxy.get_secret_value() if settings.proxy else ""
    addresses = [urlsplit(proxy) for proxy in (chosen, *getproxies_environment().values()) if "://" in proxy]
    return [address.password for address in addresses if address.password]
