"""How the papers of an alert are arranged: the best ones by subscription, then the rest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.alerts.model import Match

BEST = 10
"""Papers shown in an alert; the rest are behind a button."""


@dataclass(frozen=True, slots=True)
class Section:
    """The papers of an alert that stand under one query."""

    query: str
    matches: tuple[Match, ...]


def sections(matches: Sequence[Match]) -> tuple[Section, ...]:
    """The BEST first matches by query; the section with the best paper is first.

    A paper that several queries match stands once, under the query that matches the fewest papers of all.
    """
    counted = Counter(query for match in matches for query in match.queries)
    found: dict[str, list[Match]] = {}
    for match in matches[:BEST]:
        found.setdefault(min(match.queries, key=lambda query: counted[query]), []).append(match)
    return tuple(Section(query, tuple(under)) for query, under in found.items())


def in_order(matches: Sequence[Match]) -> tuple[Match, ...]:
    """All matches in the order in which an alert numbers them: its sections, then the rest."""
    return (*(match for section in sections(matches) for match in section.matches), *matches[BEST:])
