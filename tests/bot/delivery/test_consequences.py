"""What follows from a delivery that was given up."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.alerts.model import Match, NewAlert, Subscription, Where
from bot.delivery.model import Part
from bot.digests.model import Digest, EditionState, Reason, Style, Why
from bot.errors import DeliveryError, Fault, SettingsError
from bot.papers import Listing
from bot.storage.engine.database import Database
from bot.storage.ledger.servers import Servers
from bot.storage.members.subscriptions import Subscriptions
from tests.bot.delivery.office import NOW, Office
from tests.builders import FRIDAY, day, order, paper

MEMBER, GUILD, HERE, THERE = 7, 1, 10, 20
DENIED = DeliveryError(Fault.MISSING_PERMISSION, "50013 Missing Permissions")
DOWN = DeliveryError(Fault.UNAVAILABLE, "503")


async def digest_of(office: Office) -> Digest:
    return (await office.digests.of_server(GUILD))[0]


# -- digests ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [Fault.CHANNEL_GONE, Fault.MISSING_PERMISSION])
async def test_what_lasts_pauses_the_digest_and_tells_its_admin_once(office: Office, fault: Fault) -> None:
    await office.owe_edition()
    office.post.troubles = [DeliveryError(fault, "as Discord says")]
    await office.courier.send_owed()
    digest = await digest_of(office)
    assert digest.pause is not None
    assert digest.pause.began == NOW
    assert digest.pause.reason is not None
    assert digest.pause.reason.why == fault.value
    assert [notice.id for notice in office.post.notices] == [digest.id]
    assert await office.digests.active() == []
    await office.another_courier().send_owed()
    assert len(office.post.notices) == 1


async def test_a_notice_that_may_pass_is_tried_again(office: Office) -> None:
    await office.owe_edition()
    office.post.troubles = [DENIED, DOWN]
    await office.courier.send_owed()
    office.clock.moment += timedelta(seconds=15)
    await office.courier.send_owed()
    assert [part for part, _ in office.post.sent] == [Part.NOTICE]


async def test_a_notice_of_a_pause_that_is_over_is_not_sent(office: Office) -> None:
    digest = await office.owe_edition()
    office.post.troubles = [DENIED, DOWN]
    await office.courier.send_owed()
    await office.digests.set_paused(digest.id, NOW, paused=False)
    office.clock.moment += timedelta(minutes=1)
    await office.courier.send_owed()
    assert office.post.sent == []
    assert await office.outbox.next_due() is None


async def test_a_notice_that_cannot_be_given_pauses_nothing_and_marks_nobody(
    office: Office, subscriptions: Subscriptions
) -> None:
    await office.owe_edition()
    await subscriptions.add(subscription(5, Where.DM), 25)
    office.post.troubles = [DENIED, DeliveryError(Fault.DMS_CLOSED, "50007")]
    await office.courier.send_owed()
    assert not await subscriptions.dms_closed(5)
    assert await office.outbox.next_due() is None


async def test_an_admins_own_pause_is_kept_when_an_edition_under_way_fails(office: Office) -> None:
    digest = await office.owe_edition()
    await office.digests.set_paused(digest.id, NOW, paused=True)
    office.post.troubles = [DENIED]
    await office.courier.send_owed()
    paused = await digest_of(office)
    assert paused.pause is not None
    assert paused.pause.reason is None
    assert office.post.notices == []


@pytest.mark.parametrize("fault", [Fault.REJECTED, Fault.THREAD_CLOSED])
async def test_what_costs_one_edition_pauses_nothing(office: Office, fault: Fault) -> None:
    digest = await office.owe_edition()
    office.post.troubles = [DeliveryError(fault, "as Discord says")]
    await office.courier.send_owed()
    assert (await office.edition(digest)).state is EditionState.FAILED
    assert (await digest_of(office)).pause is None


@pytest.mark.parametrize("fault", [Fault.REJECTED, Fault.BLOCKED])
async def test_a_paper_of_a_thread_that_is_refused_is_left_out_and_the_edition_says_why(
    office: Office, fault: Fault
) -> None:
    digest = await office.owe_edition(Style.THREAD)
    [headline] = await office.outbox.owed(NOW, 9)
    await office.courier._deliver(headline)
    await office.courier._deliver((await office.outbox.owed(NOW, 9))[0])
    office.post.troubles = [DeliveryError(fault, "as Discord says")]
    await office.courier.send_owed()
    edition = await office.edition(digest)
    assert (edition.state, edition.reason and edition.reason.why) == (EditionState.POSTED, fault.value)
    assert office.post.sent == [(Part.HEADLINE, 0), (Part.THREAD, 1), (Part.PAPER, 3)]
    assert [mail.threadless for mail in office.post.mails] == [False, False, False]


@pytest.mark.parametrize("fault", [Fault.TOO_MANY_THREADS, Fault.BLOCKED, Fault.REJECTED])
async def test_a_thread_that_is_refused_leaves_its_papers_to_the_channel(office: Office, fault: Fault) -> None:
    digest = await office.owe_edition(Style.THREAD)
    await office.courier._deliver((await office.outbox.owed(NOW, 9))[0])
    office.post.troubles = [DeliveryError(fault, "as Discord says")]
    await office.courier.send_owed()
    edition = await office.edition(digest)
    assert (edition.state, edition.reason and edition.reason.why) == (EditionState.POSTED, fault.value)
    assert office.post.sent == [(Part.HEADLINE, 0), (Part.PAPER, 2), (Part.PAPER, 3)]
    assert [mail.threadless for mail in office.post.mails] == [False, True, True]


async def test_what_passes_is_tried_until_the_next_run_and_then_says_since_when(office: Office) -> None:
    digest = await office.owe_edition()
    office.post.troubles = [DOWN] * 99
    last = NOW
    while await office.outbox.next_due() is not None:
        await office.courier.send_owed()
        if (due := await office.outbox.next_due()) is not None:
            assert due < NOW + timedelta(days=1)
            last = office.clock.moment = due
            assert (await office.edition(digest)).failing_since == NOW
    edition = await office.edition(digest)
    assert last > NOW + timedelta(hours=22)
    assert edition.state is EditionState.FAILED
    assert edition.reason is not None
    assert (edition.reason.why, edition.reason.facts["since"]) == (Why.UNAVAILABLE, NOW.isoformat())
    assert (await digest_of(office)).pause is None


async def test_what_failed_before_a_long_absence_is_not_sent_when_the_next_run_was_due(office: Office) -> None:
    digest = await office.owe_edition()
    office.post.troubles = [DOWN]
    await office.courier.send_owed()
    office.clock.moment += timedelta(days=1)
    await office.digests.expire(office.clock.moment, office.clock.moment)
    await office.courier.send_owed()
    edition = await office.edition(digest)
    told: dict[str, str | int] = {"since": NOW.isoformat(), "part": Part.CARDS}
    assert (edition.state, edition.reason) == (EditionState.FAILED, Reason(Why.UNAVAILABLE, told))
    assert office.post.sent == []


async def test_what_was_being_sent_before_a_long_absence_and_did_not_come_is_missed(office: Office) -> None:
    digest = await office.owe_edition()
    await office.die_while_sending()
    office.clock.moment += timedelta(hours=30)
    await office.courier.send_owed()
    assert len(office.post.looks) == 1
    assert (await office.edition(digest)).reason == Reason(Why.MISSED, {"hours": 30})


async def test_a_refused_token_ends_the_courier_and_leaves_the_delivery_owed(office: Office) -> None:
    digest = await office.owe_edition()
    office.post.troubles = [DeliveryError(Fault.UNAUTHORISED, "401")]
    with pytest.raises(SettingsError, match="no longer accepts the token"):
        await office.courier.run()
    office.clock.moment += timedelta(minutes=1)
    await office.another_courier().send_owed()
    assert (await office.edition(digest)).state is EditionState.POSTED


async def test_a_server_that_is_left_is_noted_and_owes_nothing(office: Office, subscriptions: Subscriptions) -> None:
    digest = await office.owe_edition(Style.THREAD)
    await owe_alert(office, subscriptions, subscription(MEMBER, Where.HERE))
    office.post.troubles = [DeliveryError(Fault.SERVER_LEFT, "the bot is not in the server")]
    [first, _] = await office.outbox.owed(NOW, 9)
    await office.courier._deliver(first)
    edition = await office.edition(digest)
    assert (edition.state, edition.reason and edition.reason.why) == (EditionState.FAILED, Why.SERVER_LEFT)
    assert await office.outbox.next_due() is None
    assert await Servers(office.database).removals() == {GUILD: NOW}
    assert (await digest_of(office)).pause is None
    assert await office.digests.active() == []


# -- alerts ----------------------------------------------------------------------------------------------------------

FIRST, SECOND, THIRD = (Listing(paper(number), votes) for number, votes in ((1, 9), (2, 5), (3, None)))


def subscription(
    user_id: int, where: Where, query: str = "강화학습", channel_id: int = HERE, min_votes: int = 0
) -> Subscription:
    channel, guild = (channel_id, GUILD) if where is Where.HERE else (None, None)
    return Subscription(0, user_id, query, where, channel, guild, min_votes, False, "ko", NOW)


async def owe_alert(office: Office, subscriptions: Subscriptions, *wishes: Subscription) -> None:
    """An alert to where the first wish goes."""
    await office.library.store_page("23", "h", day(votes=(9, 5, None)), NOW)
    for wish in wishes:
        await subscriptions.add(wish, 25)
    place = (wishes[0].channel_id, wishes[0].guild_id)
    matches = (Match(FIRST, ("강화학습", "rl")), Match(SECOND, ("강화학습",)), Match(THIRD, ("rl",)))
    await subscriptions.plan(FRIDAY, [], [NewAlert(wishes[0].user_id, *place, "ko", matches)], NOW)


async def sent_alerts(office: Office) -> list[tuple[int, list[tuple[str, tuple[str, ...]]]]]:
    await office.courier.send_owed()
    return [
        (alert.channel_id or 0, [(match.listing.paper.arxiv_id[-1], match.queries) for match in alert.matches])
        for alert in office.post.alerts
    ][1:]


async def test_closed_dms_send_the_alert_to_the_members_channel_with_what_was_asked_there(
    office: Office, subscriptions: Subscriptions
) -> None:
    await owe_alert(
        office,
        subscriptions,
        subscription(MEMBER, Where.DM, "rl"),
        subscription(MEMBER, Where.HERE, min_votes=6),
        subscription(99, Where.HERE, "rl"),
    )
    office.post.troubles = [DeliveryError(Fault.DMS_CLOSED, "50007")]
    assert await sent_alerts(office) == [(HERE, [("1", ("강화학습",))])]
    assert await subscriptions.dms_closed(MEMBER)
    assert len(await sent_alerts(office)) == 1


async def test_each_paper_goes_to_one_of_several_channels(office: Office, subscriptions: Subscriptions) -> None:
    await owe_alert(
        office,
        subscriptions,
        subscription(MEMBER, Where.DM, "other"),
        subscription(MEMBER, Where.HERE),
        subscription(MEMBER, Where.HERE, "rl", channel_id=THERE),
    )
    office.post.troubles = [DeliveryError(Fault.DMS_CLOSED, "50007")]
    told = [("1", ("강화학습",)), ("2", ("강화학습",))]
    assert sorted(await sent_alerts(office)) == [(HERE, told), (THERE, [("3", ("rl",))])]


async def test_what_may_have_come_by_dm_is_not_sent_to_a_channel_too(
    office: Office, subscriptions: Subscriptions
) -> None:
    await owe_alert(office, subscriptions, subscription(MEMBER, Where.DM), subscription(MEMBER, Where.HERE))
    [delivery] = await office.outbox.owed(NOW, 9)
    reason = Reason(Why.MISSING_PERMISSION, {})
    await office.outbox.fail(replace(delivery, unsure_since=NOW), Fault.DMS_CLOSED, "50007", reason, NOW)
    assert await office.outbox.next_due() is None


@pytest.mark.parametrize("fault", [Fault.CHANNEL_GONE, Fault.MISSING_PERMISSION, Fault.THREAD_CLOSED])
async def test_a_channel_that_takes_no_alert_stops_all_alerts_there(
    office: Office, subscriptions: Subscriptions, database: Database, fault: Fault
) -> None:
    await owe_alert(office, subscriptions, subscription(MEMBER, Where.HERE), subscription(MEMBER, Where.DM, "rl"))
    await subscriptions.add(subscription(8, Where.HERE), 25)
    await subscriptions.plan(FRIDAY, [], [NewAlert(8, HERE, GUILD, "ko", (Match(FIRST, ("강화학습",)),))], NOW)
    await subscriptions.watch()
    office.post.troubles = [DeliveryError(fault, "as Discord says")]
    await office.courier._deliver((await office.outbox.owed(NOW, 1))[0])
    assert await office.outbox.next_due() is None
    held = [*await subscriptions.of_member(MEMBER), *await subscriptions.of_member(8)]
    assert [each.refused for each in held] == [fault, None, fault]
    listening = await subscriptions.listening(FRIDAY, [each.id for each in held])
    assert [each.where for each in listening] == [Where.DM]
    await subscriptions.open_channels(MEMBER, None)
    reopened = [each.refused for each in await subscriptions.of_member(MEMBER)]
    assert reopened == [Fault.CHANNEL_GONE if fault is Fault.CHANNEL_GONE else None, None]
    rows = await database.rows("SELECT matches FROM alerts")
    assert all(json.loads(row["matches"]) for row in rows)


async def test_a_member_who_is_away_stops_their_own_alerts_in_that_channel_alone(
    office: Office, subscriptions: Subscriptions
) -> None:
    await owe_alert(
        office,
        subscriptions,
        subscription(MEMBER, Where.HERE),
        subscription(MEMBER, Where.HERE, "rl", channel_id=THERE),
        subscription(MEMBER, Where.DM, "rl"),
        subscription(8, Where.HERE),
    )
    for member in (MEMBER, 8):
        await subscriptions.plan(FRIDAY, [], [NewAlert(member, HERE, GUILD, "ko", (Match(FIRST, ("강화학습",)),))], NOW)
    office.post.troubles = [DeliveryError(Fault.MEMBER_AWAY, "404 10007")]
    await office.courier._deliver((await office.outbox.owed(NOW, 1))[0])
    held = [*await subscriptions.of_member(MEMBER), *await subscriptions.of_member(8)]
    assert [each.refused for each in held] == [Fault.MEMBER_AWAY, None, None, None]
    [left] = await office.outbox.owed(NOW, 9)
    assert left.alert_id is not None
    alert = await office.outbox.alert(left.alert_id)
    assert alert is not None
    assert (alert.user_id, alert.channel_id, alert.guild_id) == (8, HERE, GUILD)
    await subscriptions.open_channels(MEMBER, None)
    assert not any(each.refused for each in await subscriptions.of_member(MEMBER))


async def test_an_alert_for_a_server_without_the_bot_lets_the_server_rest_and_marks_no_channel(
    office: Office, subscriptions: Subscriptions
) -> None:
    await owe_alert(office, subscriptions, subscription(MEMBER, Where.HERE))
    office.post.troubles = [DeliveryError(Fault.SERVER_LEFT, "the bot is not in the server")]
    await office.courier.send_owed()
    assert await Servers(office.database).removals() == {GUILD: NOW}
    assert [each.refused for each in await subscriptions.of_member(MEMBER)] == [None]


async def test_a_server_without_the_bot_alerts_nobody(subscriptions: Subscriptions, database: Database) -> None:
    stored = await subscriptions.add(subscription(MEMBER, Where.HERE), 25)
    assert isinstance(stored, Subscription)
    await subscriptions.watch()
    servers = Servers(database)
    await servers.leave(GUILD, NOW)
    assert await subscriptions.listening(FRIDAY, [stored.id]) == []
    await servers.enter(GUILD)
    assert await subscriptions.listening(FRIDAY, [stored.id]) == [stored]


# -- what is set -----------------------------------------------------------------------------------------------------


async def test_a_change_of_time_is_remembered_and_any_other_change_loses_no_run(office: Office) -> None:
    digest = await office.owe_edition()
    later = NOW + timedelta(hours=1)
    await office.digests.change(digest.id, order(count=3), later)
    assert (await digest_of(office)).timed_at == NOW
    assert await office.digests.settled_until(digest.id) == NOW
    await office.digests.change(digest.id, order(weekdays=frozenset({1})), later)
    assert (await digest_of(office)).timed_at == later
    assert await office.digests.settled_until(digest.id) == later


async def test_pauses_are_remembered_from_when_to_when(office: Office) -> None:
    digest = await office.owe_edition()
    began, ended = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    await office.digests.set_paused(digest.id, began, paused=True)
    await office.digests.set_paused(digest.id, ended, paused=False)
    for moment, found in ((NOW, False), (began, True), (ended - timedelta(seconds=1), True), (ended, False)):
        pause = await office.digests.pause_at(digest.id, moment)
        assert (pause is not None) == found
    assert (await digest_of(office)).pause is None


@pytest.mark.parametrize("fault", [Fault.REJECTED, Fault.BLOCKED])
async def test_a_refused_post_costs_no_other_and_the_edition_is_known_by_the_next(office: Office, fault: Fault) -> None:
    digest = await office.owe_edition(Style.POSTS, papers=3)
    office.post.troubles = [DeliveryError(fault, "Title was blocked")]
    await office.courier.send_owed()
    assert office.post.sent == [(Part.POST, 1), (Part.POST, 0)]
    edition = await office.edition(digest)
    assert (edition.state, edition.message_id, edition.channel_id) == (EditionState.POSTED, 1002, 10)
    assert edition.reason


async def test_an_edition_of_which_no_post_was_accepted_has_failed(office: Office) -> None:
    digest = await office.owe_edition(Style.POSTS)
    office.post.troubles = [DeliveryError(Fault.REJECTED, "no"), DeliveryError(Fault.REJECTED, "no")]
    await office.courier.send_owed()
    assert (await office.edition(digest)).state is EditionState.FAILED


async def test_a_forum_that_wants_another_tag_pauses_its_digest(office: Office) -> None:
    digest = await office.owe_edition(Style.POSTS)
    office.post.troubles = [DeliveryError(Fault.TAG_REQUIRED, "none of the tags")]
    await office.courier.send_owed()
    [held] = await office.digests.of_server(1)
    assert held.pause
    assert held.pause.reason
    assert held.pause.reason.why is Why.TAG_REQUIRED
    assert (await office.edition(digest)).state is EditionState.FAILED
    assert office.post.sent == [(Part.NOTICE, 0)]
