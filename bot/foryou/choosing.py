"""Chooses papers for a member on a shelf: away from the event loop, in one go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from bot.foryou.model import DAYS, LEAST_SAVED, MOST_SAVED, Member, Pick, Picks, Why
from bot.foryou.profile import Profile, recency
from bot.foryou.terms import TermReader, Terms, written_in
from bot.latex import readable
from bot.papers import Paper
from bot.search.finding.fts import match_expression
from bot.search.model import Filters
from bot.search.query import Query, parse
from bot.search.shelf import Found, Shelf

_SHARED = 3
"""Terms that are told of a chosen paper."""
_TOLD = 0.2
"""A term is told if its surprise is so much of the greatest at least."""
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Scope:
    """How many papers to choose, and from which: `among` some by arXiv id, else those of the newest days.

    `without` are never chosen, by arXiv id. `min_votes` is the least number of votes.
    """

    limit: int
    among: tuple[str, ...] | None = None
    without: frozenset[str] = frozenset()
    min_votes: int = 0


@dataclass(frozen=True, slots=True)
class _Saved:
    """A saved paper with its terms and how much it counts."""

    found: Found
    terms: Terms
    counts: float


def choose(shelf: Shelf, reader: TermReader, held: int, member: Member, scope: Scope) -> Picks:
    """The papers that fit a member best, of `held` in all; none if too few are saved. Equals are ordered by votes.

    Saved and muted papers are left out. Raises TimeoutError once the shelf's time is up.
    """
    if len(member.kept) < LEAST_SAVED:
        return Picks((), len(member.kept))
    papers = _candidates(shelf, member, scope)
    if not papers:
        return Picks((), len(member.kept))
    saved = _saved(shelf, reader, member)
    terms = {each.number: reader.of(each) for each in papers}
    matches = _matches(shelf, member, papers)
    profile = _profile(shelf, reader, saved, terms.values(), held)
    scored = [
        (profile.score(terms[each.number].keys(), (rate for _, rate in matches.get(each.number, ()))), each)
        for each in papers
    ]
    scored.sort(key=lambda one: (round(one[0]), one[1].votes or 0, one[1].number), reverse=True)
    close = (each for score, each in scored if profile.is_close(score))
    told = (_told(profile, each, terms[each.number], matches.get(each.number, ()), saved) for each in close)
    return Picks(tuple(islice((pick for pick in told if pick), scope.limit)), len(member.kept))


def _candidates(shelf: Shelf, member: Member, scope: Scope) -> list[Found]:
    """The papers to choose from, without saved and muted ones."""
    since = shelf.newest_day() - timedelta(days=DAYS - 1)
    found = shelf.read(shelf.since(since)) if scope.among is None else shelf.named(scope.among)
    if not found:
        return []
    muted = _found(shelf, [parse(mute).sought for mute in member.mutes], found)
    unwanted = scope.without | {each.arxiv_id for each in member.kept}
    return [
        each
        for each in found
        if each.arxiv_id not in unwanted and each.number not in muted and (each.votes or 0) >= scope.min_votes
    ]


def _saved(shelf: Shelf, reader: TermReader, member: Member) -> list[_Saved]:
    kept = member.kept[:MOST_SAVED]
    counts = dict(zip((each.arxiv_id for each in kept), recency([each.saved_at for each in kept]), strict=True))
    return [_Saved(each, reader.of(each), counts[each.arxiv_id]) for each in shelf.named(list(counts))]


def _profile(
    shelf: Shelf, reader: TermReader, saved: Sequence[_Saved], candidates: Iterable[Terms], held: int
) -> Profile:
    """The profile of the saved papers, of the terms that some candidate has too."""
    there = set[str]().union(*candidates)
    shared = {term: each.terms[term] for each in saved for term in each.terms.keys() & there}
    terms = [each.terms.keys() for each in saved]
    return Profile.of(terms, [each.counts for each in saved], reader.counts(shelf, shared, held), held)


def _matches(shelf: Shelf, member: Member, papers: Sequence[Found]) -> dict[int, list[tuple[str, float]]]:
    """For each paper, the subscriptions that match it, with the share of the papers that each matches."""
    numbers, matches = {each.number for each in papers}, dict[int, list[tuple[str, float]]]()
    for query in member.queries:
        found = _found(shelf, [parse(query)], papers) & numbers
        for number in found:
            matches.setdefault(number, []).append((query, len(found) / len(numbers)))
    return matches


def _found(shelf: Shelf, queries: Sequence[Query], papers: Sequence[Found]) -> set[int]:
    """The numbers of the papers that one of some queries matches, among those not older than `papers`."""
    oldest = date.fromisoformat(min(each.day for each in papers))
    return {number for query in queries for number in shelf.rows(match_expression(query), Filters(since=oldest), _MOST)}


def _told(
    profile: Profile, found: Found, terms: Terms, matched: Sequence[tuple[str, float]], saved: Sequence[_Saved]
) -> Pick | None:
    """A paper with why it was chosen; None if it can't be read."""
    appearance = found.appearance()
    if appearance is None:
        return None
    why = _by_subscription(profile, terms, matched) or _by_saved(profile, appearance.listing.paper, terms, saved)
    return Pick(appearance, why) if why else None


def _by_subscription(profile: Profile, terms: Terms, matched: Sequence[tuple[str, float]]) -> Why | None:
    """The subscription that matches a paper, if that counts for more than any term."""
    query, rate = min(matched, key=lambda each: each[1], default=("", 1.0))
    telling = profile.telling(terms.keys())
    greatest = profile.surprises[telling[0]] if telling else 0.0
    return Why(query=query) if profile.of_subscription(rate) > greatest else None


def _by_saved(profile: Profile, paper: Paper, terms: Terms, saved: Sequence[_Saved]) -> Why | None:
    """Which saved papers a paper is like, and by which terms."""
    telling = profile.telling(terms.keys())
    shared = dict[str, str]()
    for term in telling:
        if len(shared) == _SHARED or profile.surprises[term] < _TOLD * profile.surprises[telling[0]]:
            break
        if written := written_in(paper, term):
            shared.setdefault(term, written)

    def likeness(one: _Saved) -> tuple[float, int]:
        return one.counts * sum(profile.surprises[term] for term in shared if term in one.terms), one.found.number

    alike = sorted((each for each in saved if shared.keys() & each.terms.keys()), key=likeness, reverse=True)
    if not alike:
        return None
    nearest = alike[0].found.paper()
    title = readable(nearest.title) if nearest else alike[0].found.arxiv_id
    return Why(title, len(alike) - 1, tuple(dict.fromkeys(shared.values())))
