"""The site's days: their progress, and each reading of their votes."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.archive.folder import page_key
from bot.papers import Bullet, Day, Listing
from bot.papers.arxiv import ARXIV_ID
from bot.papers.texts import summary_language
from bot.sources.merge import merged, summarised
from bot.sources.model import Reading
from bot.sources.whole import Closing, DayState, Taken, WholeBy, after_reading
from bot.storage.engine.codec import decode, encode, moment, read_moment
from bot.storage.engine.database import Database, Transaction
from bot.storage.engine.rows import readable
from bot.storage.papers.authors import put_site_authors
from bot.storage.papers.details import decode_details
from bot.storage.papers.late import forget_late, is_closed, put_late, release_late
from bot.storage.papers.library import FOLDER, SITE, Library, StoredPage
from bot.storage.papers.summaries import made
from bot.storage.papers.written import outdate
from bot.summaries.model import Source, SummaryLanguage
from bot.summaries.plain import plain_bullets

_HOUR = "%Y-%m-%dT%H"
_KEEP_LATE = timedelta(days=60)  # an edition looks two weeks back
_KEEP_READINGS = timedelta(days=7)  # after its day, only the newest reading of a paper's votes is needed


class SiteDays:
    """The site's days, stored beside the folder's pages, with summaries in the first language that they have."""

    def __init__(self, database: Database, library: Library, languages: Sequence[SummaryLanguage]) -> None:
        self._database = database
        self._library = library
        self._languages = languages

    async def states(self, since: date) -> dict[date, DayState]:
        """The states of days from a date on."""
        rows = await self._database.rows("SELECT * FROM site_days WHERE day >= ? ORDER BY day", (since.isoformat(),))
        return {state.day: state for state in readable(rows, _state, "the site's day")}

    async def take(self, reading: Reading, rule: Closing, now: datetime) -> Taken:
        """Store what a reading adds to its day: papers, votes, details and the day's state; return what changed.

        One transaction, which also reads the stored day, so that no paper is lost to a concurrent write. An older
        reading never replaces newer votes, by the site's clock. Papers that are new to a closed day are recorded as
        late.
        """
        plain = {paper.details.arxiv_id: plain_bullets(paper.details) for paper in reading.papers}
        details = tuple(paper.details for paper in reading.papers)
        await self._library.prepare(merged(None, reading, plain), details)
        async with self._database.write() as tx:
            held, before = await _held(tx, reading.day), await _state_of(tx, reading.day)
            day = summarised(merged(held, reading, plain), await self._made(tx, plain))
            added = len(_ids(day) - _ids(held))
            state = after_reading(before, DayState(reading.day, reading.at, len(day.listings)), added, rule)
            late = await put_late(tx, reading.day, _ids(day), now) if await is_closed(tx, reading.day) else 0
            await _put_votes(tx, reading)
            await put_site_authors(tx, (paper.listing.paper for paper in reading.papers), reading.at)
            await _put_state(tx, state)
            put = await self._library.put(tx, replace(_page(day), details=details, read_at=reading.at), now)
            taken = Taken(before, state, put.new_papers, reading.skipped, late)
            if taken.closed:
                await release_late(tx, reading.day)
            if _ids(day) != _ids(held):
                await outdate(tx, page_key(reading.day))
        await self._library.stored(put)
        return taken

    async def show_summaries(self, now: datetime) -> None:
        """Show summaries that are not shown yet on every day of the site that lists their papers."""
        for day in await self._with_new_summaries():
            async with self._database.write() as tx:
                held = await _held(tx, day) or Day(day)
                shown = summarised(held, await self._made(tx, _ids(held)))
                put = await self._library.put(tx, _page(shown), now)
            await self._library.stored(put)

    async def _made(self, tx: Transaction, papers: Iterable[str]) -> dict[str, tuple[Bullet, ...]]:
        return await made(tx, papers, self._languages)

    async def _with_new_summaries(self) -> list[date]:
        rows = await self._database.rows(
            "SELECT DISTINCT p.day FROM summaries s JOIN appearances a ON a.arxiv_id = s.arxiv_id"
            " JOIN pages p ON p.id = a.page_id WHERE s.state = 'made' AND s.shown = 0 AND p.origin = ? ORDER BY p.day",
            (SITE,),
        )
        return readable(rows, lambda row: date.fromisoformat(row["day"]), "day")

    async def unsummarised(self, since: date) -> list[Source]:
        """The papers of the site's days from a date on that lack a summary in some language, a model's or a page's.

        Newest day first, then most votes first. Each paper comes once.
        """
        rows = await self._database.rows(
            "SELECT a.arxiv_id, a.content AS paper, d.content AS details, (SELECT f.content FROM appearances f"
            " JOIN pages q ON q.id = f.page_id WHERE f.arxiv_id = a.arxiv_id AND q.origin = ? LIMIT 1) AS page,"
            " (SELECT json_group_array(s.language) FROM summaries s"
            " WHERE s.arxiv_id = a.arxiv_id AND s.state = 'made') AS made FROM pages p"
            " JOIN appearances a ON a.page_id = p.id JOIN details d ON d.arxiv_id = a.arxiv_id"
            " WHERE p.origin = ? AND p.day >= ? ORDER BY p.day DESC, a.votes DESC, a.position",
            (FOLDER, SITE, since.isoformat()),
        )
        papers: dict[str, Source] = {}
        for source in readable(rows, self._source, "paper"):
            papers.setdefault(source.arxiv_id, source)
        return [source for source in papers.values() if source.lacking]

    def _source(self, row: sqlite3.Row) -> Source:
        paper = decode(row["arxiv_id"], row["paper"])
        held = set(json.loads(row["made"]))
        if row["page"]:
            held.add(summary_language(decode(row["arxiv_id"], row["page"])))
        lacking = tuple(language for language in self._languages if language not in held)
        return Source(paper.arxiv_id, paper.title, decode_details(row["arxiv_id"], row["details"]).abstract, lacking)

    async def forget_readings(self, today: date) -> int:
        """Delete all but the newest reading of each paper's votes, of days long past; return how many.

        Late papers of days that no edition can take them in from are forgotten too.
        """
        async with self._database.write() as tx:
            await forget_late(tx, today - _KEEP_LATE)
            return await tx.run(
                "DELETE FROM votes WHERE day < ? AND hour < (SELECT max(newer.hour) FROM votes newer"
                " WHERE newer.day = votes.day AND newer.arxiv_id = votes.arxiv_id)",
                ((today - _KEEP_READINGS).isoformat(),),
            )


async def _held(tx: Transaction, day: date) -> Day | None:
    """The day as the site listed it, whatever a page of the folder says; None if it is unknown."""
    rows = await tx.rows(
        "SELECT a.arxiv_id, a.votes, a.content FROM appearances a JOIN pages p ON p.id = a.page_id"
        " WHERE p.key = ? ORDER BY a.position",
        (_key(day),),
    )
    listings = readable(rows, _listing, "paper")
    return Day(day, tuple(listings)) if listings else None


def _listing(row: sqlite3.Row) -> Listing:
    if not ARXIV_ID.fullmatch(row["arxiv_id"]):  # such a paper can't be merged, nor written to a page
        raise ValueError("no arXiv id")
    return Listing(decode(row["arxiv_id"], row["content"]), row["votes"])


async def _state_of(tx: Transaction, day: date) -> DayState | None:
    rows = await tx.rows("SELECT * FROM site_days WHERE day = ?", (day.isoformat(),))
    return next(iter(readable(rows, _state, "the site's day")), None)


async def _put_state(tx: Transaction, state: DayState) -> None:
    await tx.run(
        "INSERT OR REPLACE INTO site_days (day, read_at, closed_at, still_since, whole_at, whole_by, papers)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        _row(state),
    )


async def _put_votes(tx: Transaction, reading: Reading) -> None:
    await tx.many(
        "INSERT INTO votes (day, arxiv_id, hour, read_at, votes) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
        " SET read_at = excluded.read_at, votes = excluded.votes WHERE excluded.read_at >= votes.read_at",
        _readings(reading),
    )


def _readings(reading: Reading) -> Sequence[tuple[str | int, ...]]:
    where, when = reading.day.isoformat(), (reading.at.strftime(_HOUR), moment(reading.at))
    listings = [paper.listing for paper in reading.papers]
    return [(where, one.paper.arxiv_id, *when, one.votes) for one in listings if one.votes is not None]


def _page(day: Day) -> StoredPage:
    held = "\n".join(f"{one.paper.arxiv_id} {one.votes} {encode(one.paper)}" for one in day.listings)
    return StoredPage(_key(day.date), hashlib.sha256(held.encode()).hexdigest(), day, SITE)


def _ids(day: Day | None) -> set[str]:
    return {listing.paper.arxiv_id for listing in day.listings} if day else set()


def _key(day: date) -> str:
    return f"site/{day.isoformat()}"


def _row(state: DayState) -> tuple[str | int | None, ...]:
    moments = (state.closed_at, state.still_since, state.whole_at)
    return (
        state.day.isoformat(),
        moment(state.read_at),
        *(moment(at) if at else None for at in moments),
        state.whole_by,
        state.papers,
    )


def _state(row: sqlite3.Row) -> DayState:
    return DayState(
        day=date.fromisoformat(row["day"]),
        read_at=datetime.fromisoformat(row["read_at"]),
        papers=row["papers"],
        closed_at=read_moment(row["closed_at"]),
        still_since=read_moment(row["still_since"]),
        whole_at=read_moment(row["whole_at"]),
        whole_by=WholeBy(row["whole_by"]) if row["whole_by"] else None,
    )
