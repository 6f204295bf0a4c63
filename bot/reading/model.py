"""The papers of a reading list."""

from dataclasses import dataclass
from datetime import datetime

from bot.papers import Appearance, Paper

MAX_SAVED = 1000
"""Papers that a member may keep."""
MAX_NOTE = 500
"""Characters of a member's note on a saved paper."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a member set on a saved paper, for themselves: whether it is read, and a note, "" for none."""

    read: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class SavedPaper:
    """A paper on a member's list since `saved_at` (UTC). `found` is None if no day lists it any more."""

    arxiv_id: str
    saved_at: datetime
    found: Appearance | None
    mark: Mark = Mark()

    @property
    def paper(self) -> Paper:
        """The paper, with at least its arXiv id."""
        return self.found.listing.paper if self.found else Paper(self.arxiv_id, "")
