"""The log: one handler on standard error, as text or as JSON, with secrets removed.

A record about an edition or a delivery carries their ids as fields: `extra={"edition_id": 1, "guild_id": 2}`.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from bot.errors import DatabaseAwayError, DatabaseDamagedError
from bot.settings import LogSettings

FIELDS = ("edition_id", "delivery_id", "digest_id", "guild_id")

_HIDDEN = "[secret]"


class Hider:
    """Removes secrets from a text, also where they are quoted or escaped; None is ignored."""

    def __init__(self, *secrets: str | None) -> None:
        forms = {form for secret in secrets if secret for form in _forms(secret)}
        self._forms = sorted(forms, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """The text with each secret replaced."""
        for form in self._forms:
            text = text.replace(form, _HIDDEN)
        return text


def _forms(secret: str) -> set[str]:
    return {secret, quote(secret, safe=""), json.dumps(secret)[1:-1], repr(secret)[1:-1]}


class ConsoleFormatter(logging.Formatter):
    """A line for people: time, level, place, what happened, and the fields; a traceback follows."""

    def __init__(self, hide: Hider) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._hide = hide

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  logging's name
        """The line before a traceback."""
        told = "".join(f" {name}={value}" for name, value in _fields(record).items())
        return super().formatMessage(record) + (f" ({told.strip()})" if told else "")

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        return self._hide(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (ISO 8601, UTC), level, logger, message, the fields, and error with a traceback."""

    def __init__(self, hide: Hider) -> None:
        super().__init__()
        self._hide = hide

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._hide(record.getMessage()),
            **{name: self._hide(value) if isinstance(value, str) else value for name, value in _fields(record).items()},
        }
        if record.exc_info:
            told["error"] = self._hide(self.formatException(record.exc_info))
        if record.stack_info:
            told["stack"] = self._hide(record.stack_info)
        return json.dumps(told, ensure_ascii=False, default=str)


@contextmanager
def logging_to_stderr(settings: LogSettings, hide: Hider, *, level: str | None = None) -> Iterator[None]:
    """Log to standard error while the block runs, our records and those of libraries alike.

    `level` overrides the level of the settings.
    """
    handler = logging.StreamHandler()
    handler.setFormatter((JsonFormatter if settings.format == "json" else ConsoleFormatter)(hide))
    handler.addFilter(_is_logged)
    root = logging.getLogger()
    before = root.level
    root.setLevel(level or settings.level)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it logs each job, once a second
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # it logs each request to a model
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def _is_logged(record: logging.LogRecord) -> bool:
    """Drop errors caused by a damaged or unavailable database: those are logged once, elsewhere."""
    error = record.exc_info[1] if record.exc_info else None
    while error is not None:
        if isinstance(error, DatabaseDamagedError | DatabaseAwayError):
            return False
        error = error.__cause__ or error.__context__
    return True


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}
