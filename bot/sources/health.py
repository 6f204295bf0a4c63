"""Whether the site can be read, for admins and metrics."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import SourceFault


@dataclass(frozen=True, slots=True)
class SiteHealth:
    """The state of the site when it was last asked; times are UTC by our clock.

    `read_at` is the last successful reading, None if there was none; `failing_since` the first failure since then, and
    `fault` the reason of the last one.
    """

    read_at: datetime | None = None
    failing_since: datetime | None = None
    fault: SourceFault | None = None

    def read(self, now: datetime) -> "SiteHealth":
        """The state after a successful reading."""
        return SiteHealth(read_at=now)

    def failed(self, now: datetime, fault: SourceFault) -> "SiteHealth":
        """The state after a failed reading."""
        return replace(self, failing_since=self.failing_since or now, fault=fault)
