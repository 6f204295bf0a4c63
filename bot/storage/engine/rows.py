"""Rows to objects, where one that can't be read must not hide the others."""

import logging
import sqlite3
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

log = logging.getLogger(__name__)

Object = TypeVar("Object")
Known = TypeVar("Known", bound=StrEnum)

UNREADABLE = (ValueError, TypeError, LookupError)
"""What reading a row raises where a column holds something else than it should."""


def readable(rows: Iterable[sqlite3.Row], read: Callable[[sqlite3.Row], Object], what: str) -> list[Object]:
    """What `read` makes of the rows. One that it can't read is logged and left out."""
    found = []
    for row in rows:
        try:
            found.append(read(row))
        except UNREADABLE as error:
            log.error("%s %s can't be read and is passed over: %r", what, row[0], error)  # noqa: TRY400  no traceback each time
    return found


def known(kind: type[Known], text: str, other: Known) -> Known:
    """The member of an enumeration; `other` for one that another version of the program wrote."""
    try:
        return kind(text)
    except ValueError:
        return other
