"""Many deliveries at once: what the ledger says of each, and who waits for whom."""

import asyncio
import sqlite3
from contextlib import AbstractAsyncContextManager, closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.delivery.courier import Courier
from bot.delivery.model import Delivery, EditionMail, Policy, Receipt
from bot.digests.model import EditionState, Selection
from bot.storage.engine.database import Transaction
from sandbox.world.bell import PATIENCE
from tests.bot.delivery.office import NOW, Office, Post
from tests.builders import FRIDAY, day, order

MANY = 150


class Watching(Post):
    """Looks into the ledger at the moment at which each message leaves, and holds the first one back."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.seen: list[str] = []
        self.release = asyncio.Event()

    async def post_edition(self, delivery: Delivery, mail: EditionMail) -> Receipt:
        with closing(sqlite3.connect(self.path)) as other:
            [state] = other.execute("SELECT state FROM deliveries WHERE id = ?", (delivery.id,)).fetchone()
        self.seen.append(state)
        if delivery.id == 1:
            await self.release.wait()
        receipt = self._carry(delivery, mail)
        if len(self.sent) == MANY - 1:
            self.release.set()
        return receipt


async def test_many_go_at_once_each_recorded_before_it_leaves_and_none_waits_for_the_slowest(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = day()
    await office.library.store_page("23", "h", held, NOW)
    for guild in range(MANY):
        digest = await office.digests.add(guild, order(), 5, NOW, 10)
        assert digest is not None
        await office.digests.plan(digest, FRIDAY, NOW, Selection(FRIDAY, 2, held.listings))
    commits, write = 0, office.database.write

    def counted() -> AbstractAsyncContextManager[Transaction]:
        nonlocal commits
        commits += 1
        return write()

    monkeypatch.setattr(office.database, "write", counted)
    post = Watching(tmp_path / "paperboy.db")
    courier = Courier(office.outbox, post, office.clock, Policy(), Random(7))
    async with asyncio.timeout(PATIENCE):
        assert await courier.send_owed() == MANY
    assert post.seen == ["sending"] * MANY
    assert len(post.sent) == MANY
    assert commits < MANY
    states = await office.database.rows("SELECT state, count(*) FROM deliveries GROUP BY state")
    assert [tuple(row) for row in states] == [("sent", MANY)]
    editions = await office.database.rows("SELECT DISTINCT state FROM editions")
    assert [row[0] for row in editions] == ["posted"]


async def test_what_comes_due_while_something_slow_is_under_way_does_not_wait_for_it(office: Office) -> None:
    slow = await office.owe_edition()
    hold, begun = asyncio.Event(), asyncio.Event()
    carry = office.post.post_edition

    async def post(delivery: Delivery, mail: EditionMail) -> Receipt:
        if delivery.id == 1:
            begun.set()
            await hold.wait()
        return await carry(delivery, mail)

    office.post.post_edition = post  # type: ignore[method-assign]
    sending = asyncio.create_task(office.courier.send_owed())
    async with asyncio.timeout(PATIENCE):
        await begun.wait()
        await office.owe_edition()
        office.courier.wake()
        await office.post.carried.wait()
        assert (await office.edition(slow)).state is EditionState.PLANNED
        hold.set()
        assert await sending == 2


class RunningClock:
    """A clock that runs on by a little at each look."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment


async def test_the_clock_is_watched_also_while_deliveries_are_under_way_and_they_are_no_false_alarm(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.courier.BUSY_LOOK_SECONDS", 0)  # at each turn
    clock = RunningClock()
    await office.owe_edition()
    await office.owe_edition()
    carry, sent = office.post.post_edition, list[datetime]()

    async def post(delivery: Delivery, mail: EditionMail) -> Receipt:
        if not sent:
            clock.moment -= timedelta(hours=1)
            async with asyncio.timeout(PATIENCE):
                while "the clock was set back" not in caplog.text:  # noqa: ASYNC110  the courier looks at each turn
                    await asyncio.sleep(0)
        sent.append(clock.moment)
        return await carry(delivery, mail)

    courier = Courier(office.outbox, office.post, clock, Policy(), Random(7))
    assert await courier.send_owed() == 2
    assert "set back" not in caplog.text
    await office.owe_edition()
    office.post.post_edition = post  # type: ignore[method-assign]
    clock.moment += timedelta(minutes=5)
    assert await courier.send_owed() == 1
    assert len(sent) == 1
