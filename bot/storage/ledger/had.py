"""What a digest has had: days and papers that are never shown again, from its editions and the table `had`."""

from datetime import date, timedelta

from bot.storage.engine.database import Transaction
from bot.storage.engine.rows import json_or

_PAPERS = f"json_each({json_or('editions.papers')}) AS paper"
_ID = "iif(paper.type = 'array', json_extract(paper.value, '$[0]'), NULL)"
_PAPERS_OF_HAD = f"json_each({json_or('had.papers')}) AS paper"
# An edition of which a message may have been posted without our knowing.
IN_DOUBT = "EXISTS (SELECT 1 FROM deliveries WHERE edition_id = editions.id AND unsure_since IS NOT NULL)"
# What the channel has seen, may have seen, or will see. An edition that failed after its headline is not repeated.
SEEN = f"day IS NOT NULL AND (state IN ('planned', 'posted') OR message_id IS NOT NULL OR {IN_DOUBT})"


def days_had(digest: str, weekly: str) -> str:
    """SQL for the days that a digest had; the arguments are SQL expressions for its id and whether it is weekly.

    Daily editions and recaps count separately, as a digest may change from one to the other.
    """
    return (
        f"SELECT day FROM editions WHERE digest_id = {digest} AND (first_day IS NOT NULL) = {weekly} AND {SEEN}"
        f" UNION ALL SELECT day FROM had WHERE digest_id = {digest}"
    )


_WEEKLY = "(SELECT weekly FROM digests WHERE id = ?1)"
DAYS_HAD = days_had("?1", _WEEKLY)
# Of the digest with id ?1.
PAPERS_HAD = (
    f"SELECT {_ID} AS paper FROM editions, {_PAPERS}"
    f" WHERE digest_id = ?1 AND (first_day IS NOT NULL) = {_WEEKLY} AND {SEEN}"
    f" UNION ALL SELECT paper.value FROM had, {_PAPERS_OF_HAD} WHERE digest_id = ?1"
)
PAPERS_HAD_BY_SOME = (
    f"SELECT digest_id, {_ID} AS arxiv_id, first_day IS NOT NULL AS weekly"
    f" FROM editions, {_PAPERS}"
    f" WHERE digest_id IN (SELECT value FROM json_each(?1)) AND {SEEN}"
    f" UNION ALL SELECT digest_id, paper.value, NULL FROM had, {_PAPERS_OF_HAD}"
    " WHERE digest_id IN (SELECT value FROM json_each(?1))"
)
"""The same for several digests: ?1 is a JSON array of ids. `weekly` is NULL if it is no longer known."""
_RECAPS = "digests recap JOIN digests d ON d.guild_id = recap.guild_id"
_SOME_RECAPS = "recap.weekly AND recap.id IN (SELECT value FROM json_each(?1))"
PAPERS_SEEN_BY_SOME = (
    f"SELECT recap.id AS digest_id, {_ID} AS arxiv_id FROM {_RECAPS}"
    f" JOIN editions ON editions.digest_id = d.id, {_PAPERS}"
    f" WHERE {_SOME_RECAPS} AND first_day IS NULL AND {SEEN}"
    f" UNION SELECT recap.id, paper.value FROM {_RECAPS} JOIN had ON had.digest_id = d.id, {_PAPERS_OF_HAD}"
    f" WHERE {_SOME_RECAPS} AND NOT d.weekly"
)
"""What daily editions have shown in the servers of several recaps; ?1 is a JSON array of the recaps' ids."""
_PASSED_OVER = "day IS NOT NULL AND state = 'skipped' AND why = 'no-match'"  # papers late on its day may match
_SHOWN = f"digest_id = d.id AND (first_day IS NOT NULL) = d.weekly AND ({SEEN} OR {_PASSED_OVER})"
LATE_BY_SOME = (
    "SELECT d.id AS digest_id, l.day, l.arxiv_id FROM digests d JOIN late l"
    " WHERE d.id IN (SELECT value FROM json_each(?1))"
    f" AND l.found_at > (SELECT due FROM editions WHERE {_SHOWN} ORDER BY due DESC LIMIT 1)"
    f" AND EXISTS (SELECT 1 FROM editions WHERE {_SHOWN} AND l.day BETWEEN coalesce(first_day, day) AND day AND due >"
    " coalesce((SELECT max(due) FROM editions WHERE digest_id = d.id AND why = 'restored'), ''))"
)
"""The late papers that the next editions of several digests may take in; ?1 is a JSON array of the digests' ids.

They are listed on a day that the digest has shown, or passed over as none of its papers matched the subject, and were
found after its last edition was due. After a restored backup only later editions count, as it is unknown what the lost
ones have shown.
"""
SHOWN_BESIDE_SOME = (
    "SELECT d.id AS digest_id, editions.date, editions.day, editions.papers FROM digests d"
    " JOIN digests other ON other.guild_id = d.guild_id AND other.id <> d.id"
    " JOIN editions ON editions.digest_id = other.id"
    " WHERE d.id IN (SELECT value FROM json_each(?1)) AND first_day IS NULL AND due >= ?2"
    f" AND channel_id = CAST(json_extract(d.settings, '$.channel') AS INTEGER) AND {SEEN}"
)
"""What other digests' daily editions show in the channels of several digests; ?1 is a JSON array of the digests' ids.

Only of editions that were due since the date ?2.
"""
_IDS_OF_EDITION = f"(SELECT json_group_array({_ID}) FROM {_PAPERS})"
_TOGETHER = (
    "(SELECT json_group_array(value) FROM"
    f" (SELECT value FROM {_PAPERS_OF_HAD} UNION SELECT value FROM json_each(excluded.papers)))"
)
_KEPT = f" ON CONFLICT DO UPDATE SET papers = {_TOGETHER}"


async def remember_edition(tx: Transaction, edition_id: int) -> None:
    """Record the day and papers of an edition as had, whatever becomes of it."""
    await tx.run(
        f"INSERT INTO had (digest_id, day, papers) SELECT digest_id, day, {_IDS_OF_EDITION} FROM editions"
        f" WHERE id = ? AND {SEEN}{_KEPT}",
        (edition_id,),
    )


async def remember_days(tx: Transaction, digest_id: int, first: str, last: str) -> None:
    """Record the library's days from `first` to `last` (YYYY-MM-DD) and all their papers as had."""
    await tx.run(
        "INSERT INTO had (digest_id, day, papers) SELECT ?, day, json_group_array(arxiv_id) FROM appearances"
        f" WHERE day BETWEEN ? AND ? GROUP BY day{_KEPT}",
        (digest_id, first, last),
    )


async def remember_dates(tx: Transaction, digest_id: int, first: date, last: date) -> None:
    """Record dates as had without their papers, which are not known."""
    await tx.many(
        "INSERT OR IGNORE INTO had (digest_id, day, papers) VALUES (?, ?, '[]')",
        [(digest_id, (first + timedelta(days=later)).isoformat()) for later in range((last - first).days + 1)],
    )
