"""Lists that hold a row which can't be read: the others are there all the same."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.alerts.model import Subscription, Where
from bot.digests.greetings import Join
from bot.digests.model import Selection
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.figures import LedgerFigures
from bot.storage.ledger.greetings import GreetingLedger
from bot.storage.ledger.outbox import Outbox
from bot.storage.ledger.servers import Servers
from bot.storage.members.saved import ReadingLists
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.authors import OrderedAuthors
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, day, order, utc

NOW = utc(2024, 2, 23)
HOUR = timedelta(hours=1)
Look = Callable[[Database], Awaitable[int]]


def first_of(table: str, column: str) -> str:
    return f"UPDATE {table} SET {column} = 'x' WHERE rowid = (SELECT min(rowid) FROM {table})"


async def editions(database: Database) -> int:
    return len(await Digests(database).editions(1, 9))


async def expired(database: Database) -> int:
    await Digests(database).expire(utc(2025, 1, 1), utc(2025, 1, 2))
    rows = await database.rows("SELECT 1 FROM editions WHERE state = 'skipped'")
    return len(rows)


async def removals(database: Database) -> int:
    return len(await Servers(database).removals())


async def arrived(database: Database) -> int:
    return len(await LedgerFigures(database).arrived(NOW - HOUR))


async def saved(database: Database) -> int:
    return len(await ReadingLists(database, Library(database)).page(5))


async def in_server(database: Database) -> int:
    return len(await Subscriptions(database).in_server(1))


async def arrivals(database: Database) -> int:
    return len(await Subscriptions(database).arrivals())


async def top(database: Database) -> int:
    return len((await Library(database).top(None, 9))[1])


async def joined(database: Database) -> int:
    return len(await GreetingLedger(database).joined())


async def greeted(database: Database) -> int:
    return len(await GreetingLedger(database).owed())


async def in_order(database: Database) -> int:
    return len(await OrderedAuthors(database).of(["2402.00001", "2402.00002"]))


async def brought_forward(database: Database) -> int:
    outbox = Outbox(database, Library(database))
    await outbox.bring_forward(HOUR, NOW)
    await outbox.shorten_waits(NOW, lambda _: HOUR)
    return len(await outbox.owed(NOW + HOUR, 9))


@pytest.fixture
async def two(database: Database, library: Library, digests: Digests, subscriptions: Subscriptions) -> Database:
    """A database with two rows of each kind."""
    await library.store_page("23", "h", day(votes=(9, 8)), NOW)
    digest = await digests.add(1, order(), 5, NOW, 10)
    assert digest is not None
    for hours in (1, 2):
        chosen = Selection(FRIDAY + timedelta(days=hours), 2, day(votes=(9, 8)).listings)
        await digests.plan(digest, FRIDAY + timedelta(days=hours), NOW + hours * HOUR, chosen)
    for query in ("a", "b"):
        await subscriptions.add(
            Subscription(0, 5, query, Where.HERE, 10, 1, 0, paused=False, language="ko", created_at=NOW), 10
        )
    reading = ReadingLists(database, library)
    for number in (1, 2):
        await reading.add(5, f"2402.0000{number}", NOW + number * HOUR)
    for guild_id in (1, 2):
        await GreetingLedger(database).join([Join(guild_id, NOW, fresh=True)])
    await OrderedAuthors(database).keep({f"2402.0000{number}": ("Kim",) for number in (1, 2)}, NOW)
    async with database.write() as tx:
        await tx.run("UPDATE greetings SET state = 'owed'")
        await tx.run("UPDATE deliveries SET sent_at = ?", (moment(NOW),))
        await tx.run("INSERT INTO removals (guild_id, since) VALUES (1, ?), (2, ?)", (moment(NOW), moment(NOW)))
        await tx.run("DELETE FROM arrivals")
        await tx.run("INSERT INTO arrivals (day, arxiv_id) VALUES ('2024-02-22', '1'), ('2024-02-23', '2')")
    return database


@pytest.mark.parametrize(
    ("spoil", "look"),
    [
        (first_of("editions", "date"), editions),
        (first_of("editions", "due").replace("'x'", "'1'"), expired),
        (first_of("removals", "since"), removals),
        (first_of("deliveries", "sent_at"), arrived),
        ("UPDATE saved SET saved_at = 'x' WHERE arxiv_id = '2402.00001'", saved),
        (first_of("subscriptions", "created_at"), in_server),
        ("UPDATE arrivals SET day = 'x' WHERE arxiv_id = '1'", arrivals),
        ("UPDATE appearances SET content = '{}' WHERE arxiv_id = '2402.00001'", top),
        (first_of("deliveries", "due"), brought_forward),
        (first_of("greetings", "joined_at"), joined),
        (first_of("greetings", "joined_at"), greeted),
        ("UPDATE ordered_authors SET read_at = 'x' WHERE arxiv_id = '2402.00001'", in_order),
    ],
)
async def test_a_row_that_can_not_be_read_hides_no_other(two: Database, spoil: str, look: Look) -> None:
    async with two.write() as tx:
        await tx.run(spoil)
    assert await look(two) == 1


async def test_a_delivery_that_is_due_at_no_moment_is_not_waited_for(two: Database) -> None:
    async with two.write() as tx:
        await tx.run("UPDATE deliveries SET due = 'x'")
    assert await Outbox(two, Library(two)).next_due() is None
