"""The ledger in figures, as those who watch the bot see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Figures:
    """How many deliveries there are of each state and fault ("" where there is none), and how many are due now."""

    deliveries: Mapping[tuple[str, str], int]
    due: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """An edition whose first message was sent. Times are UTC."""

    edition_id: int
    due: datetime
    sent_at: datetime

    @property
    def late(self) -> timedelta:
        """How much later than it was due."""
        return self.sent_at - self.due
