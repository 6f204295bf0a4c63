"""Alerts that were sent, for the buttons below them."""

from typing import Protocol

from bot.alerts.model import Alert, Subscription
from bot.errors import RefusalError


class AlertReader(Protocol):
    """Reads alerts by the numbers of their deliveries."""

    async def delivered_alert(self, delivery_id: int) -> Alert | None: ...


class SubscriptionReader(Protocol):
    """Reads members' subscriptions."""

    async def of_member(self, user_id: int) -> list[Subscription]: ...


class SentAlerts:
    """Reads alerts for those who may see them. Raises RefusalError, worded by the catalogue."""

    def __init__(self, alerts: AlertReader, subscriptions: SubscriptionReader) -> None:
        self._alerts = alerts
        self._subscriptions = subscriptions

    async def seen_by(self, delivery_id: int, user_id: int, channel_id: int | None) -> Alert:
        """An alert, for its owner and for members in the channel where it was posted."""
        alert = await self._get(delivery_id)
        if alert.user_id != user_id and (alert.channel_id is None or alert.channel_id != channel_id):
            raise RefusalError("error-alert-not-yours")
        return alert

    async def own(self, delivery_id: int, user_id: int) -> Alert:
        """An alert, for its owner only."""
        alert = await self._get(delivery_id)
        if alert.user_id != user_id:
            raise RefusalError("error-alert-not-yours")
        return alert

    async def matched(self, alert: Alert) -> list[Subscription]:
        """The owner's subscriptions that matched a paper of an alert, as they are now, oldest first."""
        queries = {query for match in alert.matches for query in match.queries}
        return [each for each in await self._subscriptions.of_member(alert.user_id) if each.query in queries]

    async def _get(self, delivery_id: int) -> Alert:
        alert = await self._alerts.delivered_alert(delivery_id)
        if alert is None:
            raise RefusalError("error-alert-gone")
        return alert
