import shutil
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.errors import UsageError
from bot.feed.model import Asked, Feed, read_language, read_query
from bot.feed.service import MOST_DAYS, MOST_PAPERS, Feeds
from bot.locale import Language
from bot.papers import Day, Details, Listing, Paper
from bot.search.query import MAX_QUERY
from bot.sources.model import SitePaper
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from bot.storage.papers.strays import Strays
from tests.builders import FRIDAY, day, site_day, utc

NOW = utc(2024, 2, 24)
THURSDAY = FRIDAY - timedelta(days=1)


@pytest.fixture
def feeds(library: Library) -> Feeds:
    return Feeds(library)


async def put(library: Library, *days: Day) -> None:
    for each in days:
        await library.store_page(f"{each.date:%Y/%m/%d}.md", str(each.date), each, NOW)


def ids(feed: Feed) -> list[str]:
    return [entry.id.removeprefix("https://arxiv.org/abs/") for entry in feed.entries]


async def test_papers_come_by_day_and_votes_and_each_once(feeds: Feeds, library: Library) -> None:
    await put(library, day(THURSDAY, (9, 8), first=1), day(FRIDAY, (1, 7), first=2))
    feed = await feeds.of(Asked())
    assert ids(feed) == ["2402.00003#2024-02-23", "2402.00002#2024-02-23", "2402.00001#2024-02-22"]
    assert [entry.updated for entry in feed.entries] == [utc(2024, 2, 23), utc(2024, 2, 23), utc(2024, 2, 22)]
    assert feed.entries[0].authors == ("Mina Kim", "John Doe")


async def test_days_come_newest_first(feeds: Feeds, library: Library) -> None:
    await put(library, day(THURSDAY), day(FRIDAY, (4,)))
    feed = await feeds.of(Asked(Language.KO, by_day=True))
    assert [(entry.title, entry.link) for entry in feed.entries] == [
        ("2024년 2월 23일 금요일 · 논문 1편", "https://huggingface.co/papers/date/2024-02-23"),
        ("2024년 2월 22일 목요일 · 논문 2편", "https://huggingface.co/papers/date/2024-02-22"),
    ]


async def test_what_a_member_looked_up_is_in_no_feed(feeds: Feeds, library: Library, database: Database) -> None:
    await put(library, day(FRIDAY, (4,)))
    stray = SitePaper(Listing(Paper("1706.03762", "Attention")), Details("1706.03762", abstract="Attention."))
    await Strays(database).keep(stray, NOW)
    for asked in (Asked(query="1706.03762"), Asked(query="attention"), Asked()):
        assert "1706.03762" not in str(ids(await feeds.of(asked))), asked


async def test_a_query_matches_as_a_subscription_does(feeds: Feeds, library: Library) -> None:
    listings = [
        replace(listing, paper=replace(listing.paper, title=title))
        for listing, title in zip(
            day(votes=(1, 2, 3)).listings,
            ("Diffusion models", "A survey of diffusion", "Difusion, mistyped"),
            strict=True,
        )
    ]
    await put(library, Day(FRIDAY, tuple(listings)))
    assert ids(await feeds.of(Asked(query="diffusion -survey"))) == ["2402.00001#2024-02-23"]
    assert ids(await feeds.of(Asked(query="2402.00002"))) == ["2402.00002#2024-02-23"]
    assert ids(await feeds.of(Asked(query="2402.99999"))) == []
    assert ids(await feeds.of(Asked(query="nothing"))) == []


async def test_a_day_that_is_not_closed_is_in_no_feed(feeds: Feeds, library: Library, database: Database) -> None:
    await put(library, day(THURSDAY, first=5), day(FRIDAY))
    await site_day(database, FRIDAY, 2, closed=False)
    for asked in (Asked(), Asked(by_day=True), Asked(query="paper"), Asked(query="강화학습")):
        assert {entry.updated.date() for entry in (await feeds.of(asked)).entries} == {THURSDAY}, asked
    assert (await feeds.of(Asked(query="2402.00001"))).entries == ()


async def test_feeds_have_an_end(feeds: Feeds, library: Library) -> None:
    first = FRIDAY - timedelta(days=MOST_DAYS)
    await put(library, *(day(first + timedelta(days=n), (1,) * 8, first=1 + 8 * n) for n in range(MOST_DAYS + 1)))
    assert len((await feeds.of(Asked(by_day=True))).entries) == MOST_DAYS
    for asked in (Asked(), Asked(query="강화학습")):
        told = (await feeds.of(asked)).entries
        assert (len(told), told[0].updated) == (MOST_PAPERS, utc(2024, 2, 23)), asked


async def test_a_library_without_papers_has_feeds_without_entries(feeds: Feeds) -> None:
    for asked in (Asked(), Asked(by_day=True), Asked(query="x"), Asked(query="2402.00001")):
        assert (await feeds.of(asked)).entries == ()


async def test_a_feed_is_known_by_what_is_asked_whoever_serves_it(feeds: Feeds) -> None:
    asked = [Asked(), Asked(Language.KO), Asked(by_day=True), Asked(query="x")]
    assert len({(await feeds.of(each)).id for each in asked}) == len(asked)
    assert {(await feeds.of(Asked(query="x"))).id for _ in range(2)} == {(await feeds.of(Asked(query="x"))).id}


async def test_a_query_that_takes_too_long_is_given_up(tmp_path: Path, empty_database: Path) -> None:
    shutil.copy(empty_database, tmp_path / "slow.db")
    looks = count()
    async with Database.open(tmp_path / "slow.db", search_clock=lambda: 0.1 * next(looks)) as database:
        await put(Library(database), day())
        with pytest.raises(TimeoutError):
            await Feeds(Library(database)).of(Asked(query=" ".join(f"word{number}" for number in range(9))))
        assert next(looks) < 9, "more than the budget of a search was taken"


@pytest.mark.parametrize(
    "text", ["x" * (MAX_QUERY + 1), " ".join(map(str, range(33))), "", " ", "-survey", "!?", "\x00"]
)
def test_a_query_that_says_nothing_or_too_much_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(UsageError, match=r"^query: .+; write .+$"):
        read_query(text)


def test_queries_that_differ_in_spaces_and_case_are_one() -> None:
    assert read_query(" Diffusion   -Survey ") == read_query("diffusion -survey") == "diffusion -survey"


def test_a_language_that_is_not_spoken_is_refused() -> None:
    assert read_language("ja") is Language.JA
    with pytest.raises(UsageError, match=r"^language: not known; write one of ko, en, ja$"):
        read_language("fr")
