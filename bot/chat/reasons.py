"""Why nothing came, in words."""

from bot.digests.model import Reason
from bot.locale import Catalogue


def reason_text(reason: Reason, catalogue: Catalogue) -> str:
    """What happened and the step that mends it."""
    return catalogue.say(f"why-{reason.why}", **reason.facts)
