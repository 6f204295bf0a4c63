"""What a digest's subject finds, in words: for the answer of a command, and while an admin types a query."""

from bot.chat.interactions.services import Services
from bot.chat.papers.questions import quoted
from bot.chat.text.escape import shorten, utf16_len
from bot.digests.model import Order
from bot.digests.outlook import DAYS, Outlook
from bot.locale import Catalogue

_CHOICE = 100
_FEW = 0.1  # papers a day


async def outlook_text(order: Order, services: Services, catalogue: Catalogue) -> str:
    """How many papers an order's subject would have found lately, with a warning if it would post too rarely.

    "" without a subject or if the archive is empty, or if finding out takes too long.
    """
    if order.query is None:
        return ""
    try:
        outlook = await services.outlooks.of(order.query, order.min_votes)
        if not outlook.days:
            return ""
        found = _found(outlook, catalogue)
        if order.weekly or not outlook.is_rare:
            return found
        wider = await services.outlooks.wider(outlook, order.min_votes)
    except TimeoutError:
        return ""
    if not wider:
        return f"{found}\n{catalogue.say('outlook-rare')}"
    queries = catalogue.listed(
        catalogue.say("outlook-wider", query=quoted(each.query), matching=each.matching) for each in wider
    )
    return f"{found}\n{catalogue.say('outlook-rare-wider', queries=queries)}"


async def outlook_name(query: str, min_votes: int, services: Services, catalogue: Catalogue) -> str:
    """A query as a choice's name, followed by what it would have found. The query alone if that takes too long."""
    try:
        outlook = await services.outlooks.of(query, min_votes)
    except TimeoutError:
        return shorten(query, _CHOICE, utf16_len)
    end = f" · {catalogue.say('choice-query', **_figures(outlook))}"
    return shorten(query, _CHOICE - utf16_len(end), utf16_len) + end


def _found(outlook: Outlook, catalogue: Catalogue) -> str:
    if not outlook.matching:
        return catalogue.say("outlook-none", days=DAYS, total=outlook.total)
    return catalogue.say("outlook", **_figures(outlook), total=outlook.total, listed=outlook.days)


def _figures(outlook: Outlook) -> dict[str, str | int]:
    rate = outlook.per_day
    return {
        "days": DAYS,
        "matching": outlook.matching,
        "rate": f"{rate:.2f}" if 0 < rate < _FEW else f"{rate:.1f}",
        "without": outlook.without,
    }
