"""The papers of a reading list."""

from dataclasses import dataclass
from datetime import datetime

from bot.papers import Appearance, Paper

MAX_SAVED = 1000
"""Papers that a member may keep."""


@dataclass(frozen=True, slots=True)
class SavedPaper:
    """A paper on a member's list since `saved_at` (UTC). `found` is None if no day lists it any more."""

    arxiv_id: str
    saved_at: datetime
    found: Appearance | None

    @property
    def paper(self) -> Paper:
        """The paper, with at least its arXiv id."""
        return self.found.listing.paper if self.found else Paper(self.arxiv_id, "")
