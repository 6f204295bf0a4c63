"""Papers for a member, chosen when asked: nothing of it is stored."""

from datetime import date
from typing import Protocol

from bot.foryou.choosing import Scope, choose
from bot.foryou.model import Member, Picks
from bot.foryou.terms import TermReader
from bot.search.shelf import Shelf
from bot.search.subjects.similar import Library

SECONDS = 2.0
"""How long choosing for a member may take."""


class Members(Protocol):
    """What members saved, muted and subscribed to."""

    async def member(self, user_id: int) -> Member: ...


class ForYou:
    """Chooses papers for members, for each in at most `seconds`."""

    def __init__(self, library: Library, members: Members, seconds: float = SECONDS) -> None:
        self._library = library
        self._seconds = seconds
        self._members = members
        self._terms = TermReader()

    async def of(self, user_id: int, scope: Scope) -> Picks:
        """The papers that fit a member best, or how many they saved if those are too few.

        Raises TimeoutError where they can't be found in time.
        """
        member = await self._members.member(user_id)
        held = await self._library.count_since(date.min)
        return await self._library.search(lambda shelf: self._choose(shelf, held, member, scope), is_long=True)

    def _choose(self, shelf: Shelf, held: int, member: Member, scope: Scope) -> Picks:
        shelf.allow(self._seconds)
        return choose(shelf, self._terms, held, member, scope)
