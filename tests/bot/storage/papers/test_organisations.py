"""The organisation that the site names, in the index: `org:` finds it, and nothing else does."""

from datetime import timedelta

from bot.alerts.planner import AlertPlanner
from bot.alerts.service import SubscriptionService, Wish
from bot.papers import Day, Details, Listing
from bot.search.service import Search
from bot.storage.engine.database import Database
from bot.storage.ledger.outbox import Outbox
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.library import SITE, Library, StoredPage
from tests.builders import FRIDAY, StandingClock, paper, utc

NOW = utc(2024, 2, 23, 8)
DAY = Day(FRIDAY, (Listing(paper(1), 3), Listing(paper(2), 2)))


async def read(library: Library, database: Database, *details: Details, hours: int = 0) -> None:
    """What is read at the site, after some hours."""
    page = StoredPage("site/2024-02-23", f"h{hours}", DAY, SITE, details, NOW + timedelta(hours=hours))
    async with database.write() as tx:
        put = await library.put(tx, page, NOW)
    await library.stored(put)


async def found(library: Library, query: str) -> list[str]:
    page = await Search(library).search(query, limit=9)
    return [hit.listing.paper.arxiv_id for hit in page.results]


async def test_org_finds_what_the_site_names(library: Library, database: Database) -> None:
    await read(library, database, Details("2402.00001", organisation="Zephyrus Labs"), Details("2402.00002"))
    assert await found(library, 'org:"zephyrus labs"') == ["2402.00001"]
    assert await found(library, "org:zephyrus paper") == ["2402.00001"]
    assert await found(library, "paper -org:zephyrus") == ["2402.00002"]
    assert (
        await found(library, "zephyrus")
        == await found(library, "author:zephyrus")
        == await found(library, "org:zephyr")
        == []
    )
    held = await library.appearance("2402.00001")
    assert held is not None
    assert held.listing.paper.organisation == "Zephyrus Labs"


async def test_an_organisation_that_is_told_later_is_found_and_alerts(
    library: Library, database: Database, subscriptions: Subscriptions, outbox: Outbox
) -> None:
    clock = StandingClock(NOW)
    await SubscriptionService(subscriptions, clock).add(Wish(7, 'org:"Zephyrus Labs"', 0, None, None, "en"))
    planner = AlertPlanner(subscriptions, library, clock, 3, lambda: None)
    await read(library, database, Details("2402.00001"))
    assert (await planner.run(), await found(library, "org:zephyrus")) == (0, [])
    await read(library, database, Details("2402.00001", organisation="Zephyrus Labs"), hours=1)
    assert (await planner.run(), await found(library, "org:zephyrus")) == (1, ["2402.00001"])
    [owed] = await outbox.owed(NOW, 9)
    assert owed.alert_id is not None
    alert = await outbox.alert(owed.alert_id)
    assert alert is not None
    assert [match.queries for match in alert.matches] == [('org:"zephyrus labs"',)]


async def test_the_index_of_an_earlier_program_is_made_anew_with_organisations(
    library: Library, database: Database
) -> None:
    await read(library, database, Details("2402.00001", organisation="Zephyrus Labs"))
    async with database.write() as tx:
        await tx.run("UPDATE notes SET value = '5' WHERE name = 'analysis'")
        await tx.run("INSERT INTO paper_index (paper_index) VALUES ('delete-all')")
    assert await found(library, "org:zephyrus") == []
    await library.refresh_index()
    assert await found(library, "org:zephyrus") == ["2402.00001"]
