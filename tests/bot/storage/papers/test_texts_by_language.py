"""A paper's texts beside its page's summary, wherever the paper is read."""

from datetime import timedelta

import pytest

from bot.papers import Bullet, Day, Details, Listing, Paper, Text
from bot.search.finding.fts import match_expression
from bot.search.matcher import Document, matches
from bot.search.model import Filters, Tier
from bot.search.query import parse
from bot.search.service import Search
from bot.sources.model import Reading, SitePaper
from bot.sources.whole import CLOSES_AT, Closing
from bot.storage.engine.codec import encode_bullets
from bot.storage.engine.database import Database
from bot.storage.papers.details import put_details
from bot.storage.papers.library import Library, StoredPage
from bot.storage.papers.site import SiteDays
from bot.storage.papers.summaries import Summaries
from bot.summaries.model import Made, SummaryLanguage, Usage
from bot.summaries.service import Claim, Terms
from tests.builders import FRIDAY, day, paper, utc

NOON = utc(2024, 2, 23, 12)
MADE, LINE = (Bullet("A model wrote this."),), (Bullet("The site's line."),)


async def put(database: Database, language: str, state: str, content: str | None) -> None:
    async with database.write() as tx:
        await tx.run(
            "INSERT INTO summaries (arxiv_id, language, state, tried_at, model, content, shown)"
            " VALUES ('2402.00001', ?, ?, '', 'a model', ?, 1)",
            (language, state, content),
        )


async def tell(database: Database, digest: str = "The site's line.", abstract: str = "An abstract.") -> None:
    async with database.write() as tx:
        await put_details(tx, Details("2402.00001", digest=digest, abstract=abstract), NOON)


async def everywhere(library: Library) -> list[Paper]:
    """The paper as an edition, an alert, the lists and a search read it."""
    listed = await library.day(FRIDAY)
    one = await library.appearance("2402.00001")
    _, top = await library.top(None, 1)
    found = await Search(library).search("2402.00001", limit=1)
    chance = await library.random()
    assert listed
    assert one
    assert chance
    return [listed.listings[0].paper, *(each.listing.paper for each in (one, chance, *top, *found.appearances))]


async def test_a_paper_has_its_texts_wherever_it_is_read(library: Library, database: Database) -> None:
    await library.store_page("2024/02/23.md", "h", day(votes=(5,)), NOON)
    assert all(each.texts == () for each in await everywhere(library))
    await tell(database)
    await put(database, "en", "made", encode_bullets(MADE))
    await put(database, "ko", "refused", None)
    papers = await everywhere(library)
    assert len(papers) == 5
    assert all(each.texts == (Text("en", MADE), Text("en", LINE)) for each in papers)
    assert all(each.summary == paper().summary for each in papers)


async def test_without_a_line_of_the_site_its_abstract_is_a_text(library: Library, database: Database) -> None:
    await library.store_page("2024/02/23.md", "h", day(votes=(5,)), NOON)
    await tell(database, digest="", abstract="An abstract.")
    assert all(each.texts == (Text("en", (Bullet("An abstract."),)),) for each in await everywhere(library))


async def test_texts_that_can_not_be_read_do_not_hide_the_paper(
    library: Library, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await library.store_page("2024/02/23.md", "h", day(votes=(5,)), NOON)
    await put(database, "en", "made", "damaged")
    papers = await everywhere(library)
    assert all(each.texts == () and each.summary for each in papers)
    assert "texts of paper 2402.00001 can't be read" in caplog.text


class Desk:
    """A library with a Korean page, and the site's day beside it."""

    def __init__(self, library: Library, database: Database) -> None:
        self.library, self.database = library, database
        self.days = SiteDays(database, library, (SummaryLanguage.KO,))

    async def take(self, digest: str = "", abstract: str = "") -> None:
        """Read the day at the site, which has the page's first paper."""
        listed = SitePaper(Listing(paper(summary=()), 3), Details("2402.00001", digest=digest, abstract=abstract))
        await self.days.take(Reading(FRIDAY, NOON, (listed,)), Closing(CLOSES_AT, timedelta(hours=12)), NOON)

    async def make(self, text: str) -> None:
        """Have a model make an English summary; it is not shown yet."""
        claim = Claim("2402.00001", (SummaryLanguage.EN,), "a model", NOON)
        summaries = Summaries(self.database)
        assert await summaries.claim(claim, Terms(NOON, NOON, None, NOON))
        await summaries.keep(claim, Made({SummaryLanguage.EN: (Bullet(text),)}, Usage(1)))

    async def found(self, query: str) -> int:
        """How many papers a search finds that have all words of a query, and a subscription to it matches."""
        count, papers = await self.library.find(match_expression(parse(query)), Filters(), 10, 0)
        day = await self.library.day(FRIDAY)
        abstracts = await self.library.abstracts(["2402.00001"])
        for one in day.listings if day else ():
            document = Document.from_paper(one.paper, abstracts.get(one.paper.arxiv_id, ""))
            shown = one.paper.arxiv_id in {each.listing.paper.arxiv_id for each in papers}
            assert matches(parse(query), document) is shown
        hits = (await Search(self.library).search(f'"{query}"', limit=10)).results
        assert sum(hit.tier is Tier.ALL for hit in hits) == count
        return count

    async def arrivals(self) -> int:
        rows = await self.database.rows("SELECT 1 FROM arrivals WHERE arxiv_id = '2402.00001'")
        async with self.database.write() as tx:
            await tx.run("DELETE FROM arrivals")
        return len(rows)


@pytest.fixture
async def desk(library: Library, database: Database) -> Desk:
    await library.store_page("2024/02/23.md", "h", day(votes=(5, 3)), NOON)
    return Desk(library, database)


async def test_searches_and_subscriptions_look_in_all_texts(desk: Desk) -> None:
    assert [await desk.found(each) for each in ("강화학습", "quadrupeds", "marsupials", "cetaceans")] == [2, 0, 0, 0]
    await desk.take(digest="On quadrupeds.", abstract="On marsupials.")
    await desk.make("On cetaceans.")
    assert [await desk.found(each) for each in ("강화학습", "quadrupeds", "marsupials", "cetaceans")] == [2, 1, 1, 0]
    await desk.days.show_summaries(NOON)
    assert [await desk.found(each) for each in ("강화학습", "quadrupeds", "marsupials", "cetaceans")] == [2, 1, 1, 1]


async def test_a_text_that_changes_or_goes_leaves_nothing_in_the_index(desk: Desk) -> None:
    await desk.take(digest="On quadrupeds.", abstract="On marsupials.")
    await desk.make("On cetaceans.")
    await desk.take(digest="On primates.", abstract="On marsupials.")  # shows the summary too
    assert [await desk.found(each) for each in ("quadrupeds", "primates", "cetaceans")] == [0, 1, 1]
    for key in ("2024/02/23.md", "site/2024-02-23"):
        async with desk.database.write() as tx:
            put = await desk.library.put(tx, StoredPage(key, "none", Day(FRIDAY)), NOON)
        await desk.library.stored(put)
    await desk.library.tidy()
    rows = await desk.database.rows("SELECT word FROM words WHERE papers <> 0")
    assert [row["word"] for row in rows] == []
    for word in ("강화학습", "primates", "cetaceans", "marsupials"):
        assert await desk.found(word) == 0


async def test_a_paper_that_gets_another_text_arrives_again_for_subscriptions(desk: Desk) -> None:
    assert await desk.arrivals() == 1
    await desk.take(digest="On quadrupeds.")
    assert await desk.arrivals() == 1
    await desk.take(digest="On quadrupeds.")
    assert await desk.arrivals() == 0
    await desk.make("On cetaceans.")
    await desk.days.show_summaries(NOON)
    assert await desk.arrivals() == 1
    await desk.days.show_summaries(NOON)
    assert await desk.arrivals() == 0


async def test_a_paper_lacks_the_languages_that_neither_a_page_nor_a_model_has(desk: Desk) -> None:
    desk.days = SiteDays(desk.database, desk.library, (SummaryLanguage.KO, SummaryLanguage.EN))
    await desk.take(abstract="On marsupials.")  # the page is Korean
    assert [source.lacking for source in await desk.days.unsummarised(FRIDAY)] == [(SummaryLanguage.EN,)]
    await desk.make("On cetaceans.")
    assert await desk.days.unsummarised(FRIDAY) == []
