import pytest

from bot.alerts.model import Alert, Match, Subscription, Where
from bot.alerts.sent import SentAlerts
from bot.errors import RefusalError
from bot.papers import Listing
from tests.builders import FRIDAY, paper, utc

OWNER, OTHER, HERE = 7, 8, 5


def subscription(query: str) -> Subscription:
    return Subscription(1, OWNER, query, Where.DM, None, None, 0, False, "ko", utc(2024, 2, 23))


class Kept:
    """One alert, delivery 3, and its owner's subscriptions."""

    def __init__(self, channel_id: int | None) -> None:
        self.alert = Alert(1, OWNER, FRIDAY, channel_id, "ko", (Match(Listing(paper()), ("rl", "gone")),))

    async def delivered_alert(self, delivery_id: int) -> Alert | None:
        return self.alert if delivery_id == 3 else None

    async def of_member(self, user_id: int) -> list[Subscription]:
        return [subscription("rl"), subscription("other")] if user_id == OWNER else []


@pytest.mark.parametrize(
    ("channel_id", "user_id", "read_in", "allowed"),
    [
        (None, OWNER, 99, True),
        (HERE, OWNER, 99, True),
        (HERE, OTHER, HERE, True),
        (HERE, OTHER, 99, False),
        (HERE, OTHER, None, False),
        (None, OTHER, None, False),
        (None, OTHER, HERE, False),
    ],
)
async def test_an_alert_is_seen_by_its_owner_and_in_its_channel(
    channel_id: int | None, user_id: int, read_in: int | None, *, allowed: bool
) -> None:
    kept = Kept(channel_id)
    alerts = SentAlerts(kept, kept)
    if allowed:
        assert await alerts.seen_by(3, user_id, read_in) == kept.alert
    else:
        with pytest.raises(RefusalError) as refused:
            await alerts.seen_by(3, user_id, read_in)
        assert refused.value.key == "error-alert-not-yours"


async def test_only_its_owner_manages_it() -> None:
    kept = Kept(HERE)
    alerts = SentAlerts(kept, kept)
    assert await alerts.own(3, OWNER) == kept.alert
    for delivery, user, key in ((3, OTHER, "error-alert-not-yours"), (4, OWNER, "error-alert-gone")):
        with pytest.raises(RefusalError) as refused:
            await alerts.own(delivery, user)
        assert refused.value.key == key


async def test_what_matched_are_the_subscriptions_that_are_still_there() -> None:
    kept = Kept(None)
    assert [each.query for each in await SentAlerts(kept, kept).matched(kept.alert)] == ["rl"]
