"""Whatever a text column of one row holds, all other rows can still be read."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.alerts.limits import Limits
from bot.alerts.model import Match, Mute, NewAlert, Subscription, Where
from bot.alerts.planner import AlertPlanner
from bot.delivery.model import Receipt
from bot.digests.choice import Chooser
from bot.digests.greetings import Join
from bot.digests.model import Digest, Reason, Selection, Why
from bot.digests.runner import Runner
from bot.errors import Fault, PageError, SourceFault
from bot.papers import Bullet, Day, Details, Listing
from bot.search.model import Filters
from bot.search.service import Search
from bot.search.similar import Neighbours
from bot.sources.health import SiteHealth
from bot.sources.model import Reading, SitePaper
from bot.sources.whole import CLOSES_AT, Closing
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.figures import LedgerFigures
from bot.storage.ledger.greetings import GreetingLedger
from bot.storage.ledger.outbox import Outbox
from bot.storage.ledger.restored import RestoredLedger
from bot.storage.ledger.revisions import Revisions
from bot.storage.ledger.servers import Servers
from bot.storage.ledger.upkeep import Upkeep
from bot.storage.members.changes import Changes
from bot.storage.members.desk import Desk
from bot.storage.members.saved import ReadingLists
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.about import SubjectCounts
from bot.storage.papers.authors import OrderedAuthors
from bot.storage.papers.details import DetailsStore
from bot.storage.papers.library import Library
from bot.storage.papers.site import SiteDays
from bot.storage.papers.summaries import Summaries
from bot.storage.papers.written import WrittenPages
from bot.summaries.model import Made, SummaryLanguage, Usage
from bot.summaries.service import Claim, Terms
from tests.builders import StandingClock, day, order, paper, utc

ODD, FRIDAY = date(2024, 2, 22), date(2024, 2, 23)
"""The day of the rows that are spoilt, and the day of the others."""
NOW = utc(2024, 2, 25, 13)
HOUR = timedelta(hours=1)
SETTLE = timedelta(hours=36)
SPOILT = ("x", "", "[", "[7]", "{}", '["x"]', "2024-02-30")
OF_THE_FIRST = {
    "key": "key LIKE '%2024/02/22%' OR key LIKE '%2024-02-22%'",
    "user_id": "user_id = 11",
    "guild_id": "guild_id IN (1, 31, 41)",
    "digest_id": "digest_id <= 3",
    "edition_id": "coalesce(edition_id, 0) <= 2 AND coalesce(alert_id, 0) <= 2 AND coalesce(pause_id, 0) <= 1",
    "day": "day = '2024-02-22'",
    "arxiv_id": "arxiv_id <= '2402.00003'",
    "word": "word = (SELECT min(word) FROM words)",
    "term": "id = 1",
    "written_term": "written_term = 'a'",
}
"""Which rows are spoilt, by the first of these columns that a table has; of other tables, all."""
SHADOWS = ("migrations", "paper_index", "sqlite_")
KO = SummaryLanguage.KO


class Stores:
    """All that reads the database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.library = library = Library(database)
        self.digests, self.subscriptions, self.desk = Digests(database), Subscriptions(database), Desk(database)
        self.outbox, self.revisions = Outbox(database, library), Revisions(database)
        self.changes, self.saved = Changes(database), ReadingLists(database, library)
        self.days, self.summaries = SiteDays(database, library, (KO,)), Summaries(database)
        self.servers, self.greetings = Servers(database), GreetingLedger(database)
        self.authors, self.written = OrderedAuthors(database), WrittenPages(database)
        self.clock = StandingClock(NOW)
        self.chooser = Chooser(library, self.digests, self.desk, fresh_days=9)
        self.runner = Runner(self.digests, self.chooser, self.clock, 12 * HOUR, lambda: None)
        self.planner = AlertPlanner(self.subscriptions, library, self.clock, 9, lambda: None)
        self.restored, self.upkeep = RestoredLedger(database), Upkeep(database)

    async def digest(self, guild_id: int) -> Digest:
        return (await self.digests.of_server(guild_id))[0]

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await self.database.rows(sql)]


# -- what is stored ----------------------------------------------------------------------------------------------------


async def fill(stores: Stores) -> None:
    """Rows of each table: the first is to be spoilt, the last is another server's, member's, day's or paper's."""
    for number, on in enumerate((ODD, FRIDAY), 1):
        await _papers(stores, number, on)
    await stores.days.show_summaries(NOW)
    for number, on in enumerate((ODD, FRIDAY), 1):
        await _member(stores, number, on)
        await _server(stores, number, on)
    async with stores.database.write() as tx:
        await tx.run("UPDATE late SET waits = 0, found_at = ?", (moment(NOW),))
        await tx.run("INSERT INTO blocked_pairs VALUES ('a', 'b'), ('c', 'd')")
    await stores.revisions.plan(SETTLE, NOW)
    await stores.library.tidy()


async def _papers(stores: Stores, number: int, on: date) -> None:
    read_at = utc(2024, 2, 25, 12)
    about = (Bullet(f"{number}번째 논문은 강화학습(Reinforcement Learning)과 검색 증강 생성(RAG)을 다룹니다."),)
    held = Day(on, tuple(Listing(paper(2 * number + i, summary=about), 9 - i) for i in range(2)))
    details = [Details(one.paper.arxiv_id, f"An abstract {number}.", published=read_at) for one in held.listings]
    papers = tuple(
        SitePaper(Listing(paper(2 * number + i, summary=(), ordered=True), 20 + i), each)
        for i, each in enumerate(details)
    )
    await stores.days.take(Reading(on, read_at, papers), Closing(CLOSES_AT, 12 * HOUR), NOW)
    await stores.days.take(Reading(on, read_at + HOUR, papers), Closing(CLOSES_AT, HOUR), NOW)
    await stores.days.take(Reading(on + timedelta(days=7), read_at, ()), Closing(CLOSES_AT, HOUR), NOW)
    late = SitePaper(Listing(paper(90 + number), 30), Details(f"2402.{90 + number:05d}"))
    await stores.days.take(Reading(on, NOW, (*papers, late)), Closing(CLOSES_AT, HOUR), NOW)
    await stores.library.store_page(f"{on:%Y/%m/%d}.md", "h", held, NOW)
    claim = Claim(f"2402.{2 * number:05d}", (KO,), "a model", NOW if on == FRIDAY else utc(2024, 2, 22))
    assert await stores.summaries.claim(claim, Terms(claim.at, claim.at, None, claim.at))
    await stores.summaries.keep(claim, Made({KO: (Bullet(f"요약 {number}"),)}, Usage(1)))
    await stores.written.announce(f"{on:%Y/%m/%d}.md", f"own {number}")
    await stores.written.note(f"{on:%Y/%m/%d}.md", "stage")


async def _member(stores: Stores, number: int, on: date) -> None:
    user, listings = 10 + number, day(on, (9, 8), first=2 * number).listings
    for where, channel, guild in ((Where.DM, None, None), (Where.HERE, 20 + number, number)):
        for query in ("paper", "강화학습"):
            wish = Subscription(0, user, query, where, channel, guild, 0, False, "ko", utc(2024, 2, 1), typed=query)
            await stores.subscriptions.add(wish, 25)
    alerts = [NewAlert(user, None, None, "ko", (Match(one, ("paper",)),)) for one in listings]
    await stores.subscriptions.plan(on, [one.paper.arxiv_id for one in listings], alerts, NOW)
    owed = [one for one in await stores.outbox.owed(NOW, 99) if one.alert_id]
    await stores.outbox.fail(owed[0], Fault.UNAVAILABLE, "gone", Reason(Why.UNAVAILABLE, {}), NOW)
    await stores.changes.mute(user, Mute(0, "-audio", "audio"), 25, NOW)
    await stores.changes.pause(user, [each.id for each in await stores.subscriptions.of_member(user)][:1], NOW)
    for one in listings:
        await stores.saved.add(user, one.paper.arxiv_id, NOW)
    async with stores.desk.keeping_search(user, "{}", NOW):
        pass
    if number == 1:
        await stores.desk.note_folder(NOW, failing=True)
        await stores.desk.note_site(SiteHealth(NOW, NOW, SourceFault.BROKEN))


async def _server(stores: Stores, number: int, on: date) -> None:
    for mark, style in (("posted", "cards"), ("planned", "cards"), ("paused", "thread")):
        digest = await stores.digests.add(number, order(channel_id=20 + number, style=style), 5, utc(2024, 2, 20), 10)
        assert digest is not None
        if mark == "paused":
            await stores.digests.rest(digest.id, Reason(Why.CHANNEL_GONE, {"channel": 5}), utc(2024, 2, 24))
            continue
        chosen = Selection(on, 2, day(on, (9, 8), first=2 * number).listings)
        edition = await stores.digests.plan(digest, FRIDAY, utc(2024, 2, 24), chosen)
        assert edition is not None
        if mark == "posted":
            [delivery] = [each for each in await stores.outbox.owed(NOW, 99) if each.edition_id == edition]
            await stores.outbox.sent(delivery, Receipt(20 + number, 100 + number), utc(2024, 2, 24))
        await stores.restored.count_as_had(digest.id, date(2024, 2, 1), date(2024, 2, 2))
        await stores.restored.count_dates_as_had(digest.id, date(2024, 2, 1), date(2024, 2, 2))
    await stores.greetings.join([Join(30 + number, utc(2024, 2, 1), fresh=True)])
    await stores.servers.leave(40 + number, NOW)


# -- what is read ------------------------------------------------------------------------------------------------------


def _of_friday(found: Any) -> Any:
    """Of a list of papers, those of FRIDAY."""
    return [one for one in found if one.day == FRIDAY]


Read = Callable[[Stores], Awaitable[Any]]


async def _top(s: Stores) -> Any:
    return _of_friday((await s.library.top(None, 9))[1])


async def _find(s: Stores) -> Any:
    return _of_friday((await s.library.find("paper", Filters(), 9, 0))[1])


async def _search(s: Stores) -> Any:
    service = Search(s.library)
    return [_of_friday((await service.search(text, limit=9)).appearances) for text in ("paper number", "강화", "Mina")]


async def _similar(s: Stores) -> Any:
    await Neighbours(s.library).of(paper(4))  # which those are depends on all words


async def _random(s: Stores) -> Any:
    await s.library.random()


async def _coverage(s: Stores) -> Any:
    return (await s.library.coverage()).newest


async def _pasts(s: Stores) -> Any:
    ids = [digest.id for guild in (1, 2) for digest in await s.digests.of_server(guild)]
    *_, shown, _, resting = (await s.digests.pasts(ids, date(2024, 2, 1))).values()
    return replace(shown, newest_day_not_had=None), resting


async def _each_past(s: Stores) -> Any:
    digest = await s.digest(2)
    return (
        await s.digests.settled_until(digest.id),
        await s.digests.newest_day_not_had(digest.id + 2),
        await s.digests.next_replay_day(digest.id + 2, FRIDAY, 0),
        await s.digests.papers_had(digest.id),
        await s.digests.papers_seen(digest.id),
        await s.digests.late_papers(digest.id),
        await s.digests.beside(digest, date(2024, 2, 1)),
        await s.digests.editions(digest.id, 9),
        await s.digests.editions_of(digest.id, FRIDAY),
        await s.digests.pause_at(digest.id + 2, NOW),
    )


async def _active(s: Stores) -> Any:
    return [digest for digest in await s.digests.active() if digest.guild_id == 2]


async def _mails(s: Stores) -> Any:
    rows = await s.rows("SELECT id FROM editions ORDER BY id")
    return (await asyncio.gather(*(s.outbox.edition_mail(row[0]) for row in rows), return_exceptions=True))[-2:]


async def _alerts(s: Stores) -> Any:
    rows = await s.rows("SELECT alert_id, id FROM deliveries WHERE alert_id NOT NULL ORDER BY id")
    return await s.outbox.alert(rows[-1][0]), await s.outbox.delivered_alert(rows[-1][1])


async def _notices(s: Stores) -> Any:
    [*_, (pause,)] = await s.rows("SELECT pause_id FROM deliveries WHERE pause_id NOT NULL ORDER BY id")
    return await s.outbox.paused(pause)


async def _owed(s: Stores) -> Any:
    await s.outbox.next_due()
    await s.outbox.doubt_ahead(utc(2023, 1, 1))
    await s.outbox.shorten_waits(utc(2024, 2, 1), lambda _: HOUR)
    await s.outbox.bring_forward(HOUR, utc(2024, 2, 1))
    return (await s.outbox.owed(NOW, 99))[-2:]


async def _revised(s: Stores) -> Any:
    await s.revisions.plan(SETTLE, NOW)
    await s.revisions.shorten_waits(utc(2024, 2, 1), lambda _: HOUR)
    found = []
    while revision := await s.revisions.next_owed(NOW):
        found.append(([each.id for each, _ in await s.revisions.messages(revision)], revision.votes))
        await s.revisions.finish(revision)
    return found[-1]


async def _servers(s: Stores) -> Any:
    await s.greetings.owed()
    return 2 in await s.servers.known(), (await s.servers.removals()).get(42), (await s.greetings.joined()).get(32)


async def _figures(s: Stores) -> Any:
    figures = LedgerFigures(s.database)
    await figures.figures(NOW)
    return len(await figures.arrived(utc(2024, 2, 1))) >= 1


async def _members(s: Stores) -> Any:
    return (
        await s.subscriptions.of_member(12),
        await s.subscriptions.in_server(2),
        await s.subscriptions.missed(12),
        [each for each in await s.subscriptions.saved(0, 99) if each.id > 4],
        [each for each in await s.subscriptions.muted([11, 12]) if each[0] == 12],
        [each for each in await s.subscriptions.alerted(["2402.00004"]) if each[0] == 12],
        await s.changes.mutes(12),
        await s.saved.page(12),
    )


async def _listening(s: Stores) -> Any:
    await s.subscriptions.watch()
    return [each for each in await s.subscriptions.listening(FRIDAY, [*range(1, 9)]) if each.user_id == 12]


async def _undone(s: Stores) -> Any:
    [*_, (number,)] = await s.rows("SELECT id FROM undos WHERE user_id = 12 ORDER BY act")
    return await s.changes.undo(12, number, Limits(25, 100, 25))


async def _notes(s: Stores) -> Any:
    await s.desk.source_failing_since()
    await s.desk.note_folder(NOW, failing=False)
    await s.desk.site_health()
    [(number,)] = await s.rows("SELECT id FROM searches WHERE user_id = 12")
    return await s.desk.search(number, 12)


async def _site(s: Stores) -> Any:
    return (
        (await s.days.states(FRIDAY))[FRIDAY],
        [one for one in await s.days.unsummarised(ODD) if one.arxiv_id == "2402.00005"],
        [each for each in await s.written.writable() if each.day == FRIDAY],
        await DetailsStore(s.database).of("2402.00004"),
        (await s.authors.of(["2402.00002", "2402.00004"])).get("2402.00004"),
        await s.summaries.spent(NOW.date()),
        (await s.library.page_hashes()).get("2024/02/23.md"),
    )


async def _subject(s: Stores) -> Any:
    totals, counts = await SubjectCounts(s.database).counts(["paper", "-audio"], 30, 0)
    return totals.get(FRIDAY), [count.get(FRIDAY) for count in counts]


async def _planned(s: Stores) -> Any:
    s.clock.moment = utc(2024, 2, 26)
    await s.library.store_page("2024/02/25.md", "h", day(date(2024, 2, 25), (7,), first=50), NOW)
    await s.runner.run()
    return await s.rows(
        "SELECT e.day, json_array_length(e.papers) FROM editions e JOIN digests d ON d.id = e.digest_id"
        " WHERE d.guild_id = 2 AND e.day > '2024-02-24'"
    )


async def _alerted(s: Stores) -> Any:
    await s.subscriptions.watch()
    async with s.database.write() as tx:
        await tx.run("DELETE FROM alerted")
        await tx.run("INSERT OR IGNORE INTO arrivals VALUES ('2024-02-23', '2402.00005')")
    await s.planner.run()
    return await s.rows("SELECT count(*) > 0 FROM alerts WHERE user_id = 12 AND matches LIKE '%2402.00005%'")


async def _restored(s: Stores) -> Any:
    return await s.restored.close_what_is_owed(Reason(Why.RESTORED, {}), NOW) > 0


async def _forgotten(s: Stores) -> Any:
    later = utc(2025, 1, 1)
    for guild in (1, 2):
        for digest in await s.digests.of_server(guild):
            await s.digests.plan(digest, later.date(), later, Reason(Why.MISSED, {}))
    await s.upkeep.forget_editions(later, 99)
    await s.upkeep.forget_alerts(later.date(), 99)
    await s.days.forget_readings(later.date())
    await s.servers.forget(later)
    digest = await s.digest(2)
    return {"2402.00004", "2402.00005"} <= await s.digests.papers_had(digest.id)


async def _in_library(s: Stores) -> Any:
    return (
        await s.library.day(FRIDAY),
        FRIDAY in await s.library.days(date.min, date.max),
        await s.library.newest_day(),
        await s.library.newest_closed_day(),
        await s.library.quiet_day(),
        [await s.library.nearest_day(FRIDAY + timedelta(days=ahead)) for ahead in (0, 1, 99)],
        await s.library.still_gathers(FRIDAY, NOW),
        (await s.library.appearances(["2402.00002", "2402.00004"])).get("2402.00004"),
        (await s.library.abstracts(["2402.00002", "2402.00004"])).get("2402.00004"),
        await s.library.count_since(FRIDAY) >= 3,
        await s.library.totals(["2024/02/23.md"]),
    )


async def _half_days(s: Stores) -> Any:
    await s.library.half_days()


async def _read_again(s: Stores) -> Any:
    """A reading of the site, and a changed page, of either day."""
    for number, on in enumerate((ODD, FRIDAY), 1):
        listing = Listing(paper(2 * number, summary=()), 50)
        reading = Reading(on, NOW + HOUR, (SitePaper(listing, Details(listing.paper.arxiv_id, "New.")),))
        try:
            await s.days.take(reading, Closing(CLOSES_AT, HOUR), NOW)
        except PageError:  # one of its papers has no arXiv id any more
            assert on == ODD
        await s.library.store_page(f"{on:%Y/%m/%d}.md", "h2", day(on, (9,), first=2 * number), NOW)
    await s.days.show_summaries(NOW)
    return await s.library.day(FRIDAY)


READS: tuple[Read, ...] = (
    _in_library, _half_days, _top, _find, _search, _similar, _random, _coverage,
    _site, _subject, _pasts, _each_past, _active, _mails, _alerts, _notices, _figures, _servers, _members,
    _listening, _notes, _undone, _owed, _revised, _planned, _alerted, _read_again, _forgotten, _restored,
)  # fmt: skip  # those that change rows come last, and each finds the file as it was filled


@asynccontextmanager
async def _opened(path: Path) -> AsyncIterator[Stores]:
    async with Database.open(path, durable=False) as database:
        yield Stores(database)


@pytest.fixture
async def filled(tmp_path: Path) -> Path:
    path = tmp_path / "filled.db"
    async with _opened(path) as stores:
        await fill(stores)
    return path


def _text_columns(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return [
            (table, name)
            for table in sorted(table for table in tables if not table.startswith(SHADOWS))
            for _, name, kind, *_ in connection.execute(f"PRAGMA table_info({table})")
            if kind == "TEXT" and (table, name) != ("papers", "arxiv_id")  # derived: it is deleted by this key
        ]


def _spoil(path: Path, columns: Sequence[tuple[str, str]], value: str) -> None:
    """Put a value into columns of the first rows, where no constraint refuses it."""
    with closing(sqlite3.connect(path)) as connection:
        for table in {table for table, _ in columns}:
            there = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")}
            named, where = next(((n, sql) for n, sql in OF_THE_FIRST.items() if n in there), ("", "true"))
            wanted = [column for other, column in columns if other == table]
            for column in sorted(wanted, key=named.__eq__):  # what names the rows comes last
                with suppress(sqlite3.DatabaseError):
                    connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {where}", (value,))
        connection.commit()


@dataclass(frozen=True, slots=True)
class Raised:
    """What a read raised."""

    error: str


async def _found(path: Path) -> dict[str, Any]:
    """What each read finds, or what it raises."""
    found: dict[str, Any] = {}
    async with _opened(path) as stores:
        for read in READS:
            try:
                found[read.__name__] = await read(stores)
            except Exception as error:  # noqa: BLE001  the assertion shows it
                found[read.__name__] = Raised(repr(error))
    return found


async def _assert_harmless(filled: Path, columns: Sequence[tuple[str, str]], values: Iterable[str]) -> None:
    copy = filled.with_name("copy.db")
    shutil.copy(filled, copy)
    sound = await _found(copy)
    assert not [found for found in sound.values() if isinstance(found, Raised)]
    for value in values:
        shutil.copy(filled, copy)
        _spoil(copy, columns, value)
        found = await _found(copy)
        for name, here in found.items():
            assert here == sound[name], (columns, value, name)


async def test_texts_that_can_not_be_read_hide_no_other_row(filled: Path) -> None:
    columns = _text_columns(filled)
    with closing(sqlite3.connect(filled)) as connection:
        for table, _ in columns:
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 1, table
    await _assert_harmless(filled, columns, SPOILT)


@pytest.mark.thorough
async def test_no_text_alone_that_can_not_be_read_hides_another_row(filled: Path) -> None:
    for column in _text_columns(filled):
        await _assert_harmless(filled, [column], ("x", "["))
