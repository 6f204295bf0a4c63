"""A member's search as it is stored for its buttons, and texts about it and its results."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.chat.interactions.services import Services
from bot.chat.text.escape import escape, shorten
from bot.locale import Catalogue
from bot.papers import Coverage, Paper
from bot.search.model import Filters, SearchPage, Sort, Tier
from bot.search.query import MAX_QUERY, MAX_TERMS, Field, Query
from bot.search.typing.fillers import has_no_subject, without_fillers

_QUERY = 100
_SORTED = {Sort.VOTES: "search-sorted-votes", Sort.NEWEST: "search-sorted-newest"}


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it was typed, and its filters."""

    text: str
    filters: Filters

    def to_json(self) -> str:
        """The question as JSON, to be stored."""
        filters = self.filters
        return json.dumps(
            {
                "text": self.text,
                "since": filters.since and filters.since.isoformat(),
                "until": filters.until and filters.until.isoformat(),
                "min_votes": filters.min_votes,
                "sort": filters.sort,
            }
        )

    @classmethod
    def from_json(cls, kept: str) -> "Question":
        """The question that `to_json` wrote."""
        data = json.loads(kept)
        since, until = (date.fromisoformat(data[end]) if data[end] else None for end in ("since", "until"))
        return cls(data["text"], Filters(since, until, data["min_votes"], Sort(data["sort"])))


def quoted(query: str) -> str:
    """A query as Discord text, shortened."""
    return escape(shorten(query, _QUERY))


def filters_text(filters: Filters, catalogue: Catalogue) -> str:
    """The filters in words, as plain text; "" for none."""
    parts = []
    if filters.since:
        parts.append(catalogue.say("search-since", day=str(filters.since)))
    if filters.until:
        parts.append(catalogue.say("search-until", day=str(filters.until)))
    if filters.min_votes:
        parts.append(catalogue.say("search-min-votes", votes=filters.min_votes))
    if filters.sort in _SORTED:
        parts.append(catalogue.say(_SORTED[filters.sort]))
    return " · ".join(parts)


def remarks(page: SearchPage, catalogue: Catalogue) -> str:
    """Remarks on how a page was found, as Discord text, a line each; "" if there are none."""
    lines = []
    if page.mended is not None:
        lines.append(catalogue.say("search-mended", query=quoted(page.mended)))
    if has_no_subject(page.query):
        lines.append(catalogue.say("search-no-subject"))
    elif page.results and all(hit.tier is Tier.ANY for hit in page.results):
        words = sum(not term.excluded for term in without_fillers(page.query).terms)
        lines.append(catalogue.say("search-some", words=words))
    if page.translated:
        lines.append(catalogue.say("search-translated", words=quoted(catalogue.listed(page.translated))))
    if page.query.cut:
        lines.append(catalogue.say("search-cut", limit=MAX_QUERY, terms=MAX_TERMS))
    if page.stopped:
        lines.append(catalogue.say("search-stopped"))
    if page.partial:
        lines.append(catalogue.say("search-partial"))
    return "\n".join(lines)


def missing_paper(arxiv_id: str, coverage: Coverage, catalogue: Catalogue) -> str:
    """That the archive lacks a paper, and where to read it instead, as Discord text."""
    if coverage.newest is None:
        return catalogue.say("archive-empty")
    link = Paper(arxiv_id, "").url
    first, newest = str(coverage.first), str(coverage.newest)
    return catalogue.say("paper-missing", arxiv_id=escape(arxiv_id), link=link, first=first, newest=newest)


async def advice(question: Question, page: SearchPage, services: Services, catalogue: Catalogue) -> str:
    """Why a search finds nothing and what to try instead, as Discord text."""
    say, query = catalogue.say, page.query
    if page.stopped or page.partial:
        return remarks(page, catalogue)
    coverage = await services.library.coverage()
    if coverage.newest is None:
        return say("archive-empty")
    if query.is_empty:
        return say("error-query-empty")
    span = {"first": str(coverage.first), "newest": str(coverage.newest)}
    if query.arxiv_id is not None:
        return missing_paper(query.arxiv_id, coverage, catalogue)
    tips = await _tips(question, query, services, catalogue, span)
    listed = tips if len(tips) == 1 else [f"• {tip}" for tip in tips]
    return "\n".join([say("search-nothing", query=quoted(question.text)), *listed])


async def _tips(
    question: Question, query: Query, services: Services, catalogue: Catalogue, span: Mapping[str, str]
) -> list[str]:
    """What to try after a search that found nothing."""
    say, tips = catalogue.say, list[str]()
    unfiltered = replace(question.filters, since=None, until=None, min_votes=None)
    if unfiltered != question.filters:
        total = (await services.search.search(question.text, unfiltered, limit=1)).total
        if total:
            facts = filters_text(replace(question.filters, sort=Sort.RELEVANCE), catalogue)
            return [say("search-try-unfiltered", total=total, filters=facts)]
    if has_no_subject(query):
        return [say("search-no-subject")]
    if any(term.excluded or term.field is not Field.ANY for term in query.terms):
        tips.append(say("search-try-wider"))
    if without_fillers(query) != query:
        tips.append(say("search-try-subject"))
    tips.append(say("search-try-other", **span))
    return tips
