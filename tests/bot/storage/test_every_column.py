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
from bot.digests.model import Reason, Why
from bot.papers import Details, Listing
from bot.search.model import Filters
from bot.search.service import Search
from bot.search.subjects.similar import Neighbours
from bot.search.subjects.trends import TrendService
from bot.sources.model import Reading, SitePaper
from bot.sources.whole import CLOSES_AT, Closing
from bot.storage.engine.database import Database
from bot.storage.ledger.figures import LedgerFigures
from bot.storage.papers.about import SubjectCounts
from bot.storage.papers.details import DetailsStore
from tests.bot.storage.filled import FRIDAY, HOUR, NOW, ODD, SETTLE, Stores, fill
from tests.builders import day, paper, utc

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


async def _trends(s: Stores) -> Any:
    await TrendService(s.library).rising(2)
    await TrendService(s.library).of(["paper"], 2)  # whose months depend on all days


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
        [each for each in await s.reminders.due(NOW) if each.user_id == 12],
        await s.reminders.of(12),
        await s.likes.top(2, FRIDAY, FRIDAY, 9),
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
        (await s.library.appearances(["2402.00000", "2403.00000"])).get("2403.00000"),
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
        await s.days.take(reading, Closing(CLOSES_AT, HOUR), NOW)
        await s.library.store_page(f"{on:%Y/%m/%d}.md", "h2", day(on, (9,), first=2 * number), NOW)
    await s.days.show_summaries(NOW)
    return await s.library.day(FRIDAY)


READS: tuple[Read, ...] = (
    _in_library, _half_days, _top, _find, _search, _similar, _trends, _random, _coverage,
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


async def test_a_paper_whose_id_is_none_hides_no_other(filled: Path) -> None:
    await _assert_harmless(filled, [("appearances", "arxiv_id")], ("x", "2402.1/9"))


@pytest.mark.thorough
async def test_no_text_alone_that_can_not_be_read_hides_another_row(filled: Path) -> None:
    for column in _text_columns(filled):
        await _assert_harmless(filled, [column], ("x", "["))
