"""`paperboy terms`: lists the pairs of terms that search translates by, and blocks wrong ones."""

import json
import re
import sys

from bot.search.pairs import Pair, key
from bot.settings import Settings
from bot.storage.papers.pairs import Pairs
from bot.tools.opening import open_database, open_to_read

PairName = tuple[str, str]
"""The two terms of a pair as typed, in either order."""


async def list_terms(settings: Settings, query: str | None, *, blocked: bool, as_json: bool) -> int:
    """Print the pairs in use, or the blocked ones; with a query, only those with it in one of their terms."""
    async with open_to_read(settings) as database:
        pairs = Pairs(database)
        found = await (pairs.blocked() if blocked else pairs.held())
    shown = [pair for pair in found if query is None or _has(pair, query)]
    sys.stdout.write(_as_json(shown) if as_json else _as_text(shown))
    return 0


async def block_pair(settings: Settings, name: PairName) -> int:
    """Block a pair; return 1 if no paper shows it."""
    async with open_database(settings) as database:
        pair = await Pairs(database).block(*name)
    return _said("blocked", pair) if pair else _unknown(f"no paper shows {'='.join(name)}", "terms", name)


async def unblock_pair(settings: Settings, name: PairName) -> int:
    """Unblock a pair; return 1 if it is not blocked."""
    async with open_database(settings) as database:
        pair = await Pairs(database).unblock(*name)
    return _said("unblocked", pair) if pair else _unknown(f"{'='.join(name)} is not blocked", "terms --blocked", name)


def _has(pair: Pair, query: str) -> bool:
    """Whether a term contains the query; in Latin words, at the start of a word."""
    begins = re.compile(rf"(?<![a-z0-9]){re.escape(key(query))}")
    return any(begins.search(side) for side in pair.keys)


def _said(done: str, pair: Pair) -> int:
    sys.stdout.write(f"{done}: {pair}\n")
    return 0


def _unknown(what: str, command: str, name: PairName) -> int:
    sys.stderr.write(f"paperboy: {what}; `paperboy {command} {name[0]}` lists the pairs\n")
    return 1


def _as_json(pairs: list[Pair]) -> str:
    return json.dumps({"pairs": [{"term": p.term, "gloss": p.gloss, "papers": p.papers} for p in pairs]}) + "\n"


def _as_text(pairs: list[Pair]) -> str:
    return "".join(f"{pair.papers:7,}  {pair}\n" for pair in pairs)
