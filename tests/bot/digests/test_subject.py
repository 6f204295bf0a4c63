"""A digest's subject: what matches it is chosen, as the matcher of subscriptions decides, in all kinds of editions."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.choice import Chooser
from bot.digests.model import Digest, Reason, Selection, Subject, Why
from bot.digests.past import Shown
from bot.digests.subject import Subjects, subject_of
from bot.errors import RefusalError
from bot.papers import Day, Listing, Paper, ranked
from bot.search.matcher import Document, matches
from bot.search.query import Query, on_one_line, parse
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.outbox import Outbox
from bot.storage.papers.library import Library
from tests.bot.alerts.generated import DAYS, QUERIES
from tests.bot.digests.desk import NOW, SATURDAY, Desk, ago, ids
from tests.builders import FRIDAY, order, paper, site_day, utc

DAY = timedelta(days=1)


def about(on: date, *titles: str, first: int = 1) -> Day:
    """A day of papers with these titles, each with fewer votes than the one before."""
    listed = enumerate(titles)
    return Day(on, tuple(Listing(paper(first + n, title=title, summary=()), 100 - n) for n, title in listed))


class OneDay:
    """A library of one closed day, and a digest that has had nothing."""

    def __init__(self, held: Day) -> None:
        self._held = held

    async def day(self, when: date) -> Day | None:
        return self._held if when == self._held.date else None

    async def newest_day(self, *_: object) -> date | None:
        return self._held.date

    newest_closed_day = newest_day_not_had = next_replay_day = newest_day

    async def half_days(self) -> frozenset[date]:
        return frozenset()

    async def abstracts(self, arxiv_ids: Sequence[str]) -> dict[str, str]:
        return {arxiv_ids[0]: "para 강화"} if arxiv_ids else {}

    async def papers_had(self, *_: object) -> set[str]:
        return set()

    papers_seen = papers_had

    async def late_papers(self, *_: object) -> Mapping[date, frozenset[str]]:
        return {}

    async def beside(self, *_: object) -> Sequence[Shown]:
        return ()

    async def quiet_day(self) -> None:
        return None

    source_failing_since = quiet_day


def digest_of(query: str, **changes: object) -> Digest:
    return Digest(1, 1, 1, order(query=query, **changes), None, 5, NOW, NOW)


def reported(query: Query, document: Document) -> bool:
    """Whether a subscription reports a paper; for nothing but exclusions, whether it reports none of those."""
    if query.is_empty:
        return not any(matches(Query((replace(term, excluded=False),)), document) for term in query.terms)
    return matches(query, document)


@settings(max_examples=150)
@given(DAYS, QUERIES, st.lists(st.integers(0, 5), min_size=3, max_size=3), st.integers(1, 3), st.integers(0, 2))
def test_an_edition_is_the_best_of_what_a_subscription_to_its_query_reports(
    papers: Sequence[Paper], typed: str, votes: list[int], count: int, min_votes: int
) -> None:
    query = parse(typed)
    if not query.terms and query.arxiv_id is None:
        return
    held = Day(FRIDAY, tuple(map(Listing, papers, votes)))
    store = OneDay(held)
    abstracts = asyncio.run(store.abstracts([one.arxiv_id for one in papers]))
    documents = [Document.from_paper(one, abstracts.get(one.arxiv_id, "")) for one in papers]
    matching = {document.arxiv_id for document in documents if reported(query, document)}
    best = [one for one in ranked(held) if one.paper.arxiv_id in matching and (one.votes or 0) >= min_votes][:count]
    digest = digest_of(typed, count=count, min_votes=min_votes)
    chooser = Chooser(store, store, store, fresh_days=3)
    for each in (chooser, chooser.for_one_run([digest, digest_of("other -words"), digest_of("-kim")])):
        outcome = asyncio.run(each.choose(digest, FRIDAY))
        if best:
            assert outcome == Selection(FRIDAY, 3, tuple(best), subject=Subject(typed, len(matching)))
        else:
            assert isinstance(outcome, Reason)
            assert outcome.why is (Why.TOO_FEW_VOTES if matching else Why.NO_MATCH)


async def test_the_best_of_the_day_that_match_are_chosen(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(about(FRIDAY, "Vision", "Diffusion A", "Robots", "Diffusion B", "A survey of diffusion"))
    chosen = await desk.chooser.choose(await desk.digest(order(query="diffusion -survey", count=1)), FRIDAY)
    assert ids(chosen) == ["2"]
    assert isinstance(chosen, Selection)
    assert (chosen.total, chosen.subject) == (5, Subject("diffusion -survey", 2))


async def test_only_exclusions_are_all_but_those(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(about(FRIDAY, "A survey", "Diffusion", "A benchmark", "Robots"))
    assert ids(await desk.chooser.choose(await desk.digest(order(query="-survey -benchmark")), FRIDAY)) == ["2", "4"]
    await desk.have(about(SATURDAY, "A survey", first=9))
    assert await desk.chooser.choose(await desk.digest(order(query="-survey")), SATURDAY) == Reason(
        Why.NO_MATCH, {"day": SATURDAY.isoformat(), "total": 1, "query": "-survey"}
    )


async def test_where_none_matches_the_reason_names_the_day_and_its_papers_once(
    library: Library, digests: Digests
) -> None:
    desk = Desk(library, digests)
    await desk.have(about(ago(1), "Diffusion"))
    digest = await desk.digest(order(query="diffusion"))
    assert ids(await desk.post(digest, ago(1))) == ["1"]
    await desk.have(about(FRIDAY, "Robots", "Vision", first=5))
    nothing = Reason(Why.NO_MATCH, {"day": "2024-02-23", "total": 2, "query": "diffusion"})
    assert await desk.post(digest, FRIDAY) == nothing
    await desk.have(about(SATURDAY, "More diffusion", first=9))
    assert ids(await desk.post(digest, SATURDAY)) == ["9"]
    assert await desk.post(digest, SATURDAY + DAY) == Reason(Why.NOTHING_NEW, {"newest": SATURDAY.isoformat()})


async def test_a_sample_is_of_the_newest_day_of_a_week_with_a_match(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(about(ago(6), "Diffusion"), about(ago(7), "Audio", first=3), about(FRIDAY, "Robots", first=5))
    sample = await desk.chooser.sample(await desk.digest(order(query="diffusion")))
    assert isinstance(sample, Selection)
    assert (ids(sample), sample.day) == (["1"], ago(6))
    nothing = await desk.chooser.sample(await desk.digest(order(query="audio")))
    assert isinstance(nothing, Reason)


async def test_a_day_without_a_match_is_taken_once_the_subject_changes(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(about(FRIDAY, "Robots"))
    digest = await desk.digest(order(query="diffusion"))
    assert isinstance(await desk.post(digest, FRIDAY), Reason)
    assert ids(await desk.post(replace(digest, order=order(query="robots")), SATURDAY)) == ["1"]


async def test_a_recap_keeps_to_the_subject(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(about(ago(2), "Diffusion A", "Robots"), about(FRIDAY, "Vision", "Diffusion B", first=5))
    weekly = order(query="diffusion", weekly=True, weekdays=frozenset({4}))
    chosen = await desk.chooser.choose(await desk.digest(weekly), FRIDAY)
    assert ids(chosen) == ["1", "6"]
    assert isinstance(chosen, Selection)
    assert (chosen.first_day, chosen.total, chosen.subject) == (ago(6), 4, Subject("diffusion", 2))
    nothing = await desk.chooser.choose(await desk.digest(replace(weekly, query="audio")), FRIDAY)
    facts: dict[str, str | int] = {"day": "2024-02-23", "first_day": "2024-02-17", "total": 4, "query": "audio"}
    assert nothing == Reason(Why.NO_MATCH, facts)


@pytest.mark.parametrize(("query", "days"), [("diffusion", [5, 3]), ("-robots", [5, 3]), ("2402.00005", [3])])
async def test_a_replay_passes_over_days_without_a_match(
    query: str, days: list[int], library: Library, digests: Digests
) -> None:
    desk = Desk(library, digests)
    await desk.have(
        about(ago(5), "Diffusion", first=1), about(ago(4), "Robots", first=3), about(ago(3), "Diffusion", first=5)
    )
    digest = await desk.digest(order(replay_from=ago(5), query=query))
    for offset, back in enumerate(days):
        shown = await desk.post(digest, FRIDAY + offset * DAY)
        assert isinstance(shown, Selection)
        assert shown.day == ago(back)
    assert await desk.post(digest, FRIDAY + 9 * DAY) == Reason(Why.REPLAY_ENDED, {"newest": ago(3).isoformat()})


async def test_a_replay_is_not_held_up_by_a_day_whose_text_changed_later(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(
        about(ago(5), "Robots", first=1), about(ago(4), "Diffusion", first=1), about(ago(3), "Diffusion", first=5)
    )
    digest = await desk.digest(order(replay_from=ago(5), query="diffusion"))
    assert ids(await desk.post(digest, FRIDAY)) == ["1"]
    assert ids(await desk.post(digest, SATURDAY)) == ["5"]


async def test_an_early_edition_keeps_to_the_subject(library: Library, digests: Digests, database: Database) -> None:
    desk = Desk(library, digests)
    await desk.have(about(FRIDAY, "Robots", "Diffusion"))
    await site_day(database, FRIDAY, 2, closed=False)
    assert ids(await desk.chooser.choose(await desk.digest(order(query="diffusion", early=True)), FRIDAY)) == ["2"]


@pytest.mark.parametrize("matched", [True, False], ids=["shown", "passed over"])
async def test_what_comes_late_on_a_day_is_taken_in_if_it_matches(
    matched: bool,  # noqa: FBT001  a column of a table
    library: Library,
    digests: Digests,
    database: Database,
) -> None:
    desk = Desk(library, digests)
    await desk.have(about(ago(1), "Diffusion" if matched else "Vision"))
    digest = await desk.digest(order(query="diffusion"))
    await desk.post(digest, ago(1))
    await library.store_page(ago(1).isoformat(), "h2", about(ago(1), "Vision", "Late diffusion", "Late robots"), NOW)
    async with database.write() as tx:
        for number in (2, 3):
            late = (ago(1).isoformat(), f"2402.{number:05}", utc(2024, 2, 22, 23).isoformat(timespec="microseconds"))
            await tx.run("INSERT INTO late (day, arxiv_id, found_at) VALUES (?, ?, ?)", late)
    await desk.have(about(FRIDAY, "Robots", "New diffusion", first=11))
    edition = await desk.post(digest, FRIDAY)
    assert isinstance(edition, Selection)
    assert (ids(edition), edition.late) == (["12", "2"], frozenset({("2402.00002", ago(1))}))
    assert (edition.total, edition.subject) == (3, Subject("diffusion", 2))


async def test_an_edition_keeps_its_subject_whatever_its_digest_is_set_to_later(
    library: Library, digests: Digests, outbox: Outbox
) -> None:
    desk = Desk(library, digests)
    await desk.have(about(FRIDAY, "Robots", "Diffusion"))
    digest = await desk.digest(order(query="diffusion"))
    chosen = await desk.post(digest, FRIDAY)
    await digests.change(digest.id, order(query="robots"), NOW)
    [edition] = await digests.editions(digest.id, 9)
    assert (edition.total, edition.subject) == (2, Subject("diffusion", 1))
    mail = await outbox.edition_mail(edition.id)
    assert mail is not None
    assert mail.selection == chosen


async def test_a_day_is_matched_once_for_all_digests_of_a_run(
    library: Library, digests: Digests, monkeypatch: pytest.MonkeyPatch
) -> None:
    analysed = list[str]()
    from_paper = Document.from_paper

    def count(paper: Paper, abstract: str = "") -> Document:
        analysed.append(paper.arxiv_id)
        return from_paper(paper, abstract)

    desk = Desk(library, digests)
    await desk.have(about(FRIDAY, "Robots", "Diffusion"))
    many = [await desk.digests.add(guild, order(query=f"diffusion -{guild}"), 5, NOW, 10) for guild in range(1, 51)]
    made = [digest for digest in many if digest]
    monkeypatch.setattr(Document, "from_paper", count)
    run = desk.chooser.for_one_run(made)
    for digest in made:
        assert ids(await run.choose(digest, FRIDAY)) == ["2"]
    assert analysed == ["2402.00001", "2402.00002"]


async def test_a_query_of_no_run_is_matched_as_papers_are_now(library: Library) -> None:
    subjects = Subjects(library)
    for title, found in (("Robots", frozenset[str]()), ("Diffusion", frozenset({"2402.00001"}))):
        assert await subjects.matching(about(FRIDAY, title), "diffusion") == found


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Diffusion \n -survey ", "Diffusion -survey"),
        ("-survey", "-survey"),
        ("https://arxiv.org/abs/2402.14658", "https://arxiv.org/abs/2402.14658"),
        ("x" * 200, "x" * 200),
    ],
)
def test_a_query_is_kept_as_it_was_typed(typed: str, kept: str) -> None:
    assert subject_of(typed) == kept
    assert subject_of(kept) == kept


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "error-subject-empty"),
        ("-", "error-subject-empty"),
        ("!?", "error-subject-empty"),
        ("x" * 201, "error-subject-long"),
        (" ".join("abcdefghijklmnopqrstuvwxyz0123456"), "error-subject-long"),
    ],
)
def test_a_query_that_says_nothing_or_too_much_is_refused(typed: str, key: str) -> None:
    with pytest.raises(RefusalError) as refused:
        subject_of(typed)
    assert refused.value.key == key


@given(st.text(max_size=220))
def test_any_text_is_kept_whole_or_refused(typed: str) -> None:
    try:
        kept = subject_of(typed)
    except RefusalError:
        return
    assert kept == on_one_line(typed)
    assert not parse(kept).cut
