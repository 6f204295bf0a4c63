import asyncio
import sqlite3

import pytest

from bot.digests.model import Digest
from bot.storage.ledger import digests as module
from bot.storage.ledger.digests import Digests
from tests.builders import order, utc

NOW = utc(2024, 2, 23, 12)


async def test_others_get_their_turn_while_many_digests_are_read(
    digests: Digests, monkeypatch: pytest.MonkeyPatch
) -> None:
    for guild_id in range(4):
        await digests.add(guild_id, order(), 1, NOW, 1)
    turns, read = [0], module.digest_of
    read_in = list[int]()

    async def take_turns() -> None:
        while True:
            turns[0] += 1
            await asyncio.sleep(0)

    def note(row: sqlite3.Row) -> Digest:
        read_in.append(turns[0])
        return read(row)

    monkeypatch.setattr(module, "TOGETHER", 2)
    monkeypatch.setattr(module, "digest_of", note)
    others = asyncio.create_task(take_turns())
    assert [digest.guild_id for digest in await digests.active()] == [0, 1, 2, 3]
    others.cancel()
    first, second, third, fourth = read_in
    assert first == second < third == fourth
