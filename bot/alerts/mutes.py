"""Mutes: which of a day's papers members want no alerts about."""

from collections.abc import Sequence
from functools import lru_cache

from bot.alerts.matching import Matcher, by_subscription
from bot.search.matcher import Document
from bot.search.query import Query, parse


class Mutes:
    """The mutes of some members, each with a member's id, for one day's papers. Each distinct mute is matched once."""

    def __init__(self, documents: Sequence[Document], mutes: Sequence[tuple[int, str]]) -> None:
        numbers = {query: number for number, query in enumerate(dict.fromkeys(query for _, query in mutes))}
        matcher = Matcher()
        for query, number in numbers.items():
            matcher.add(number, _sought(query))
        found = by_subscription(matcher.match(documents))
        self._of_member: dict[int, frozenset[str]] = {}
        for user_id, query in mutes:
            self._of_member[user_id] = self.of_member(user_id) | found.get(numbers[query], frozenset())

    def of_member(self, user_id: int) -> frozenset[str]:
        """The arXiv ids of the papers that the member's mutes match."""
        return self._of_member.get(user_id, frozenset())


@lru_cache(10_000)  # parsing a query takes longer than matching it
def _sought(mute: str) -> Query:
    """What a mute excludes, as a query for it."""
    return parse(mute).sought
