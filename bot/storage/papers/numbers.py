"""Papers' ids, in the order of their days, and where the index has them: close numbers take few bytes in its lists.

A day has 64 ids. A day with more papers (the site never had one) has 16,384 further ids below zero: among themselves
these are in the order of days, but to a search that is limited to the newest papers they are the oldest.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from bot.errors import StorageError
from bot.search.model import Filters
from bot.storage.engine.database import Transaction

DAY_ROWS = 64
"""Ids of each day."""

MORE_ROWS = 16_384
"""Further ids of each day, for the papers that have none of the first."""

_BELOW_ZERO = 2**40


def first_row(day: date) -> int:
    """The first id of a day."""
    return day.toordinal() * DAY_ROWS


def first_of_more(day: date) -> int:
    """The first of the further ids of a day."""
    return day.toordinal() * MORE_ROWS - _BELOW_ZERO


def day_of(number: int) -> date:
    """The day of a paper id."""
    return date.fromordinal(number // DAY_ROWS if number >= 0 else (number + _BELOW_ZERO) // MORE_ROWS)


_LAST = first_row(date(2100, 1, 1))


def turned(number: int) -> int:
    """The rowid in the index of a paper id, and the paper id of a rowid.

    Newer papers come first, as FTS5 reads its lists twice as fast forward. The rowids of this century are small.
    """
    return _LAST - number


def spans(filters: Filters) -> list[tuple[int, int]]:
    """The ranges of ids, newest first, of the papers whose newest day a search is limited to."""
    since, until = filters.since or date.min, filters.until or date.max
    return [
        (first_row(since), first_row(until) + DAY_ROWS - 1),
        (first_of_more(since), first_of_more(until) + MORE_ROWS - 1),
    ]


async def numbered(tx: Transaction, days: Mapping[str, date], held: Mapping[str, int]) -> dict[str, int]:
    """The papers' ids, by their newest days and the ids that they have.

    A paper keeps its id while its newest day stays, else it gets the next one of the new day. Raises StorageError if a
    day has no more ids.
    """
    numbers: dict[str, int] = {}
    following: dict[date, Iterator[int]] = {}
    for arxiv_id, day in days.items():
        if arxiv_id in held and day_of(held[arxiv_id]) == day:
            numbers[arxiv_id] = held[arxiv_id]
            continue
        if day not in following:
            following[day] = await _free_ids(tx, day)
        try:
            numbers[arxiv_id] = next(following[day])
        except StopIteration:
            raise StorageError(
                f"{day} lists more than {DAY_ROWS + MORE_ROWS:,} papers: it is not an archive page"
            ) from None
    return numbers


async def _free_ids(tx: Transaction, day: date) -> Iterator[int]:
    """The free ids of a day, the first ones first."""
    return chain(
        await _free(tx, first_row(day), DAY_ROWS),
        await _free(tx, first_of_more(day), MORE_ROWS),
    )


async def _free(tx: Transaction, first: int, size: int) -> range:
    row = await tx.row("SELECT max(id) FROM papers WHERE id BETWEEN ? AND ?", (first, first + size - 1))
    return range(first if row is None or row[0] is None else row[0] + 1, first + size)
