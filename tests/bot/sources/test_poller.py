"""The poller on a real library, a local site, and a clock that the test moves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.alerts.model import Subscription, Where
from bot.alerts.planner import AlertPlanner
from bot.digests.choice import Chooser
from bot.digests.model import Selection
from bot.errors import SourceError, SourceFault
from bot.papers import Bullet
from bot.search.model import Filters
from bot.sources.whole import CLOSES_AT, Taken, closing_of, end_of
from bot.storage.ledger.digests import Digests
from bot.storage.members.subscriptions import Subscriptions
from tests.bot.sources.conftest import FRIDAY, FRIDAY_NOON, HOUR, RULE, SATURDAY, Desks
from tests.builders import order


async def test_a_day_comes_in_as_it_grows_and_is_searched_and_read(desks: Desks) -> None:
    friday = desks.site.day(FRIDAY)
    friday.add("2402.00001", title="Diffusion for all", votes=3, summary="On diffusion.", githubStars=7)
    await desks.poller.run()
    friday.add("2402.00002", title="Transformers", votes=9)
    friday.paper("2402.00001")["paper"]["upvotes"] = 5
    await desks.poll_until(1)
    held = await desks.library.day(FRIDAY)
    assert held is not None
    assert [(one.paper.arxiv_id, one.votes) for one in held.listings] == [("2402.00002", 9), ("2402.00001", 5)]
    assert held.listings[1].paper.summary == (Bullet("On diffusion."),)
    assert (await desks.library.find('"diffus"', Filters(), 10, 0))[0] == 1
    details = await desks.details.of("2402.00001")
    assert details is not None
    assert details.stars == 7


async def test_a_paper_is_found_by_its_abstract_where_the_site_has_its_own_line(desks: Desks) -> None:
    record = desks.site.day(FRIDAY).add("2402.00001", title="On it", summary="")
    record["paper"] |= {"ai_summary": "One line.", "summary": ""}
    await desks.poller.run()
    assert (await desks.library.find('"hallucin"', Filters(), 10, 0))[0] == 0
    desks.site.day(FRIDAY).paper("2402.00001")["paper"]["summary"] = "Hallucinations vanish."
    await desks.poll_until(1)
    count, (found,) = await desks.library.find('"hallucin"', Filters(), 10, 0)
    assert (count, found.abstract) == (1, "Hallucinations vanish.")
    assert found.listing.paper.summary == (Bullet("One line."),)
    assert await desks.library.abstracts(["2402.00001"]) == {"2402.00001": "Hallucinations vanish."}


async def test_a_day_is_whole_an_hour_after_nothing_more_came(desks: Desks) -> None:
    desks.site.day(FRIDAY).add("2402.00001")
    await desks.poll_until(12)
    assert (await desks.days.states(FRIDAY))[FRIDAY].whole_at is None
    await desks.poll_until(2)
    assert (await desks.days.states(FRIDAY))[FRIDAY].whole_at is not None


async def test_a_weekend_is_whole_without_papers(desks: Desks) -> None:
    await desks.poll_until(40, every=2)
    saturday = (await desks.days.states(SATURDAY))[SATURDAY]
    assert saturday.whole_at is not None
    assert saturday.papers == 0


async def test_an_answer_cut_short_takes_nothing_away(desks: Desks) -> None:
    for number in range(3):
        desks.site.day(FRIDAY).add(f"2402.0000{number}")
    await desks.poller.run()
    desks.site.day(FRIDAY).records[:] = []
    await desks.poll_until(1)
    held = await desks.library.day(FRIDAY)
    assert held is not None
    assert len(held.listings) == 3


async def test_after_a_week_without_the_site_the_week_is_there(desks: Desks) -> None:
    desks.site.day(FRIDAY).add("2402.00001")
    await desks.poll_until(14)
    desks.site.down = True
    await desks.poll_until(24 * 7, every=6)
    health = await desks.desk.site_health()
    assert health.fault is SourceFault.UNREACHABLE
    assert health.read_at is not None
    assert health.failing_since is not None
    assert health.failing_since - health.read_at <= timedelta(hours=7)
    monday = FRIDAY + timedelta(days=3)
    for later in range(5):
        desks.site.day(monday + timedelta(days=later)).add(f"2402.1000{later}")
    desks.site.down = False
    await desks.poller.run()
    states = await desks.days.states(FRIDAY)
    for later in range(4):
        assert states[monday + timedelta(days=later)].whole_at is not None
        assert await desks.library.day(monday + timedelta(days=later)) is not None
    assert (await desks.desk.site_health()).failing_since is None


async def test_what_was_read_before_the_site_went_away_is_kept(desks: Desks) -> None:
    for ago in range(3):
        desks.site.day(FRIDAY - timedelta(days=ago)).add(f"2402.0000{ago}")
    desks.site.fault()
    desks.site.fault()
    desks.site.fault()
    desks.site.fault(disconnect=True, times=10)
    await desks.poller.run()
    assert await desks.library.days(date.min, date.max) == [FRIDAY - timedelta(days=2)]


async def test_a_day_that_can_not_be_read_keeps_no_other_from_being_read(
    desks: Desks, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The days before it are read as they are, and so are those after it: it is told once, and is no failure."""
    desks.site.day(FRIDAY).add("2402.00001")
    read = desks.poller.read

    async def stumble(day: date) -> Taken:
        if day == FRIDAY - timedelta(days=1):
            raise SourceError(SourceFault.UNREADABLE, "the site answered something else")
        return await read(day)

    monkeypatch.setattr(desks.poller, "read", stumble)
    for _ in range(2):
        taken = await desks.poller.run()
        assert [each.state.day for each in taken] == [FRIDAY - timedelta(days=2), FRIDAY]
    assert (await desks.desk.site_health()).fault is None
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        "day 2024-02-22 can't be read: the site answered something else"
    ]


async def test_a_day_that_could_not_be_closed_before_midnight_is_tried_again_after_it(desks: Desks) -> None:
    """However seldom the site is read otherwise."""
    await desks.poller.run()
    desks.time.advance(closing_of(FRIDAY, CLOSES_AT) + timedelta(hours=2) - desks.time.now())
    assert await desks.poller.is_day_to_close()
    [friday] = [taken for taken in await desks.poller.run() if taken.state.day == FRIDAY]
    assert friday.closed
    assert not await desks.poller.is_day_to_close()


@pytest.mark.parametrize("fault", [SourceFault.BROKEN, SourceFault.TIMEOUT, SourceFault.UNREACHABLE])
async def test_a_day_over_which_the_site_itself_fails_is_read_last_from_then_on(
    desks: Desks, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: SourceFault
) -> None:
    """At first it looks as though the site were away. Then the day is told of once, and again after it was read."""
    wednesday, thursday = FRIDAY - timedelta(days=2), FRIDAY - timedelta(days=1)
    read, broken = desks.poller.read, {thursday}

    async def stumble(day: date) -> Taken:
        if day in broken:
            raise SourceError(fault, "the site fails")
        return await read(day)

    async def round_of() -> list[date]:
        return [each.state.day for each in await desks.poller.run()]

    monkeypatch.setattr(desks.poller, "read", stumble)
    assert (await round_of(), (await desks.desk.site_health()).fault) == ([wednesday], fault)
    for _ in range(2):
        assert (await round_of(), (await desks.desk.site_health()).fault) == ([wednesday, FRIDAY], None)
    broken.clear()
    assert await round_of() == [wednesday, FRIDAY, thursday]
    assert await round_of() == [wednesday, thursday, FRIDAY]
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        "the site can't be read: the site fails",
        "day 2024-02-22 can't be read: the site fails",
    ]


async def test_an_older_reading_of_votes_never_counts(desks: Desks) -> None:
    desks.site.day(FRIDAY).add("2402.00001", votes=10)
    await desks.poller.run()
    desks.site.day(FRIDAY).paper("2402.00001")["paper"]["upvotes"] = 4
    late = await desks.poller._site.read(FRIDAY)  # made now, and taken as if it had been read an hour before
    await desks.days.take(replace(late, at=FRIDAY_NOON - timedelta(hours=1)), RULE, desks.time.now())
    found = await desks.library.day(FRIDAY)
    assert found is not None
    assert found.listings[0].votes == 10


# -- listed again ------------------------------------------------------------------------------------------------------


async def test_a_paper_that_is_listed_again_six_days_later_is_kept_on_both_days_and_shown_once(
    desks: Desks, digests: Digests, subscriptions: Subscriptions
) -> None:
    library, now = desks.library, desks.time.now
    chooser = Chooser(library, digests, desks.desk, fresh_days=3)
    planner = AlertPlanner(subscriptions, library, desks.time, 3, lambda: None)
    await subscriptions.add(Subscription(0, 7, "diffusion", Where.DM, None, None, 0, False, "en", now()), 25)
    digest = await digests.add(1, order(), 5, now(), 10)
    assert digest is not None
    editions, alerts = [], []
    again = FRIDAY + timedelta(days=6)
    for day in (FRIDAY, again):
        listed = desks.site.day(day)
        listed.add("2402.00001", title="Diffusion again", votes=5, summary="An abstract.")
        listed.add(f"2402.000{day.day}", title="Another", votes=1, summary="An abstract.")
        await desks.poll_until((end_of(day) - now()) / HOUR + 3, every=1)
        edition = await chooser.choose(digest, day + timedelta(days=1))
        await digests.plan(digest, day + timedelta(days=1), now(), edition)
        assert isinstance(edition, Selection)
        editions.append([one.paper.arxiv_id for one in edition.listings])
        alerts.append(await planner.run())
    assert [len(held.listings) for day in (FRIDAY, again) if (held := await library.day(day))] == [2, 2]
    assert (editions, alerts) == ([["2402.00001", "2402.00023"], ["2402.00029"]], [1, 0])
    assert (await library.find('"diffus"', Filters(), 10, 0))[0] == 1
    assert [one.listing.paper.arxiv_id for one in (await library.top(None, 10))[1]].count("2402.00001") == 1
    assert (await library.coverage()).papers == 3
    assert [one.arxiv_id for one in await desks.days.unsummarised(FRIDAY)].count("2402.00001") == 1


# -- upkeep ------------------------------------------------------------------------------------------------------------


async def test_readings_of_days_long_past_are_forgotten_but_the_newest(desks: Desks) -> None:
    desks.site.day(FRIDAY).add("2402.00001", votes=3)
    await desks.poll_until(3)
    desks.site.day(FRIDAY).paper("2402.00001")["paper"]["upvotes"] = 8
    await desks.poll_until(1)
    assert await desks.days.forget_readings(FRIDAY + timedelta(days=7)) == 0
    assert await desks.days.forget_readings(FRIDAY + timedelta(days=8)) == 4
    await desks.poll_until(1)
    held = await desks.library.day(FRIDAY)
    assert held is not None
    assert held.listings[0].votes == 8


# -- closing a day -----------------------------------------------------------------------------------------------------


async def test_a_day_is_to_be_closed_from_its_closing_time_until_a_reading_has_closed_it(desks: Desks) -> None:
    desks.site.day(FRIDAY).add("2402.00001")
    await desks.poller.run()
    closing = closing_of(FRIDAY, CLOSES_AT)
    desks.time.advance(closing - timedelta(minutes=1) - desks.time.now())
    assert not await desks.poller.is_day_to_close()
    desks.time.advance(timedelta(minutes=1))
    assert await desks.poller.is_day_to_close()
    [friday] = [taken for taken in await desks.poller.run() if taken.state.day == FRIDAY]
    assert friday.closed
    desks.time.advance(timedelta(minutes=30))
    assert not await desks.poller.is_day_to_close()


async def test_a_reading_just_before_the_closing_time_does_not_put_off_the_one_that_closes(desks: Desks) -> None:
    desks.time.advance(closing_of(FRIDAY, CLOSES_AT) - timedelta(minutes=1) - desks.time.now())
    await desks.poller.run()
    desks.time.advance(timedelta(minutes=1))
    assert await desks.poller.is_day_to_close()


async def test_a_day_that_could_not_be_closed_is_tried_again_every_five_minutes(desks: Desks) -> None:
    desks.time.advance(closing_of(FRIDAY, CLOSES_AT) - desks.time.now())
    desks.site.down = True
    await desks.poller.run()
    assert not await desks.poller.is_day_to_close()
    desks.time.advance(timedelta(minutes=5))
    assert await desks.poller.is_day_to_close()
    desks.site.down = False
    await desks.poller.run()
    desks.time.advance(timedelta(minutes=5))
    assert not await desks.poller.is_day_to_close()
