"""What follows the messages of an edition: threads on its papers, and publications, each once and in their turn."""

from datetime import timedelta

import pytest

from bot.delivery.model import Part
from bot.digests.model import EditionState, Publication, Reason, Style, Why
from bot.errors import DeliveryError, Fault
from bot.storage.ledger.servers import Servers
from tests.bot.delivery.office import NOW, Office

DISCUSSED = [(Part.HEADLINE, 0), (Part.PAPER, 2), (Part.PAPER, 3), (Part.DISCUSSION, 4), (Part.DISCUSSION, 5)]
FIRST = 1001
"""The id of the first message; the next ones follow."""
WAIT = 2_700.0
LIMIT = DeliveryError(Fault.PUBLISHING_LIMIT, "for 2700 s", wait=WAIT)
DOWN = DeliveryError(Fault.UNAVAILABLE, "503")


async def _send_and_refuse(office: Office, error: DeliveryError, after: int = 1) -> None:
    """Send what is owed, and refuse what comes after so many messages of the edition."""
    office.post.troubles = [*[None] * (after - len(office.post.sent)), error]
    await office.courier.send_owed()


async def test_papers_that_are_discussed_are_in_the_channel_and_each_gets_its_thread(office: Office) -> None:
    digest = await office.owe_edition(Style.THREAD, discuss=True)
    await office.courier.send_owed()
    assert office.post.sent == DISCUSSED
    assert office.post.done_to == [None, None, None, FIRST + 1, FIRST + 2]
    assert all(mail.threadless for mail in office.post.mails)
    assert (await office.edition(digest)).state is EditionState.POSTED


async def test_a_paper_in_a_thread_is_not_in_the_channel(office: Office) -> None:
    await office.owe_edition(Style.THREAD)
    await office.courier.send_owed()
    assert not any(mail.threadless for mail in office.post.mails)


@pytest.mark.parametrize(
    ("options", "published"),
    [
        ({"style": Style.CARDS}, [FIRST]),
        ({"style": Style.FULL}, [FIRST]),
        ({"style": Style.THREAD}, [FIRST]),
        ({"style": Style.THREAD, "discuss": True}, [FIRST, FIRST + 1, FIRST + 2]),
    ],
)
async def test_what_stands_in_the_channel_is_published_after_all_of_it(
    office: Office, options: dict[str, bool], published: list[int]
) -> None:
    digest = await office.owe_edition(**options, publish=True)  # type: ignore[arg-type]  # a style is one of them
    await office.courier.send_owed()
    parts = [part for part, _ in office.post.sent]
    assert parts[-len(published) :] == [Part.PUBLICATION] * len(published)
    assert parts.count(Part.PUBLICATION) == len(published)
    assert office.post.done_to[-len(published) :] == published
    assert (await office.edition(digest)).publication is Publication.PUBLISHED


async def test_a_publication_waits_for_its_turn_which_is_no_failure(office: Office) -> None:
    digest = await office.owe_edition(publish=True)
    await _send_and_refuse(office, LIMIT)
    edition = await office.edition(digest)
    assert (edition.state, edition.reason) == (EditionState.POSTED, None)
    assert (edition.publication, edition.publishes_at) == (Publication.WAITING, NOW + timedelta(seconds=WAIT))
    row = await office.database.row("SELECT attempts, failing_since FROM deliveries WHERE part = 'publication'")
    assert row is not None
    assert tuple(row) == (0, None)
    assert (await office.outbox.owed(NOW, 10)) == []
    office.clock.moment += timedelta(seconds=WAIT)
    await office.courier.send_owed()
    assert (await office.edition(digest)).publication is Publication.PUBLISHED


async def test_it_waits_beyond_the_next_run(office: Office) -> None:
    digest = await office.owe_edition(publish=True)
    for _ in range(2 * 24):
        await _send_and_refuse(office, LIMIT)
        office.clock.moment += timedelta(hours=1)
    await office.courier.send_owed()
    assert (await office.edition(digest)).publication is Publication.PUBLISHED


async def test_a_publication_that_fails_until_the_next_run_leaves_the_edition_posted(office: Office) -> None:
    digest = await office.owe_edition(publish=True)
    for _ in range(3):
        await _send_and_refuse(office, DOWN)
        office.clock.moment += timedelta(hours=12)
    edition = await office.edition(digest)
    assert (edition.state, edition.publication) == (EditionState.POSTED, None)
    told: dict[str, str | int] = {"since": NOW.isoformat(), "part": Part.PUBLICATION}
    assert edition.reason == Reason(Why.UNAVAILABLE, told)


@pytest.mark.parametrize("fault", [Fault.NOT_ANNOUNCING, Fault.PUBLISHING_DENIED, Fault.MESSAGE_GONE])
async def test_a_refused_publication_is_told_and_pauses_nothing(office: Office, fault: Fault) -> None:
    digest = await office.owe_edition(publish=True)
    await _send_and_refuse(office, DeliveryError(fault, "as Discord says"))
    edition = await office.edition(digest)
    assert (edition.state, edition.reason and edition.reason.why) == (EditionState.POSTED, fault.value)
    assert len(await office.digests.active()) == 1
    assert await office.outbox.next_due() is None


@pytest.mark.parametrize("fault", [Fault.TOO_MANY_THREADS, Fault.MESSAGE_GONE, Fault.BLOCKED])
async def test_a_thread_that_is_refused_costs_no_other_and_its_paper_stands(office: Office, fault: Fault) -> None:
    digest = await office.owe_edition(Style.THREAD, discuss=True)
    await _send_and_refuse(office, DeliveryError(fault, "as Discord says"), after=3)
    assert office.post.sent == [*DISCUSSED[:3], DISCUSSED[4]]
    edition = await office.edition(digest)
    assert edition.state is EditionState.POSTED
    assert edition.reason is not None
    assert (edition.reason.why, edition.reason.facts["part"]) == (fault.value, Part.DISCUSSION)


async def test_nothing_is_done_to_a_message_that_was_not_posted(office: Office) -> None:
    digest = await office.owe_edition(Style.THREAD, discuss=True, publish=True)
    await _send_and_refuse(office, DeliveryError(Fault.BLOCKED, "200000"), after=1)
    assert office.post.done_to == [None, None, FIRST + 1, FIRST, FIRST + 1]
    assert (await office.edition(digest)).state is EditionState.POSTED


@pytest.mark.parametrize(("before", "options"), [(2, {"discuss": True}), (3, {"publish": True})])
async def test_what_may_have_been_done_is_done_again_without_a_look(
    office: Office, before: int, options: dict[str, bool]
) -> None:
    await office.owe_edition(Style.THREAD, papers=1, **options)
    await _send_and_refuse(office, DeliveryError(Fault.UNAVAILABLE, "503", unsure=True), after=before)
    office.clock.moment += timedelta(hours=1)
    await office.another_courier().send_owed()
    assert (office.post.looks, len(office.post.sent)) == ([], before + 1)


async def test_a_server_that_was_left_is_owed_no_publication(office: Office) -> None:
    await office.owe_edition(publish=True)
    await _send_and_refuse(office, LIMIT)
    await Servers(office.database).leave(1, NOW)
    assert await office.outbox.next_due() is None
