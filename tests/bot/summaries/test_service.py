import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry

from bot.errors import ModelAwayError, ModelFailedError, SummaryError
from bot.monitor.metrics import Metrics
from bot.papers import Bullet
from bot.storage.engine.database import Database
from bot.storage.papers.summaries import Summaries, made
from bot.summaries.model import Made, Result, Source, Summariser, SummaryLanguage, Usage
from bot.summaries.service import ASKING_LASTS, REST_SECONDS, RETRY_AFTER, TRIES, Claim, Filled, SummaryService, Terms
from sandbox import Conduct, ModelServer
from tests.bot.summaries.papers import PLENTY, source
from tests.builders import StandingClock, utc

KO = SummaryLanguage.KO
NOW = utc(2024, 2, 23, 8)
PAPERS = [source(number) for number in (1, 2, 3)]
IDS = [each.arxiv_id for each in PAPERS]
Answer = Callable[[Source], Awaitable[Made]]


class Model:
    """A summariser that does what a test says, and keeps what it was asked."""

    name = "otter-1"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.left: list[Usage] = []
        self.errors: list[SummaryError | None] = []

    async def summarise(self, source: Source, languages: Sequence[SummaryLanguage], left: Usage) -> Made:
        self.asked.append(source.arxiv_id)
        self.left.append(left)
        await asyncio.sleep(0)
        if self.errors and (error := self.errors.pop(0)):
            raise error
        return Made(dict.fromkeys(languages, (Bullet(f"{source.arxiv_id}의 요약"),)), Usage(1, 100))


class Round:
    """A service upon a database, a clock, and a model."""

    def __init__(self, database: Database, daily: Usage = PLENTY) -> None:
        self.summaries = Summaries(database)
        self.model = Model()
        self.clock = StandingClock(NOW)
        self.monotonic = 1000.0
        self.told: Counter[Result] = Counter()
        self.service = SummaryService(
            self.summaries, self.model, self.clock, [KO], daily, self._hear, monotonic=lambda: self.monotonic
        )
        self.cost = Usage()

    def _hear(self, result: Result, cost: Usage) -> None:
        self.told[result] += 1
        self.cost += cost

    async def fill(self, *, by_hand: bool = False) -> Filled:
        return await self.service.fill(PAPERS, by_hand=by_hand)


@pytest.fixture
def here(database: Database) -> Round:
    return Round(database)


async def test_each_paper_is_asked_about_once(here: Round, database: Database) -> None:
    assert await here.fill() == Filled(made=3)
    assert await here.fill() == await here.fill(by_hand=True) == Filled()
    assert here.model.asked == IDS
    assert set(await made(database, IDS, [KO])) == set(IDS)
    assert here.cost == await here.summaries.spent(NOW.date()) == Usage(3, 300)


async def test_a_paper_listed_twice_or_without_an_abstract(here: Round) -> None:
    assert await here.service.fill([PAPERS[0], PAPERS[0], source(2, abstract="")]) == Filled(made=1)


async def test_two_rounds_at_once_ask_about_each_paper_once(here: Round) -> None:
    rounds = await asyncio.gather(here.fill(), here.fill(by_hand=True), here.fill())
    assert sum(each.made for each in rounds) == 3
    assert sorted(here.model.asked) == IDS


async def test_a_refused_paper_is_left_for_a_day_and_others_go_on(here: Round) -> None:
    here.model.errors = [SummaryError("no", calls=2, tokens=50)]
    assert await here.fill() == Filled(made=2, refused=1)
    assert await here.fill() == Filled()
    here.clock.moment += RETRY_AFTER + timedelta(seconds=1)
    assert await here.fill() == Filled(made=1)
    assert await here.summaries.spent(NOW.date()) == Usage(4, 250)


async def test_by_hand_a_refused_paper_is_tried_at_once(here: Round) -> None:
    here.model.errors = [SummaryError("no", calls=1)] * 3
    await here.fill()
    here.clock.moment += timedelta(seconds=1)
    assert await here.fill(by_hand=True) == Filled(made=3)


async def test_a_paper_is_tried_so_often_and_no_more(here: Round) -> None:
    here.model.errors = [SummaryError("no", calls=2)] * 100
    for _ in range(TRIES + 2):
        await here.fill()
        here.clock.moment += RETRY_AFTER + timedelta(seconds=1)
    assert Counter(here.model.asked) == dict.fromkeys(IDS, TRIES)


async def test_the_days_budget_in_calls_is_kept_and_renewed(database: Database) -> None:
    here = Round(database, Usage(2, 1000))
    filled = await here.fill()
    assert (filled.made, filled.left) == (2, 1)
    assert "budget" in str(filled.why)
    assert [each.calls for each in here.model.left] == [2, 1]
    here.clock.moment = utc(2024, 2, 23, 23, 59)
    assert (await here.fill()).made == 0
    here.clock.moment = utc(2024, 2, 24)
    assert (await here.fill()).made == 1


async def test_the_days_budget_in_tokens_is_kept(database: Database) -> None:
    here = Round(database, Usage(100, 150))
    assert (await here.fill()).left == 1
    assert (await here.fill(by_hand=True)).made == 0


async def test_a_server_that_is_away_ends_the_round_and_costs_no_paper_a_try(
    here: Round, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for _ in range(TRIES + 1):
        here.model.errors = [ModelAwayError("it is away", calls=1)]
        assert await here.fill() == Filled(left=3, why="it is away")
        assert await here.fill() == Filled(left=3, why="it is away")
        here.monotonic += REST_SECONDS
    assert here.model.asked == IDS[:1] * (TRIES + 1)
    assert here.told == {Result.GIVEN_BACK: TRIES + 1}
    assert await here.fill() == Filled(made=3)
    assert [record.getMessage() for record in caplog.records] == ["summaries rest: it is away", "summaries go on"]


async def test_a_server_that_fails_over_a_paper_ends_the_round_and_begins_with_the_next(here: Round) -> None:
    here.model.errors = [ModelFailedError("too slow", calls=1)]
    assert await here.fill() == Filled(refused=1, left=2, why="too slow")
    here.monotonic += REST_SECONDS
    assert await here.fill() == Filled(made=2)


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=400)])
async def test_a_clock_that_is_set_back_makes_no_rest_longer(here: Round, back: timedelta) -> None:
    here.model.errors = [ModelAwayError("it is away", calls=1)]
    await here.fill()
    here.clock.moment -= back
    here.monotonic += REST_SECONDS - 1
    assert await here.fill() == Filled(left=3, why="it is away")
    here.monotonic += 1
    assert await here.fill() == Filled(made=3)


async def test_a_paper_that_was_refused_before_the_clock_was_set_back_waits_no_longer(here: Round) -> None:
    here.model.errors = [SummaryError("no", calls=1)]
    assert await here.fill() == Filled(made=2, refused=1)
    here.clock.moment -= timedelta(hours=1)
    assert await here.fill() == Filled(made=1)


async def test_a_claim_of_a_killed_process_ends_where_the_clock_is_set_back(here: Round) -> None:
    claim, terms = Claim(IDS[0], (KO,), "otter-1", NOW), Terms(NOW - ASKING_LASTS, NOW, None, NOW)
    assert await here.summaries.claim(claim, terms)
    assert await here.fill(by_hand=True) == Filled(made=2)
    here.clock.moment -= timedelta(hours=1)
    assert await here.fill(by_hand=True) == Filled(made=1)


async def test_by_hand_nobody_rests(here: Round) -> None:
    here.model.errors = [ModelAwayError("it is away", calls=1)]
    await here.fill()
    assert await here.fill(by_hand=True) == Filled(made=3)


async def test_a_round_that_is_cut_off_leaves_its_paper_for_later(here: Round) -> None:
    asked = asyncio.Event()

    async def wait(_: Source, __: object, ___: Usage) -> Made:
        asked.set()
        return await asyncio.Future()

    here.model.summarise = wait  # type: ignore[method-assign,assignment]  # it never answers
    cut = asyncio.create_task(here.fill())
    await asked.wait()
    cut.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cut
    after = Round(here.summaries._database)  # the next start of the program
    assert await after.fill() == Filled(made=2)
    assert await after.fill(by_hand=True) == Filled()
    after.clock.moment += ASKING_LASTS + timedelta(seconds=1)
    assert await after.fill() == Filled()
    assert await after.fill(by_hand=True) == Filled(made=1)


async def test_what_is_spent_is_in_the_metrics(database: Database, model: ModelServer, summariser: Summariser) -> None:
    metrics = Metrics(CollectorRegistry())
    service = SummaryService(Summaries(database), summariser, StandingClock(NOW), [KO], PLENTY, told=metrics.summarised)
    model.next(Conduct.NOT_JSON, Conduct.RIGHT, Conduct.NOT_JSON, Conduct.NOT_JSON, Conduct.RATE_LIMITED)
    assert (await service.fill(PAPERS)).left == 1
    value = metrics.registry.get_sample_value
    assert [value("paperboy_summaries_total", {"result": each}) for each in Result] == [1, 1, 1]
    assert value("paperboy_model_calls_total") == 5
    assert value("paperboy_model_tokens_total") == 480
    assert await Summaries(database).spent(NOW.date()) == Usage(5, 480)
