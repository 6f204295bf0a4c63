"""An outbox on a real database, a courier, and a messenger that only notes what it carries."""

import asyncio
from dataclasses import replace
from datetime import datetime
from random import Random

from bot.alerts.model import Alert
from bot.delivery.courier import Courier
from bot.delivery.model import Delivery, EditionMail, Letter, Part, Policy, Receipt
from bot.digests.model import Digest, Edition, Selection, Style
from bot.errors import DeliveryError
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.outbox import Outbox
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, StandingClock, day, order, utc

NOW = utc(2024, 2, 23)


class Post:
    """A messenger that notes what it carries, and stumbles when told to."""

    def __init__(self) -> None:
        self.sent: list[tuple[Part, int]] = []
        self.alerts: list[Alert] = []
        self.notices: list[Digest] = []
        self.mails: list[EditionMail] = []
        self.done_to: list[int | None] = []
        self.troubles: list[Exception | None] = []
        """What the next deliveries stumble over, one each; None for one that arrives."""
        self.carried = asyncio.Event()
        self.looks: list[tuple[datetime, datetime]] = []
        self.history: Receipt | DeliveryError | None = None

    async def post_edition(self, delivery: Delivery, mail: EditionMail) -> Receipt:
        return self._carry(delivery, mail)

    async def post_alert(self, delivery: Delivery, alert: Alert) -> Receipt:
        self.alerts.append(alert)
        return self._carry(delivery, None)

    async def post_notice(self, delivery: Delivery, digest: Digest) -> Receipt:
        self.notices.append(digest)
        return self._carry(delivery, None)

    def recognises(self, delivery: Delivery, _: Letter) -> bool:
        return delivery.part is not Part.POST

    async def find(self, _: Delivery, __: Letter, since: datetime, until: datetime) -> Receipt | None:
        self.looks.append((since, until))
        if isinstance(self.history, DeliveryError):
            raise self.history
        return self.history

    def _carry(self, delivery: Delivery, mail: EditionMail | None) -> Receipt:
        if self.troubles and (trouble := self.troubles.pop(0)):
            raise trouble
        self.sent.append((delivery.part, delivery.position))
        self.done_to.append(delivery.done_to)
        self.carried.set()
        if mail is not None:
            self.mails.append(mail)
        return Receipt(10, 1000 + len(self.sent))


class Office:
    """An outbox, a courier and its messenger."""

    def __init__(self, database: Database) -> None:
        self.database, self.library = database, Library(database)
        self.digests, self.outbox = Digests(database), Outbox(database, self.library)
        self.clock = StandingClock(NOW)
        self.post = Post()
        self.courier = self.another_courier()

    def another_courier(self, policy: Policy = Policy()) -> Courier:  # noqa: B008  it is frozen
        """A courier on the same outbox."""
        return Courier(self.outbox, self.post, self.clock, policy, Random(7))

    async def die_while_sending(self) -> None:
        """Leave the next delivery as a process does that is killed while it sends."""
        [delivery] = await self.outbox.owed(self.clock.moment, 1)
        await self.outbox.begin(replace(delivery, unsure_since=self.clock.moment))

    async def owe_edition(self, style: Style = Style.CARDS, papers: int = 2, **options: bool) -> Digest:
        held = day(votes=[9] * papers)
        await self.library.store_page("23", "h", held, NOW)
        digest = await self.digests.add(1, order(style=style, **options), 5, NOW, 10)
        assert digest is not None
        await self.digests.plan(digest, FRIDAY, NOW, Selection(FRIDAY, papers, held.listings))
        return digest

    async def edition(self, digest: Digest) -> Edition:
        return (await self.digests.editions(digest.id, 1))[0]
