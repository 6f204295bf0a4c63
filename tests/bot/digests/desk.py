"""A library, a digest and a chooser, in a few words."""

from datetime import date, timedelta

from bot.digests.choice import Chooser
from bot.digests.model import Digest, Order, Reason, Selection
from bot.papers import Day
from bot.storage.ledger.digests import Digests
from bot.storage.members.desk import Desk as Notes
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, order, utc

NOW = utc(2024, 2, 23, 8)
SATURDAY = FRIDAY + timedelta(days=1)


def ago(days: int) -> date:
    return FRIDAY - timedelta(days=days)


class Desk:
    """A library, a digest and a chooser, in a few words."""

    def __init__(self, library: Library, digests: Digests) -> None:
        self.library, self.digests = library, digests
        self.chooser = Chooser(library, digests, Notes(digests._database), fresh_days=3)

    async def have(self, *days: Day) -> None:
        for one in days:
            await self.library.store_page(one.date.isoformat(), "h", one, NOW)

    async def digest(self, wanted: Order | None = None) -> Digest:
        added = await self.digests.add(1, wanted or order(), 5, NOW, 10)
        assert added is not None
        return added

    async def post(self, digest: Digest, on: date) -> Selection | Reason:
        """Choose and record, as the runner does."""
        outcome = await self.chooser.choose(digest, on)
        await self.digests.plan(digest, on, utc(on.year, on.month, on.day), outcome)
        return outcome


def ids(outcome: Selection | Reason) -> list[str]:
    assert isinstance(outcome, Selection)
    return [listing.paper.arxiv_id[-2:].lstrip("0") for listing in outcome.listings]
