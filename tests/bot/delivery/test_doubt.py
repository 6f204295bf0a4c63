"""What becomes of a message when it is not certain that it came."""

from datetime import datetime, timedelta

import pytest

from bot.delivery.model import Delivery, EditionMail, Part, Policy, Receipt, WhenUnsure
from bot.digests.model import EditionState, Style, Why
from bot.errors import DeliveryError, Fault, StorageError
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database
from tests.bot.delivery.office import NOW, Office

HIDDEN = DeliveryError(Fault.HISTORY_HIDDEN, "Read Message History is missing")
LATER = timedelta(minutes=3)


async def test_what_was_being_sent_when_the_bot_died_is_sent_under_the_same_nonce_for_a_while(office: Office) -> None:
    await office.owe_edition()
    [first] = await office.outbox.owed(NOW, 9)
    await office.die_while_sending()
    office.clock.moment += timedelta(seconds=119)
    [again] = await office.outbox.owed(office.clock.moment, 9)
    assert (again.id, again.nonce, again.attempts, again.unsure_since) == (first.id, first.nonce, 1, NOW)
    await office.courier.send_owed()
    assert office.post.sent == [(Part.CARDS, 0)]
    assert office.post.looks == []


async def test_later_the_history_is_read_and_what_is_there_counts_as_sent(office: Office, database: Database) -> None:
    digest = await office.owe_edition()
    await office.die_while_sending()
    office.clock.moment += LATER
    office.post.history = Receipt(10, 555)
    await office.courier.send_owed()
    assert office.post.sent == []
    [(since, until)] = office.post.looks
    assert since < NOW < NOW + timedelta(minutes=2) < until
    edition = await office.edition(digest)
    assert (edition.state, edition.message_id) == (EditionState.POSTED, 555)
    [row] = await database.rows("SELECT state, message_id, unsure_since FROM deliveries")
    assert tuple(row) == ("sent", 555, None)


async def test_what_is_not_there_is_sent_and_the_doubt_begins_anew(office: Office, database: Database) -> None:
    await office.owe_edition()
    await office.die_while_sending()
    office.clock.moment += LATER
    office.post.troubles = [DeliveryError(Fault.UNAVAILABLE, "503", unsure=True)]
    await office.courier.send_owed()
    [row] = await database.rows("SELECT state, unsure_since FROM deliveries")
    assert (row["state"], datetime.fromisoformat(row["unsure_since"])) == ("retrying", NOW + LATER)
    office.clock.moment += timedelta(minutes=1)
    await office.courier.send_owed()
    assert len(office.post.looks) == 1
    assert office.post.sent == [(Part.CARDS, 0)]


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_clock_that_was_set_back_makes_every_doubt_old(office: Office, *, restarted: bool) -> None:
    await office.owe_edition()
    await office.courier._watch_clock()
    await office.die_while_sending()
    office.clock.moment -= timedelta(hours=1)
    courier = office.another_courier() if restarted else office.courier
    office.post.history = DeliveryError(Fault.UNAVAILABLE, "503")
    await courier.send_owed()
    office.clock.moment += timedelta(hours=1)  # it looks as if no time had passed
    office.post.history = Receipt(10, 555)
    await courier.send_owed()
    assert office.post.sent == []
    assert len(office.post.looks) == 2


@pytest.mark.parametrize("restarted", [False, True])
async def test_what_waits_to_be_tried_again_waits_no_longer_where_the_clock_is_set_back(
    office: Office, *, restarted: bool
) -> None:
    await office.owe_edition()
    office.post.troubles = [DeliveryError(Fault.UNAVAILABLE, "503", unsure=restarted)]
    await office.courier.send_owed()
    [waiting] = await office.outbox.owed(NOW + timedelta(hours=1), 9)
    assert NOW < waiting.due < NOW + timedelta(minutes=1)
    office.clock.moment -= timedelta(hours=1)
    courier = office.another_courier() if restarted else office.courier
    await courier.send_owed()
    office.clock.moment += timedelta(minutes=1)
    await courier.send_owed()
    assert office.post.sent == [(Part.CARDS, 0)]


async def test_after_a_restart_with_the_clock_set_back_nothing_is_later_than_its_pause(office: Office) -> None:
    await office.owe_edition()
    office.post.troubles = [DeliveryError(Fault.UNAVAILABLE, "503")] * 3
    for _ in range(3):
        await office.courier.send_owed()
        office.clock.moment += timedelta(minutes=2)
    await office.owe_edition()
    async with office.database.write() as tx:
        await tx.run("UPDATE deliveries SET due = ? WHERE attempts = 0", (moment(office.clock.moment),))
    office.clock.moment -= timedelta(hours=1)
    courier = office.another_courier()
    await courier.send_owed()
    office.clock.moment += timedelta(minutes=1)  # the fourth attempt comes 60 s after the third, at most
    await courier.send_owed()
    assert office.post.sent == [(Part.CARDS, 0)] * 2


async def test_a_restart_alone_shortens_no_wait(office: Office) -> None:
    await office.owe_edition()
    office.post.troubles = [DeliveryError(Fault.UNAVAILABLE, "503")]
    await office.courier.send_owed()
    due = await office.outbox.next_due()
    assert await office.another_courier().send_owed() == 0
    assert await office.outbox.next_due() == due


async def test_a_fresh_doubt_tells_until_when_its_nonce_is_known(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.courier.boottime", lambda: 1000.0)
    await office.owe_edition()
    carried: list[Delivery] = []
    post = office.post.post_edition

    async def note(delivery: Delivery, mail: EditionMail) -> Receipt:
        carried.append(delivery)
        return await post(delivery, mail)

    monkeypatch.setattr(office.post, "post_edition", note)
    office.post.troubles = [DeliveryError(Fault.UNAVAILABLE, "503", unsure=True)]
    await office.courier.send_owed()
    office.clock.moment += timedelta(seconds=30)
    await office.courier.send_owed()
    assert [delivery.send_until for delivery in carried] == [None, 1090.0]


async def test_a_clock_that_was_set_back_a_little_makes_old_what_it_makes_look_fresh(office: Office) -> None:
    await office.owe_edition()
    await office.die_while_sending()
    async with office.database.write() as tx:
        await tx.run("UPDATE deliveries SET due = ?, attempts = 9", (moment(NOW + timedelta(minutes=10)),))
    office.clock.moment += timedelta(minutes=9)
    assert await office.courier.send_owed() == 0
    office.clock.moment -= timedelta(minutes=8)
    assert await office.courier.send_owed() == 0
    [delivery] = await office.outbox.owed(NOW + timedelta(minutes=10), 1)
    office.post.history = Receipt(10, 555)
    await office.courier._deliver(delivery)
    assert office.post.sent == []


async def test_where_a_doubt_dates_from_the_future_the_history_is_read_from_now(office: Office) -> None:
    await office.owe_edition()
    await office.die_while_sending()
    [delivery] = await office.outbox.owed(NOW, 1)
    office.clock.moment -= timedelta(hours=5)
    await office.courier._deliver(delivery)
    [(since, until)] = office.post.looks
    assert since < office.clock.moment < NOW < until


async def test_a_refusal_leaves_no_doubt_but_an_older_doubt_stays(office: Office, database: Database) -> None:
    await office.owe_edition()
    for trouble, unsure_since in (
        (DeliveryError(Fault.RATE_LIMITED, "429"), None),
        (DeliveryError(Fault.UNAVAILABLE, "502", unsure=True), NOW + timedelta(minutes=1)),
        (DeliveryError(Fault.RATE_LIMITED, "429"), NOW + timedelta(minutes=1)),
    ):
        office.post.troubles = [trouble]
        await office.courier.send_owed()
        [row] = await database.rows("SELECT unsure_since FROM deliveries")
        assert row[0] == (unsure_since and moment(unsure_since))
        office.clock.moment += timedelta(minutes=1)


async def test_where_the_history_is_hidden_an_edition_is_skipped_with_the_reason_and_not_posted_again(
    office: Office,
) -> None:
    digest = await office.owe_edition()
    await office.die_while_sending()
    office.clock.moment += LATER
    office.post.history = HIDDEN
    await office.courier.send_owed()
    assert office.post.sent == []
    edition = await office.edition(digest)
    assert edition.state is EditionState.SKIPPED
    assert edition.reason is not None
    assert edition.reason.why is Why.UNSURE
    assert await office.digests.newest_day_not_had(digest.id) is None


async def test_of_a_thread_only_the_paper_in_doubt_is_left_out(office: Office, database: Database) -> None:
    digest = await office.owe_edition(Style.THREAD)
    for _ in range(2):
        [delivery] = await office.outbox.owed(NOW, 1)
        await office.courier._deliver(delivery)
    await office.die_while_sending()
    office.clock.moment += LATER
    office.post.history = HIDDEN
    await office.courier.send_owed()
    assert [position for _, position in office.post.sent] == [0, 1, 3]
    edition = await office.edition(digest)
    assert edition.state is EditionState.POSTED
    assert edition.reason is not None
    assert edition.reason.why is Why.UNSURE
    states = [row["state"] for row in await database.rows("SELECT state FROM deliveries ORDER BY position")]
    assert states == ["sent", "sent", "skipped", "sent"]


async def test_who_would_rather_have_it_twice_gets_it_sent(office: Office) -> None:
    await office.owe_edition()
    await office.die_while_sending()
    office.clock.moment += LATER
    office.post.history = HIDDEN
    await office.another_courier(Policy(WhenUnsure.SEND)).send_owed()
    assert office.post.sent == [(Part.CARDS, 0)]


async def test_a_history_that_cannot_be_read_now_is_read_later_however_often(office: Office) -> None:
    await office.owe_edition()
    await office.die_while_sending()
    office.post.history = DeliveryError(Fault.UNAVAILABLE, "503")
    for _ in range(30):
        office.clock.moment += timedelta(hours=2)
        await office.courier.send_owed()
    assert len(office.post.looks) == 30
    office.post.history = Receipt(10, 555)
    office.clock.moment += timedelta(hours=2)
    await office.courier.send_owed()
    assert office.post.sent == []
    assert await office.outbox.next_due() is None


async def test_an_edition_in_doubt_is_not_given_up_as_missed(office: Office) -> None:
    digest = await office.owe_edition()
    await office.die_while_sending()
    later = NOW + timedelta(days=1)
    await office.digests.expire(later, later)
    assert (await office.edition(digest)).state is EditionState.PLANNED


async def test_a_thread_in_doubt_is_opened_again_without_looking(office: Office) -> None:
    await office.owe_edition(Style.THREAD)
    [headline] = await office.outbox.owed(NOW, 1)
    await office.courier._deliver(headline)
    await office.die_while_sending()
    office.clock.moment += LATER
    await office.courier.send_owed()
    assert office.post.looks == []
    assert [position for _, position in office.post.sent] == [0, 1, 2, 3]


async def test_what_the_ledger_could_not_record_is_not_taken_for_a_failure(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = await office.owe_edition()
    for step in ("begin", "sent"):
        with monkeypatch.context() as patched:
            patched.setattr(office.outbox, step, _full)
            with pytest.raises(StorageError):
                await office.courier.send_owed()
        assert (await office.edition(digest)).state is EditionState.PLANNED
    office.clock.moment += LATER
    office.post.history = Receipt(10, 1001)
    await office.courier.send_owed()
    assert len(office.post.sent) == 1
    assert (await office.edition(digest)).state is EditionState.POSTED


async def _full(*_: object) -> None:
    raise StorageError("the database can't be used: database or disk is full")


async def test_the_number_of_a_removed_delivery_is_not_given_again(office: Office) -> None:
    digest = await office.owe_edition()
    [first] = await office.outbox.owed(NOW, 1)
    await office.digests.remove(digest.id)
    await office.owe_edition()
    [second] = await office.outbox.owed(NOW, 1)
    assert second.nonce != first.nonce


async def test_a_post_in_doubt_is_looked_for_once_it_has_landed_as_discord_takes_no_nonce_for_it(
    office: Office,
) -> None:
    digest = await office.owe_edition(Style.POSTS)
    await office.die_while_sending()
    office.post.history = Receipt(555, 555)
    office.clock.moment += timedelta(seconds=149)
    await office.courier.send_owed()
    assert (office.post.looks, office.post.sent) == ([], [])
    assert await office.outbox.next_due() == NOW + timedelta(seconds=150)
    office.clock.moment += timedelta(seconds=1)
    await office.courier.send_owed()
    assert len(office.post.looks) == 1
    assert office.post.sent == [(Part.POST, 0)]
    edition = await office.edition(digest)
    assert (edition.state, edition.message_id, edition.channel_id) == (EditionState.POSTED, 1001, 10)


async def test_a_post_in_doubt_that_can_not_be_looked_for_is_left_out(office: Office) -> None:
    digest = await office.owe_edition(Style.POSTS)
    await office.die_while_sending()
    office.post.history = HIDDEN
    office.clock.moment += timedelta(seconds=150)
    await office.courier.send_owed()
    assert office.post.sent == [(Part.POST, 0)]
    edition = await office.edition(digest)
    assert (edition.state, edition.reason and edition.reason.why) == (EditionState.POSTED, Why.UNSURE)
