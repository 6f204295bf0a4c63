"""How much members and servers may have, and what they are told at a limit."""

from dataclasses import dataclass

from bot.alerts.model import MAX_HERE, MAX_MUTES, MAX_SUBSCRIPTIONS, Full
from bot.errors import RefusalError


@dataclass(frozen=True, slots=True)
class Limits:
    """How many subscriptions and mutes a member may have, and how many subscriptions a server's channels."""

    subscriptions: int = MAX_SUBSCRIPTIONS
    here: int = MAX_HERE
    mutes: int = MAX_MUTES

    def refusal(self, full: Full) -> RefusalError:
        """What to tell a member at a limit."""
        match full:
            case Full.MEMBER:
                return RefusalError("error-subscription-limit", limit=self.subscriptions)
            case Full.SERVER:
                return RefusalError("error-here-limit", limit=self.here)
            case Full.MUTES:
                return RefusalError("error-mute-limit", limit=self.mutes)
