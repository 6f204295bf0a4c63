"""Whatever goes wrong at whatever point: never twice, and never lost where the history can be read."""

import asyncio
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.model import Alert
from bot.delivery.courier import Courier
from bot.delivery.model import Delivery, EditionMail, Letter, Part, Policy, Receipt, WhenUnsure
from bot.digests.model import Digest, Selection, Style
from bot.errors import DeliveryError, Fault
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.outbox import Outbox
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, StandingClock, day, order, utc

NOW = utc(2024, 2, 23)
NONCES_KNOWN = timedelta(minutes=5)


class Killed(BaseException):
    """The process dies at this instruction."""


@dataclass(frozen=True)
class Trial:
    """What happens to one attempt, how much time passes before the next, and how far off our clock is from then on."""

    stores: bool
    answer: str
    passes: timedelta
    clock_off: timedelta
    readable: bool

    @property
    def consistent(self) -> bool:
        """A refused message is not stored, one that Discord answers for is."""
        return {"sent": self.stores, "refused": not self.stores}.get(self.answer, True)


# Named functions: to print a lambda, hypothesis parses this file, which CPython 3.11 may fail at in a deep stack.
def _is_consistent(trial: Trial) -> bool:
    return trial.consistent


def _is_readable(trial: Trial) -> bool:
    return trial.readable


TRIALS = st.builds(
    Trial,
    stores=st.booleans(),
    answer=st.sampled_from(["sent", "refused", "lost", "killed"]),
    passes=st.sampled_from([timedelta(seconds=s) for s in (0, 20, 119, 121, 290, 560, 3_650, 40_000)]),
    clock_off=st.sampled_from([timedelta(minutes=m) for m in (0, 0, 0, -9, -60, 3)]),
    readable=st.booleans(),
).filter(_is_consistent)


@dataclass
class Discord:
    """Stores messages, knows nonces for a while, lets its history be read or not, and fails as the trials say."""

    trials: list[Trial]
    now: datetime = NOW
    stored: dict[str, list[tuple[datetime, int]]] = field(default_factory=dict)
    readable: bool = True
    number: int = 0

    async def post_edition(self, delivery: Delivery, _: EditionMail) -> Receipt:
        trial = self.trials.pop(0) if self.trials else None
        if trial is None:
            return Receipt(10, self._store(delivery))
        self.readable = trial.readable
        message = self._store(delivery) if trial.stores else 0
        if trial.answer == "killed":
            raise Killed
        if trial.answer == "refused":
            raise DeliveryError(Fault.RATE_LIMITED, "429")
        if trial.answer == "lost":
            raise DeliveryError(Fault.UNAVAILABLE, "502", unsure=True)
        return Receipt(10, message)

    async def post_alert(self, delivery: Delivery, alert: Alert) -> Receipt:
        raise AssertionError(delivery, alert)  # no trial owes one

    async def post_notice(self, delivery: Delivery, digest: Digest) -> Receipt:
        raise AssertionError(delivery, digest)  # nor one of these

    def recognises(self, delivery: Delivery, _: Letter) -> bool:
        return delivery.part is not Part.POST

    async def find(self, delivery: Delivery, _: Letter, since: datetime, until: datetime) -> Receipt | None:
        if not self.readable:
            raise DeliveryError(Fault.HISTORY_HIDDEN, "no permission")
        found = [message for moment, message in self.stored.get(delivery.nonce, []) if since <= moment <= until]
        return Receipt(10, found[0]) if found else None

    def _store(self, delivery: Delivery) -> int:
        copies = self.stored.setdefault(delivery.nonce, [])
        for moment, message in copies:
            if delivery.part is Part.THREAD or self.now - moment <= NONCES_KNOWN:
                return message
        self.number += 1
        copies.append((self.now, self.number))
        return self.number


@dataclass
class Run:
    """A thread's edition of five messages, carried through all trials by a courier that is started anew when killed."""

    database: Database
    trials: list[Trial]
    policy: Policy
    clock: StandingClock = field(default_factory=lambda: StandingClock(NOW))
    random: Random = field(default_factory=lambda: Random(7))

    async def to_the_end(self) -> Discord:
        library, digests = Library(self.database), Digests(self.database)
        held = day(votes=[9, 8, 7])
        await library.store_page("23", "h", held, NOW)
        weekly = order(style=Style.THREAD, weekdays=frozenset({FRIDAY.weekday()}))  # it may be late by days
        digest = await digests.add(1, weekly, 5, NOW, 10)
        assert digest is not None
        await digests.plan(digest, FRIDAY, NOW, Selection(FRIDAY, 3, held.listings))
        times = [(trial.passes, trial.clock_off) for trial in self.trials]
        discord = Discord(list(self.trials))
        courier = Courier(Outbox(self.database, library), discord, self.clock, self.policy, self.random)
        for _ in range(len(self.trials) + 40):
            outbox = Outbox(self.database, library)
            try:
                await courier.send_owed()
            except Killed:
                courier = Courier(outbox, discord, self.clock, self.policy, self.random)
            if await outbox.next_due() is None:
                return discord
            passes, clock_off = times.pop(0) if times else (timedelta(hours=1), timedelta())
            discord.now += passes
            self.clock.moment += passes
            await courier._watch_clock()  # as it does each minute; then somebody sets the clock
            self.clock.moment = discord.now + clock_off
        raise AssertionError("the outbox still owes something")

    async def states(self) -> list[str]:
        return [row["state"] for row in await self.database.rows("SELECT state FROM deliveries ORDER BY position")]


def carry(trials: list[Trial], policy: Policy, empty: Path) -> tuple[dict[str, int], list[str], list[int]]:
    """How often each message stands there, the ledger's states, and the messages in the order of their parts."""

    async def run() -> tuple[dict[str, int], list[str], list[int]]:
        with TemporaryDirectory() as folder:
            path = Path(shutil.copy(empty, Path(folder) / "paperboy.db"))
            async with Database.open(path) as database:
                run = Run(database, trials, policy)
                discord = await run.to_the_end()
                rows = await database.rows("SELECT message_id FROM deliveries WHERE message_id <> 0 ORDER BY position")
                counts = {nonce: len(copies) for nonce, copies in discord.stored.items()}
                return counts, await run.states(), [row["message_id"] for row in rows]

    return asyncio.run(run())


@given(trials=st.lists(TRIALS, max_size=8))
def test_never_twice(empty_database: Path, trials: list[Trial]) -> None:
    copies, states, _ = carry(trials, Policy(), empty_database)
    assert max(copies.values(), default=0) <= 1
    assert set(states) <= {"sent", "skipped"}


@given(trials=st.lists(TRIALS.filter(_is_readable), max_size=8))
def test_exactly_once_and_in_order_where_the_history_can_be_read(empty_database: Path, trials: list[Trial]) -> None:
    copies, states, messages = carry(trials, Policy(), empty_database)
    assert states == ["sent"] * 5
    assert list(copies.values()) == [1] * 5
    assert messages == sorted(messages)


@given(trials=st.lists(TRIALS, max_size=8))
def test_never_lost_for_who_would_rather_have_it_twice(empty_database: Path, trials: list[Trial]) -> None:
    copies, states, _ = carry(trials, Policy(WhenUnsure.SEND), empty_database)
    assert states == ["sent"] * 5
    assert min(copies.values()) >= 1
