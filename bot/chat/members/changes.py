"""Members' changes in words."""

from collections.abc import Sequence

from bot.alerts.changes import Change
from bot.chat.members.mutes import mute_text
from bot.chat.members.subscriptions import name_of
from bot.chat.papers.questions import quoted
from bot.chat.text import limits
from bot.locale import Catalogue

_NAMES = 600  # of the 2,000 of a content: notices may stand below


def change_text(change: Change, catalogue: Catalogue) -> str:
    """What was changed, as Discord text."""
    return catalogue.say(f"change-{change.act}", names=_names(change, catalogue), votes=change.votes)


def undone_text(change: Change, catalogue: Catalogue) -> str:
    """What was undone, as Discord text."""
    return catalogue.say(f"undone-{change.act}", names=_names(change, catalogue))


def _names(change: Change, catalogue: Catalogue) -> str:
    mutes = [mute_text(mute, catalogue) for mute in change.mutes]
    return names_text(
        mutes or [catalogue.quote(quoted(name_of(each, catalogue))) for each in change.subscriptions], catalogue
    )


def names_text(names: Sequence[str], catalogue: Catalogue) -> str:
    """Names in a row; those that do not fit are counted."""
    text, shown = limits.join_fitting(names, _NAMES, catalogue.say("comma"))
    return f"{text} +{len(names) - shown}" if shown < len(names) else text
