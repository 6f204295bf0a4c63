"""Days of the site beside pages of the folder, and as pages that Paperboy writes there."""

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.archive.loader import load
from bot.papers import Bullet, Text
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from tests.bot.sources.conftest import BULLETS, FRIDAY, Desks
from tests.builders import day as page_of
from tests.pages import put_page


async def test_of_a_paper_on_both_the_pages_text_counts_and_the_sites_votes(desks: Desks) -> None:
    put_page(desks.folder, page_of(FRIDAY, votes=(5, 3)))
    await load(desks.folder, desks.library, now=desks.time.now())
    desks.site.day(FRIDAY).add("2402.00001", title="Another title", votes=40, summary="Another text.")
    desks.site.day(FRIDAY).add("2402.00009", title="Not on the page", votes=2)
    await desks.poller.run()
    held = await desks.library.day(FRIDAY)
    assert held is not None
    expected = page_of(FRIDAY).listings
    assert [replace(one.paper, texts=()) for one in held.listings[:2]] == [one.paper for one in expected]
    assert held.listings[0].paper.texts == (Text("en", (Bullet("Another text."),)),)
    assert [(one.paper.arxiv_id, one.votes) for one in held.listings] == [
        ("2402.00001", 40),
        ("2402.00002", 3),
        ("2402.00009", 2),
    ]
    found = await desks.library.appearance("2402.00001")
    assert found is not None
    assert (found.listing.votes, found.listing.paper.title) == (40, expected[0].paper.title)


async def test_a_page_that_comes_later_keeps_the_votes_that_were_read(desks: Desks) -> None:
    desks.site.day(FRIDAY).add("2402.00001", title="Another title", votes=40)
    await desks.poller.run()
    put_page(desks.folder, page_of(FRIDAY, votes=(5, 3)))
    await load(desks.folder, desks.library, now=desks.time.now())
    held = await desks.library.day(FRIDAY)
    assert held is not None
    assert [one.votes for one in held.listings] == [40, 3]
    assert held.listings[0].paper == page_of(FRIDAY).listings[0].paper


async def test_whole_days_are_written_and_load_back_with_equal_papers(desks: Desks, tmp_path: Path) -> None:
    desks.site.day(FRIDAY).add(
        "2402.00001", title="A* and $x^2$", votes=3, summary="One.\nTwo.", authors=[{"name": "A"}]
    )
    await desks.poller.run()
    assert await desks.scribe.run() == []
    await desks.poll_until(14)
    [page] = await desks.scribe.run()
    assert page.path == desks.folder / "2024/02/23.md"
    held = await desks.library.day(FRIDAY)
    assert held is not None
    [listing] = held.listings
    async with Database.open(tmp_path / "other.db") as database:
        other = Library(database)
        await load(desks.folder, other, now=desks.time.now())
        # A page has one text, and does not say whose order its authors are in.
        plain = replace(listing, paper=replace(listing.paper, ordered=False, texts=()))
        assert await other.day(FRIDAY) == replace(held, listings=(plain,))
    assert await desks.scribe.run() == []


async def test_our_own_page_is_not_taken_for_a_persons(desks: Desks) -> None:
    """Else its text would count before a summary that is made later."""
    desks.site.day(FRIDAY).add("2402.00001", summary="The abstract.")
    await desks.poll_until(14)
    await desks.scribe.run()
    report = await load(desks.folder, desks.library, now=desks.time.now())
    assert (len(report.held), report.unchanged) == (1, 1)
    assert (await desks.library.totals(report.held)).papers == 1
    await desks.make("2402.00001", BULLETS)
    await desks.days.show_summaries(desks.time.now())
    for _ in range(2):
        held = await desks.library.day(FRIDAY)
        assert held is not None
        assert held.listings[0].paper.summary == BULLETS
        await desks.poll_until(1)


async def test_what_is_read_and_what_is_summarised_meanwhile_are_both_kept(desks: Desks) -> None:
    desks.site.day(FRIDAY).add("2402.00001", summary="The abstract.")
    await desks.poller.run()
    desks.site.day(FRIDAY).add("2402.00002", summary="Another.")
    await desks.make("2402.00001", BULLETS)
    await asyncio.gather(desks.days.show_summaries(desks.time.now()), desks.poller.run())
    held = await desks.library.day(FRIDAY)
    assert held is not None
    assert [one.paper.summary for one in held.listings] == [BULLETS, (Bullet("Another."),)]


async def test_a_page_is_written_again_once_its_votes_have_settled(desks: Desks) -> None:
    desks.site.day(FRIDAY).add("2402.00001", votes=3)
    await desks.poll_until(14)
    [page] = await desks.scribe.run()
    desks.site.day(FRIDAY).paper("2402.00001")["paper"]["upvotes"] = 30
    await desks.poll_until(2)
    assert await desks.scribe.run() == []
    await desks.poll_until(36, every=2)
    await desks.scribe.run()
    assert "Vote: 30" in page.path.read_text(encoding="utf-8")


async def test_a_page_that_a_person_changed_is_theirs_from_then_on(desks: Desks) -> None:
    desks.site.day(FRIDAY).add("2402.00001", title="A title", votes=3)
    await desks.poll_until(14)
    [page] = await desks.scribe.run()
    page.path.write_text(page.path.read_text(encoding="utf-8") + "- A note of mine.\n", encoding="utf-8")
    report = await load(desks.folder, desks.library, now=desks.time.now())
    assert report.unchanged == 0
    await desks.poll_until(40, every=2)
    [beside] = await desks.scribe.run()
    assert beside.beside
    assert "A note of mine." in page.path.read_text(encoding="utf-8")
    held = await desks.library.day(FRIDAY)
    assert held is not None
    assert held.listings[0].paper.summary[-1] == Bullet("A note of mine.")
    assert await desks.scribe.run() == []
