"""What many digests have had, read at once before their editions are planned."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.digests.model import WEEK
from bot.digests.past import Past, Shown
from bot.storage.engine.database import Database
from bot.storage.engine.rows import IS_DATE, readable
from bot.storage.ledger.had import (
    LATE_BY_SOME,
    PAPERS_HAD_BY_SOME,
    PAPERS_SEEN_BY_SOME,
    SHOWN_BESIDE_SOME,
    days_had,
)
from bot.storage.papers.library import HALF_DAYS

_SOME = "SELECT value FROM json_each(?1)"  # the ids of some digests


async def read_pasts(database: Database, digest_ids: Sequence[int], since: date) -> dict[int, Past]:
    """As Digests.pasts."""
    ids = json.dumps(list(digest_ids))
    had: dict[int, set[str]] = {}
    for row in await database.rows(
        f"SELECT digest_id, arxiv_id FROM ({PAPERS_HAD_BY_SOME}) h JOIN digests d ON d.id = digest_id"
        " WHERE coalesce(h.weekly, d.weekly) = d.weekly AND (d.replay_from IS NOT NULL OR d.weekly"
        " OR arxiv_id IN (SELECT arxiv_id FROM appearances WHERE day >= ?2 UNION SELECT arxiv_id FROM late))",
        (ids, since.isoformat()),
    ):
        had.setdefault(row["digest_id"], set()).add(row["arxiv_id"])
    seen = await seen_by(database, digest_ids, since - timedelta(days=WEEK - 1))
    late = await late_for(database, digest_ids)
    beside = await _beside(database, digest_ids, since)
    rows = await database.rows(
        "SELECT d.id, max(since, coalesce((SELECT max(due) FROM editions WHERE digest_id = d.id), since)) AS until,"
        f" (SELECT max(day) FROM appearances WHERE {IS_DATE} AND day NOT IN ({days_had('d.id', 'd.weekly')})"
        f" AND day >= coalesce((SELECT min(day) FROM ({days_had('d.id', 'd.weekly')})), '')"
        f" AND (d.early OR day NOT IN ({HALF_DAYS}))) AS day"
        f" FROM digests d WHERE d.id IN ({_SOME})",
        (ids,),
    )

    def past(row: sqlite3.Row) -> tuple[int, Past]:
        return row["id"], Past(
            settled_until=datetime.fromisoformat(row["until"]),
            newest_day_not_had=date.fromisoformat(row["day"]) if row["day"] else None,
            papers_had=frozenset(had.get(row["id"], ())),
            papers_seen=frozenset(seen.get(row["id"], ())),
            late=late.get(row["id"], {}),
            beside=beside.get(row["id"], ()),
        )

    return dict(readable(rows, past, "the past of digest"))


async def late_for(database: Database, digest_ids: Sequence[int]) -> dict[int, dict[date, frozenset[str]]]:
    """The late papers that the digests' next editions may take in, by the day that lists them."""
    late: dict[int, dict[date, frozenset[str]]] = {}
    rows = await database.rows(LATE_BY_SOME, (json.dumps(list(digest_ids)),))
    for row, day in readable(rows, lambda row: (row, date.fromisoformat(row["day"])), "what is late for digest"):
        of_digest = late.setdefault(row["digest_id"], {})
        of_digest[day] = of_digest.get(day, frozenset()) | {row["arxiv_id"]}
    return late


async def seen_by(database: Database, digest_ids: Sequence[int], since: date) -> dict[int, set[str]]:
    """What daily editions have shown in the servers of recaps, of the papers that are listed since a date."""
    seen: dict[int, set[str]] = {}
    for row in await database.rows(
        f"SELECT * FROM ({PAPERS_SEEN_BY_SOME}) WHERE arxiv_id IN (SELECT arxiv_id FROM appearances WHERE day >= ?2)",
        (json.dumps(list(digest_ids)), since.isoformat()),
    ):
        seen.setdefault(row["digest_id"], set()).add(row["arxiv_id"])
    return seen


async def _beside(database: Database, digest_ids: Sequence[int], since: date) -> dict[int, list[Shown]]:
    values = (json.dumps(list(digest_ids)), since.isoformat())
    rows = await database.rows(SHOWN_BESIDE_SOME, values)
    beside: dict[int, list[Shown]] = {}
    for digest_id, one in readable(rows, lambda row: (row["digest_id"], shown(row)), "edition"):
        beside.setdefault(digest_id, []).append(one)
    return beside


def shown(row: sqlite3.Row) -> Shown:
    """What an edition shows, from its columns `date`, `day` and `papers`."""
    papers = frozenset(arxiv_id for arxiv_id, *_ in json.loads(row["papers"]))
    return Shown(date.fromisoformat(row["date"]), date.fromisoformat(row["day"]), papers)
