"""`paperboy health`: whether the bot running here is well, from its /healthz."""

import json
import sys
from http.client import HTTPException
from ipaddress import ip_address
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from bot.errors import PaperboyError
from bot.settings import MonitorSettings, Settings

PATIENCE_SECONDS = 5


def check_health(settings: Settings) -> int:
    """Print the running bot's answer; return 1 unless all is well. Raises PaperboyError if nothing answers."""
    address = f"http://{_host(settings.monitor)}:{settings.monitor.port}/healthz"
    if settings.monitor.port == 0:
        raise PaperboyError("monitor.port is 0, so the bot does not answer")
    try:
        told, well = _ask(address)
    except (OSError, HTTPException) as error:
        why = " ".join(str(getattr(error, "reason", error)).split())
        raise PaperboyError(f"{address} does not answer: {why}") from error
    try:
        json.loads(told)
    except ValueError as error:
        raise PaperboyError(f"{address} is another program: set monitor.port to a free port") from error
    sys.stdout.write(f"{told.decode()}\n")
    return 0 if well else 1


def _ask(address: str) -> tuple[bytes, bool]:
    try:
        with build_opener(ProxyHandler({})).open(address, timeout=PATIENCE_SECONDS) as answer:
            return answer.read(), True
    except HTTPError as error:
        return error.read(), False


def _host(settings: MonitorSettings) -> str:
    """The host to ask: loopback if the bot listens on all addresses."""
    try:
        address = ip_address(settings.host)
    except ValueError:
        return settings.host
    if address.is_unspecified:
        return "[::1]" if address.version == 6 else "127.0.0.1"  # noqa: PLR2004  of IP
    return f"[{address}]" if address.version == 6 else str(address)  # noqa: PLR2004  of IP
