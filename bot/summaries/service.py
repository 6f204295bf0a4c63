"""Which papers a model is asked about, and when: each once, within the day's budget, one caller at a time."""

import logging
import math
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.errors import ModelAwayError, ModelFailedError, SummaryError
from bot.summaries.model import Made, Result, Source, Summariser, SummaryLanguage, Told, Usage

log = logging.getLogger(__name__)

TRIES = 3
"""How often a paper is tried automatically; by hand there is no limit."""

RETRY_AFTER = timedelta(days=1)
ASKING_LASTS = timedelta(hours=1)
"""After this a claim is abandoned: no call takes so long."""

REST_SECONDS = 600.0
"""After the model could not be reached."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to ask a model for a paper's summaries in some languages now. `day` (UTC) is charged."""

    arxiv_id: str
    languages: tuple[SummaryLanguage, ...]
    model: str
    at: datetime

    @property
    def day(self) -> date:
        """The day that is charged."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Terms:
    """Which papers without a summary may be tried: last tried before `before`, and fewer than `tries` times.

    Papers claimed by another since `asking_since` are left to it. What was tried or claimed after `now` does not wait:
    the clock was set back.
    """

    asking_since: datetime
    before: datetime
    tries: int | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Filled:
    """The result of a round: papers summarised, refused, and not reached, and why not."""

    made: int = 0
    refused: int = 0
    left: int = 0
    why: str | None = None


Wanted = tuple[str, SummaryLanguage]
"""A summary that may be made: the paper's arXiv id and the language."""


class SummaryStore(Protocol):
    """The database, as used by this service."""

    async def open(self, wanted: Collection[Wanted], terms: Terms) -> frozenset[Wanted]:
        """Those of the summaries that no model made yet and that may be tried."""
        ...

    async def claim(self, claim: Claim, terms: Terms) -> Claim | None:
        """Record that a model is being asked, and charge its first call; None if the paper may not be tried.

        The claim that is returned has only the languages that may be tried.
        """
        ...

    async def keep(self, claim: Claim, made: Made) -> None:
        """Store summaries, refuse the claim's other languages, and charge what it cost beyond the first call."""
        ...

    async def refuse(self, claim: Claim, fault: str, cost: Usage) -> None:
        """Record that there is no summary, why, and what that cost beyond the first call."""
        ...

    async def give_back(self, claim: Claim, fault: str, cost: Usage) -> None:
        """As `refuse`, but not counted as a try: the paper may be tried again at once."""
        ...

    async def spent(self, day: date) -> Usage:
        """What a day (UTC) has been charged."""
        ...


class SummaryService:
    """Has papers summarised, one by one. `told` is called with each outcome."""

    def __init__(
        self,
        store: SummaryStore,
        summariser: Summariser,
        clock: Clock,
        languages: Sequence[SummaryLanguage],
        daily: Usage,
        told: Told,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._summariser = summariser
        self._clock = clock
        self._languages = languages
        self._daily = daily
        self._told = told
        self._monotonic = monotonic
        self._rests_until = -math.inf
        self._said: str | None = None

    async def fill(self, papers: Sequence[Source], *, by_hand: bool = False) -> Filled:
        """Summarise those of the papers that have no summary, in order, within the day's budget.

        Papers without an abstract are skipped. If the model can't be reached, the round ends, and rounds within
        REST_SECONDS after it do nothing. By hand, neither this nor earlier refusals count. If it is cancelled, the
        current paper counts as refused. Raises StorageError.
        """
        at = self._clock.now()
        if self._monotonic() < self._rests_until and not by_hand:
            return Filled(left=len(papers), why=self._said)
        lacking = [(each.arxiv_id, one) for each in papers for one in self._languages if one in each.lacking]
        may_be_tried = await self._store.open(lacking, _terms(at, by_hand))
        wanted = {
            each.arxiv_id: tuple(one for one in self._languages if (each.arxiv_id, one) in may_be_tried)
            for each in papers
        }
        todo = list({each.arxiv_id: each for each in papers if wanted[each.arxiv_id] and each.abstract}.values())
        made = refused = 0
        why: str | None = None
        for paper in todo:
            left = self._daily - await self._store.spent(self._clock.now().date())
            if not left.allows_a_call:
                why = f"the budget of {self._clock.now().date()} (UTC) is spent"
                self._say(logging.INFO, why)
                break
            result, why = await self._one(paper, wanted[paper.arxiv_id], left, by_hand=by_hand)
            made += result is Result.MADE
            refused += result is Result.REFUSED
            if why is not None:
                break
        else:
            self._say_well(made)
        return Filled(made, refused, len(todo) - made - refused, why)

    async def _one(
        self, paper: Source, languages: tuple[SummaryLanguage, ...], left: Usage, *, by_hand: bool
    ) -> tuple[Result | None, str | None]:
        """A paper's outcome, None if another process has it; and why the round ends, if it does."""
        asked = Claim(paper.arxiv_id, languages, self._summariser.name, self._clock.now())
        claim = await self._store.claim(asked, _terms(asked.at, by_hand))
        if claim is None:
            return None, None
        try:
            made = await self._summariser.summarise(paper, claim.languages, left)
        except SummaryError as error:
            return await self._failed(claim, error)
        await self._store.keep(claim, made)
        if made.fault:
            log.info("paper %s has no summary in some language: %s", claim.arxiv_id, made.fault)
        self._told(Result.MADE, made.cost)
        return Result.MADE, None

    async def _failed(self, claim: Claim, error: SummaryError) -> tuple[Result, str | None]:
        cost, fault = Usage(error.calls, error.tokens), str(error)
        result = Result.GIVEN_BACK if isinstance(error, ModelAwayError) else Result.REFUSED
        note = self._store.give_back if result is Result.GIVEN_BACK else self._store.refuse
        await note(claim, fault, cost - Usage(calls=1))
        self._told(result, cost)
        if isinstance(error, ModelAwayError | ModelFailedError):
            self._rests_until = self._monotonic() + REST_SECONDS
            self._say(logging.WARNING, fault)
            return result, fault
        log.info("paper %s keeps its abstract: %s", claim.arxiv_id, fault)
        return result, None

    def _say(self, level: int, why: str) -> None:
        """Log why a round ended, unless that was the last reason logged."""
        if why != self._said:
            log.log(level, "summaries rest: %s", why)
        self._said = why

    def _say_well(self, made: int) -> None:
        if made and self._said is not None:
            log.info("summaries go on")
            self._said = None


def _terms(at: datetime, by_hand: bool) -> Terms:  # noqa: FBT001  private, and named where it is called
    asking_since = at - ASKING_LASTS
    return Terms(asking_since, at, None, at) if by_hand else Terms(asking_since, at - RETRY_AFTER, TRIES, at)
