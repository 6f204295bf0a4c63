"""The ledger's figures for monitoring."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Figures:
    """Deliveries counted by state and fault ("" for none), and how many are due now."""

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
        """How much later it was than its due time."""
        return self.sent_at - self.due
