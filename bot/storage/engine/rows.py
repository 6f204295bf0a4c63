"""Turns rows into objects; a row that can't be read does not hide the others."""

import logging
import sqlite3
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import partial
from typing import TypeVar

log = logging.getLogger(__name__)

Object = TypeVar("Object")
Known = TypeVar("Known", bound=StrEnum)

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)
"""What reading a row raises if a column holds an unexpected value."""

IS_DATE = "day = date(day, '+0 days')"  # with a modifier, SQLite turns 30 February into 1 March
"""SQL: the column `day` holds a date. For a query that would otherwise return what can't be read in place of a date."""


def json_or(column: str, default: str = "[]") -> str:
    """SQL for a column of JSON; `default` if it holds something else, at which SQLite's functions raise an error."""
    return f"iif(json_valid({column}), {column}, '{default}')"


def readable(rows: Iterable[sqlite3.Row], read: Callable[[sqlite3.Row], Object], what: str) -> list[Object]:
    """Apply `read` to each row. A row that it can't read is logged and skipped."""
    found = (attempt(partial(read, row), f"{what} {row[0]}") for row in rows)
    return [each for each in found if each is not None]


def attempt(read: Callable[[], Object], name: str) -> Object | None:
    """What `read` returns. If it can't read a row, that is logged under the row's name, and the result is None."""
    try:
        return read()
    except UNREADABLE as error:
        log.error("%s can't be read and is skipped: %r", name, error)  # noqa: TRY400  no traceback each time
        return None


def known(kind: type[Known], text: str, other: Known) -> Known:
    """The enumeration's member for `text`; `other` if it is unknown, as from another version of the program."""
    try:
        return kind(text)
    except ValueError:
        return other
