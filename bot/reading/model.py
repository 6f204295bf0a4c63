"""What a reading list is made of."""

from dataclasses import dataclass
from datetime import datetime

from bot.papers import Appearance, Paper

MAX_SAVED = 1000
"""Papers that a member may keep."""


@dataclass(frozen=True, slots=True)
class SavedPaper:
    """A paper on a member's list, kept since `saved_at` (UTC). `found` is None where no day lists it any more."""

    arxiv_id: str
    saved_at: datetime
    found: Appearance | None

    @property
    def paper(self) -> Paper:
        """What is known of the paper: at least its arXiv id."""
        return self.found.listing.paper if self.found else Paper(self.arxiv_id, "")
