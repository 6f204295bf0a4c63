"""Summaries by models, and what they cost."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.papers import Bullet
from bot.storage.engine.codec import decode_bullets, encode_bullets, moment
from bot.storage.engine.database import Database, Transaction, Values
from bot.storage.engine.rows import readable
from bot.summaries.model import Made, SummaryLanguage, Usage
from bot.summaries.service import Claim, Terms, Wanted

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

    async def open(self, wanted: Collection[Wanted], terms: Terms) -> frozenset[Wanted]:
        """Those of the summaries that no model made yet and that may be tried."""
        rows = await self._database.rows(
            "SELECT arxiv_id, language FROM summaries JOIN json_each(?) AS asked ON arxiv_id = asked.value"
            f" WHERE {_CLOSED}",
            (json.dumps([arxiv_id for arxiv_id, _ in wanted]), *_values(terms)),
        )
        closed = {(row["arxiv_id"], row["language"]) for row in rows}
        return frozenset(wanted) - closed

    async def claim(self, claim: Claim, terms: Terms) -> Claim | None:
        """Record that a model is being asked, and charge its first call; None if the paper may not be tried.

        The claim that is returned has only the languages that may be tried.
        """
        async with self._database.write() as tx:
            claimed = tuple([each for each in claim.languages if await _claim(tx, claim, each, terms)])
            if claimed:
                await _pay(tx, claim, Usage(calls=1))
        return replace(claim, languages=claimed) if claimed else None

    async def keep(self, claim: Claim, made: Made) -> None:
        """Store summaries, refuse the claim's other languages, and charge what it cost beyond the first call."""
        async with self._database.write() as tx:
            for language in claim.languages:
                if bullets := made.texts.get(language):
                    await _settle(tx, claim, language, "state = 'made', content = ?", (encode_bullets(bullets),))
                else:
                    await _settle(tx, claim, language, "state = 'refused', fault = ?", (made.fault,))
            await _pay(tx, claim, made.cost - Usage(calls=1))

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
        async with self._database.write() as tx:
            for language in claim.languages:
                await _settle(tx, claim, language, change, values)
            await _pay(tx, claim, cost)


async def _claim(tx: Transaction, claim: Claim, language: SummaryLanguage, terms: Terms) -> bool:
    claimed = await tx.run(
        "INSERT INTO summaries (arxiv_id, language, state, tried_at, model) VALUES (?, ?, 'asking', ?, ?)"
        " ON CONFLICT (arxiv_id, language) DO UPDATE SET state = 'asking', tried_at = excluded.tried_at,"
        f" tries = tries + 1, model = excluded.model, fault = NULL WHERE NOT ({_CLOSED})",
        (claim.arxiv_id, language, moment(claim.at), claim.model, *_values(terms)),
    )
    return claimed > 0


async def _settle(tx: Transaction, claim: Claim, language: SummaryLanguage, change: str, values: Values) -> None:
    """Record the outcome for a language of a claim, unless that was taken over by another meanwhile."""
    await tx.run(f"UPDATE summaries SET {change} WHERE {_MINE}", (*values, claim.arxiv_id, language, moment(claim.at)))


async def made(
    held: Database | Transaction, arxiv_ids: Iterable[str], languages: Sequence[SummaryLanguage]
) -> dict[str, tuple[Bullet, ...]]:
    """The summaries that exist, by arXiv id: each in the first of the languages that it has."""
    rows = await held.rows(
        "SELECT s.arxiv_id, s.content FROM json_each(?) AS wanted JOIN json_each(?) AS asked"
        " JOIN summaries s ON s.arxiv_id = asked.value AND s.language = wanted.value AND s.state = 'made'"
        " ORDER BY wanted.key DESC",
        (json.dumps(languages), json.dumps(list(arxiv_ids))),
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
