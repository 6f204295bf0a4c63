"""Summaries by models, and what they cost."""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from bot.papers import Bullet
from bot.storage.engine.codec import decode_bullets, encode_bullets, moment
from bot.storage.engine.database import Database, Transaction, Values
from bot.storage.engine.rows import readable
from bot.summaries.model import SummaryLanguage, Usage
from bot.summaries.service import Claim, Terms

# Not to be tried: papers with a summary, being asked about, tried lately, or tried too often.
_CLOSED = """
    state = 'made' OR tried_at <= ? AND (state = 'asking' AND tried_at > ? OR tried_at > ?)
    OR (? IS NOT NULL AND tries >= ?)
"""
_MINE = "arxiv_id = ? AND language = ? AND state = 'asking' AND tried_at = ?"


class Summaries:
    """The summaries that models made."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, arxiv_ids: Sequence[str], language: SummaryLanguage, terms: Terms) -> frozenset[str]:
        """The papers among these that have no summary and may be tried."""
        rows = await self._database.rows(
            "SELECT arxiv_id FROM summaries JOIN json_each(?) AS asked ON arxiv_id = asked.value"
            f" WHERE language = ? AND ({_CLOSED})",
            (json.dumps(list(arxiv_ids)), language, *_values(terms)),
        )
        return frozenset(arxiv_ids) - {row["arxiv_id"] for row in rows}

    async def claim(self, claim: Claim, terms: Terms) -> bool:
        """Record that a model is being asked, and charge its first call; False if the paper may not be tried."""
        async with self._database.write() as tx:
            claimed = await tx.run(
                "INSERT INTO summaries (arxiv_id, language, state, tried_at, model) VALUES (?, ?, 'asking', ?, ?)"
                " ON CONFLICT (arxiv_id, language) DO UPDATE SET state = 'asking', tried_at = excluded.tried_at,"
                f" tries = tries + 1, model = excluded.model, fault = NULL WHERE NOT ({_CLOSED})",
                (claim.arxiv_id, claim.language, moment(claim.at), claim.model, *_values(terms)),
            )
            if claimed:
                await _pay(tx, claim, Usage(calls=1))
        return claimed > 0

    async def keep(self, claim: Claim, bullets: tuple[Bullet, ...], cost: Usage) -> None:
        """Store a summary, and what it cost beyond the first call."""
        await self._settle(claim, "state = 'made', content = ?", (encode_bullets(bullets),), cost)

    async def refuse(self, claim: Claim, fault: str, cost: Usage) -> None:
        """Record that there is no summary, why, and what that cost beyond the first call."""
        await self._settle(claim, "state = 'refused', fault = ?", (fault,), cost)

    async def give_back(self, claim: Claim, fault: str, cost: Usage) -> None:
        """As `refuse`, but not counted as a try: the paper may be tried again at once."""
        change = "state = 'refused', fault = ?, tries = tries - 1, tried_at = ''"
        await self._settle(claim, change, (fault,), cost)

    async def spent(self, day: date) -> Usage:
        """What a day (UTC) has been charged."""
        row = await self._database.row("SELECT calls, tokens FROM spending WHERE day = ?", (day.isoformat(),))
        return Usage(row["calls"], row["tokens"]) if row else Usage()

    async def _settle(self, claim: Claim, change: str, values: Values, cost: Usage) -> None:
        """Record the outcome of a claim. If it was taken over by another meanwhile, only its cost is recorded."""
        async with self._database.write() as tx:
            await tx.run(
                f"UPDATE summaries SET {change} WHERE {_MINE}",
                (*values, claim.arxiv_id, claim.language, moment(claim.at)),
            )
            await _pay(tx, claim, cost)


async def made(
    held: Database | Transaction, arxiv_ids: Iterable[str], language: SummaryLanguage
) -> dict[str, tuple[Bullet, ...]]:
    """The summaries that exist, by arXiv id."""
    rows = await held.rows(
        "SELECT arxiv_id, content FROM summaries JOIN json_each(?) AS asked ON arxiv_id = asked.value"
        " WHERE language = ? AND state = 'made'",
        (json.dumps(list(arxiv_ids)), language),
    )
    return dict(readable(rows, lambda row: (row["arxiv_id"], decode_bullets(row["content"])), "summary of paper"))


def _values(terms: Terms) -> Values:
    return (moment(terms.now), moment(terms.asking_since), moment(terms.before), terms.tries, terms.tries)


async def _pay(tx: Transaction, claim: Claim, cost: Usage) -> None:
    await tx.run(
        "INSERT INTO spending (day, calls, tokens) VALUES (?, ?, ?) ON CONFLICT (day)"
        " DO UPDATE SET calls = calls + excluded.calls, tokens = tokens + excluded.tokens",
        (claim.day.isoformat(), cost.calls, cost.tokens),
    )
