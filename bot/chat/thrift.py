"""Spares the core what discord.py does too often for a bot of thousands of channels."""

from itertools import count

from discord.http import HTTPClient

EVERY = 1_000


def tidy_rarely(http: HTTPClient) -> None:
    """Let discord.py look for limits of channels that it can forget at each EVERY-th new channel, not at each.

    It keeps those of the last five minutes and looks through all: with ten thousand, that takes 5 ms for each message
    (discord.py 2.7.1, `HTTPClient.get_ratelimit`). There is no setting for it. Where a later version has no such method
    any more, nothing changes.
    """
    tidy = getattr(http, "_try_clear_expired_ratelimits", None)
    if tidy is None:
        return
    looks = count(1)

    def rarely() -> None:
        if next(looks) % EVERY == 0:
            tidy()

    http._try_clear_expired_ratelimits = rarely  # type: ignore[method-assign]  # noqa: SLF001  there is no other way in
