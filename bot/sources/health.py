"""Whether the site can be read: what is told to admins, and when it last went well."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import SourceFault


@dataclass(frozen=True, slots=True)
class SiteHealth:
    """How the site was when it was last asked, by our clock in UTC.

    `read_at` is the last reading that went well, None where none did; `failing_since` the first since then that did
    not, and `fault` what the last one met.
    """

    read_at: datetime | None = None
    failing_since: datetime | None = None
    fault: SourceFault | None = None

    def read(self, now: datetime) -> "SiteHealth":
        """After a reading that went well."""
        return SiteHealth(read_at=now)

    def failed(self, now: datetime, fault: SourceFault) -> "SiteHealth":
        """After one that did not."""
        return replace(self, failing_since=self.failing_since or now, fault=fault)
