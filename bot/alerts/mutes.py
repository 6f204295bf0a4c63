"""Mutes: what a member wants to hear nothing of, applied to what their subscriptions match."""

from collections.abc import Iterable, Sequence

from bot.search.matcher import Document, keeps_out
from bot.search.query import parse


class Mutes:
    """The mutes of some members, for one day's papers. Each distinct mute is looked for once."""

    def __init__(self, documents: Sequence[Document], queries: Iterable[tuple[int, str]]) -> None:
        self._documents = documents
        self._kept_out: dict[str, frozenset[str]] = {}
        self._of_member: dict[int, frozenset[str]] = {}
        for user_id, query in queries:
            self._of_member[user_id] = self.of_member(user_id) | self._found(query)

    def of_member(self, user_id: int) -> frozenset[str]:
        """The arXiv ids of the papers that the member wants to hear nothing of."""
        return self._of_member.get(user_id, frozenset())

    def _found(self, query: str) -> frozenset[str]:
        if query not in self._kept_out:
            mute = parse(query)
            self._kept_out[query] = frozenset(each.arxiv_id for each in self._documents if keeps_out(mute, each))
        return self._kept_out[query]
