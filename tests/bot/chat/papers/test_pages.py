from types import SimpleNamespace
from typing import Any

import pytest

from bot.chat.papers.lists.archive import TopList
from bot.chat.papers.pages import Reader
from bot.locale import Language, catalogue
from bot.papers import Appearance, Listing
from tests.builders import FRIDAY, paper


class Unreadable:
    """A library of six papers; those of the last page, or all, can't be read."""

    def __init__(self, readable: list[Appearance]) -> None:
        self._readable = readable

    async def top(self, since: Any, limit: int, offset: int, until: Any) -> tuple[int, list[Appearance]]:
        del since, limit, until
        return 6, [] if offset else self._readable

    async def newest_day(self) -> None:
        return None


@pytest.mark.parametrize("readable", [[Appearance(FRIDAY, Listing(paper(), 1))], []])
async def test_a_last_page_that_can_not_be_read_shows_an_earlier_one(readable: list[Appearance]) -> None:
    services: Any = SimpleNamespace(library=Unreadable(readable))
    sheet = await TopList().sheet(Reader(services, 1, catalogue(Language.EN)), 5)
    assert (sheet.offset, len(sheet.listings)) == (0, len(readable))
