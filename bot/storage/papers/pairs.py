"""Pairs of terms: which papers show them, which are used, and which the operator blocked."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.search.pairs import Keys, Pair, Translation, holding, key, most_seen_first, spans, translate
from bot.storage.engine.database import Database, Transaction

_OFTEN = "papers > 1"  # the condition of the partial indexes, and ENOUGH of bot/search/pairs.py
_SEEN = f"SELECT written_term, written_gloss, papers FROM pairs WHERE {_OFTEN}"
_BLOCKED = "SELECT written_term, written_gloss, 0 AS papers FROM blocked_pairs"
_MOST_ROWS = 500  # examined for one question, the most frequent first
_RELATED = f"""
    WITH asked AS (SELECT value FROM json_each(?)),
         glosses AS (SELECT gloss FROM pairs WHERE {_OFTEN} AND term IN asked UNION SELECT value FROM asked)
    SELECT * FROM ({_SEEN} AND gloss IN glosses ORDER BY papers DESC LIMIT {_MOST_ROWS}) UNION ALL {_BLOCKED}
"""
_SHOWN = f"""
    SELECT 1 FROM json_each(?) AS asked WHERE EXISTS (SELECT 1 FROM pairs WHERE {_OFTEN} AND term = asked.value)
        OR EXISTS (SELECT 1 FROM pairs WHERE {_OFTEN} AND gloss = asked.value) LIMIT 1
"""  # thirty times faster for words that are in no pair, which are most

Ask = Callable[[str, Sequence[str]], Iterable[Iterable[Any]]]
"""Runs a query and returns its rows."""


def translations(ask: Ask, words: Sequence[str]) -> tuple[Translation, ...]:
    """Other ways to say a question's words, single or adjacent: 검색, 증강, 생성 is also RAG."""
    rows = spans(words)
    asked = (json.dumps(sorted(set(rows.values()))),)
    return translate(rows, _meant(ask(_RELATED, asked))) if any(ask(_SHOWN, asked)) else ()


def _meant(rows: Iterable[Iterable[Any]]) -> list[Pair]:
    """The pairs that are used: frequent enough and not blocked. Blocked pairs still affect how others are judged."""
    pairs = [Pair(*row) for row in rows]
    blocked = {pair.keys for pair in pairs if not pair.papers}
    return [pair for pair in holding(pair for pair in pairs if pair.papers) if pair.keys not in blocked]


async def recount(tx: Transaction, seen: Mapping[str, Mapping[Keys, Pair]]) -> None:
    """Replace the pairs that papers showed by those that they show now, by arXiv id."""
    await tx.many("DELETE FROM sightings WHERE arxiv_id = ?", [(arxiv_id,) for arxiv_id in seen])
    await tx.many(
        "INSERT INTO pairs (term, gloss, written_term, written_gloss) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(*keys, pair.term, pair.gloss) for pairs in seen.values() for keys, pair in pairs.items()],
    )
    await tx.many(
        "INSERT INTO sightings (arxiv_id, pair_id) SELECT ?, id FROM pairs WHERE term = ? AND gloss = ?",
        [(arxiv_id, *keys) for arxiv_id, pairs in seen.items() for keys in pairs],
    )


class Pairs:
    """The pairs that the library's papers show."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def held(self) -> list[Pair]:
        """The pairs that search uses, most frequent first."""
        return most_seen_first(_meant(await self._database.rows(f"{_SEEN} UNION ALL {_BLOCKED}")))

    async def blocked(self) -> list[Pair]:
        """The blocked pairs by their terms, with the papers that show them now."""
        rows = await self._database.rows(_BLOCKED)
        shown = [(pair, await self._shown(*pair.keys)) for pair in sorted((Pair(*row) for row in rows), key=str)]
        return [replace(pair, papers=now.papers if now else 0) for pair, now in shown]

    async def block(self, one: str, other: str) -> Pair | None:
        """Block a pair for good, in either order; None if no paper shows it."""
        pair = await self._shown(key(one), key(other))
        if pair and not await self._blocked_as(pair.keys):
            async with self._database.write() as tx:
                await tx.run("INSERT OR IGNORE INTO blocked_pairs VALUES (?, ?)", (pair.term, pair.gloss))
        return pair

    async def unblock(self, one: str, other: str) -> Pair | None:
        """Unblock a pair; None if it is not blocked."""
        pair = await self._blocked_as((key(one), key(other)))
        if pair:
            async with self._database.write() as tx:
                await tx.run(
                    "DELETE FROM blocked_pairs WHERE (written_term, written_gloss) = (?, ?)", (pair.term, pair.gloss)
                )
        return pair

    async def _shown(self, one: str, other: str) -> Pair | None:
        row = await self._database.row(
            "SELECT written_term, written_gloss, papers FROM pairs WHERE (term, gloss) IN (VALUES (?1, ?2), (?2, ?1))",
            (one, other),
        )
        return Pair(*row) if row else None

    async def _blocked_as(self, keys: Keys) -> Pair | None:
        blocked = [Pair(*row) for row in await self._database.rows(_BLOCKED)]
        return next((pair for pair in blocked if set(pair.keys) == set(keys)), None)
