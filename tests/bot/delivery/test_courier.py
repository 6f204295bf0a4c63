import asyncio
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from bot.alerts.model import Match, NewAlert, Subscription, Where
from bot.delivery.model import Delivery, Part, Reach
from bot.digests.model import EditionState, Style, Why
from bot.errors import DeliveryError, Fault
from bot.storage.engine.database import Database
from bot.storage.ledger.outbox import Outbox
from bot.storage.members.subscriptions import Subscriptions
from sandbox.world.bell import PATIENCE
from tests.bot.delivery.office import NOW, Office
from tests.builders import FRIDAY, day


async def test_cards_are_one_message_and_the_edition_is_then_posted(office: Office) -> None:
    digest = await office.owe_edition()
    assert await office.courier.send_owed() == 1
    assert office.post.sent == [(Part.CARDS, 0)]
    edition = await office.edition(digest)
    assert (edition.state, edition.message_id, edition.channel_id) == (EditionState.POSTED, 1001, 10)
    assert await office.courier.send_owed() == 0


async def test_a_thread_goes_in_order_and_knows_its_headline(office: Office) -> None:
    digest = await office.owe_edition(Style.THREAD)
    await office.courier.send_owed()
    parts = [Part.HEADLINE, Part.THREAD, Part.PAPER, Part.PAPER]
    assert office.post.sent == list(zip(parts, range(4), strict=True))
    assert [mail.headline_id for mail in office.post.mails] == [None, 1001, 1001, 1001]
    assert (await office.edition(digest)).state is EditionState.POSTED


async def test_what_becomes_owed_while_the_outbox_is_read_is_sent_too(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    owed, sent, reads = office.outbox.owed, asyncio.Event(), count()

    async def read_slowly(now: datetime, limit: int, reach: Reach | None) -> list[Delivery]:
        found = await owed(now, limit, reach)
        if next(reads) == 1:
            await sent.wait()
            for _ in range(5):
                await asyncio.sleep(0)  # the task of what was sent ends
        return found

    async def record(*told: Any) -> None:
        await Outbox.sent(office.outbox, *told)
        sent.set()

    monkeypatch.setattr(office.outbox, "owed", read_slowly)
    monkeypatch.setattr(office.outbox, "sent", record)
    await office.owe_edition(Style.THREAD)
    assert await office.courier.send_owed() == 4


async def test_what_may_pass_is_tried_again_later_and_then_goes_on_where_it_stopped(office: Office) -> None:
    digest = await office.owe_edition(Style.THREAD)
    office.post.troubles = [DeliveryError(Fault.UNAVAILABLE, "503")]
    await office.courier.send_owed()
    assert office.post.sent == []
    assert (await office.edition(digest)).state is EditionState.PLANNED
    assert await office.courier.send_owed() == 0
    again = await office.outbox.next_due()
    assert again is not None
    assert NOW + timedelta(seconds=7.5) <= again <= NOW + timedelta(seconds=15)
    office.clock.moment += timedelta(seconds=15)
    await office.courier.send_owed()
    assert [position for _, position in office.post.sent] == [0, 1, 2, 3]


async def test_what_lasts_fails_the_edition_with_its_reason_and_skips_the_rest(
    office: Office, database: Database
) -> None:
    digest = await office.owe_edition(Style.THREAD)
    office.post.troubles = [DeliveryError(Fault.MISSING_PERMISSION, "50013 Missing Permissions")]
    await office.courier.send_owed()
    edition = await office.edition(digest)
    assert edition.state is EditionState.FAILED
    assert edition.reason is not None
    assert edition.reason.why is Why.MISSING_PERMISSION
    rows = await database.rows("SELECT state FROM deliveries WHERE edition_id IS NOT NULL ORDER BY position")
    assert [row["state"] for row in rows] == ["failed", "skipped", "skipped", "skipped"]


async def test_a_bug_of_ours_costs_one_delivery_not_the_courier(office: Office) -> None:
    digest = await office.owe_edition()
    office.post.troubles = [RuntimeError("secret detail")]
    await office.courier.send_owed()
    edition = await office.edition(digest)
    assert edition.reason is not None
    assert edition.reason.why is Why.REJECTED
    assert "secret" not in str(edition.reason.facts)


async def test_an_edition_keeps_its_papers_when_its_page_gives_one_up(office: Office) -> None:
    digest = await office.owe_edition(Style.THREAD)
    await office.library.store_page("23", "h2", day(votes=(4,), first=2), NOW)
    await office.courier.send_owed()
    assert [position for _, position in office.post.sent] == [0, 1, 2, 3]
    shown = office.post.mails[-1].selection.listings
    assert [(one.paper.title, one.votes, bool(one.paper.summary)) for one in shown] == [
        ("Paper number 1", 9, False),
        ("Paper number 2", 9, True),
    ]
    assert (await office.edition(digest)).state is EditionState.POSTED


async def test_an_alert_whose_papers_were_taken_back_is_not_sent_empty(
    office: Office, subscriptions: Subscriptions, database: Database
) -> None:
    saved = Subscription(0, 7, "강화학습", Where.DM, None, None, 0, False, "ko", NOW)
    await subscriptions.add(saved, 25)
    alert = NewAlert(7, None, None, "ko", (Match(day().listings[0], ("강화학습",)),))
    await subscriptions.plan(FRIDAY, [], [alert], NOW)
    await office.courier.send_owed()
    assert office.post.sent == []
    assert [row["state"] for row in await database.rows("SELECT state FROM deliveries")] == ["skipped"]


async def test_closed_dms_mark_the_member_and_stop_what_else_is_owed_there(
    office: Office, subscriptions: Subscriptions
) -> None:
    listing = day().listings[0]
    await office.library.store_page("23", "h", day(), NOW)
    saved = Subscription(0, 7, "강화학습", Where.DM, None, None, 0, False, "ko", NOW)
    stored = await subscriptions.add(saved, 25)
    assert isinstance(stored, Subscription)
    await subscriptions.watch()
    alert = NewAlert(7, None, None, "ko", (Match(listing, ("강화학습",)),))
    await subscriptions.plan(FRIDAY, [], [alert], NOW)
    await subscriptions.plan(FRIDAY, [], [alert], NOW)
    office.post.troubles = [DeliveryError(Fault.DMS_CLOSED, "50007")] * 2
    batch = await office.outbox.owed(NOW, 1)
    assert [delivery.part for delivery in batch] == [Part.ALERT]
    await office.courier._deliver(batch[0])
    assert await subscriptions.dms_closed(7)
    assert await subscriptions.listening(FRIDAY, [stored.id]) == []
    assert await office.outbox.owed(NOW + timedelta(days=1), 9) == []


async def test_the_courier_sleeps_until_it_is_woken_and_ends_when_closed(office: Office) -> None:
    running = asyncio.create_task(office.courier.run())
    await office.owe_edition()
    office.courier.wake()
    await asyncio.wait_for(office.post.carried.wait(), PATIENCE)
    office.courier.close()
    await asyncio.wait_for(office.courier.closed(), PATIENCE)
    await running
    assert office.post.sent == [(Part.CARDS, 0)]


async def test_a_locked_database_does_not_end_the_courier(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    async def locked(*_: object) -> list[Delivery]:
        nonlocal calls
        calls += 1
        raise OSError("locked")

    monkeypatch.setattr(office.outbox, "owed", locked)
    running = asyncio.create_task(office.courier.run())
    while calls < 2:
        office.courier.wake()
        await asyncio.sleep(0)
    office.courier.close()
    await asyncio.wait_for(running, PATIENCE)
