"""The alerts that the outbox owes."""

from datetime import datetime

from bot.alerts.model import Alert
from bot.storage.ledger.outbox import Outbox


async def take_owed(outbox: Outbox, at: datetime) -> list[Alert]:
    """The alerts owed at a moment, which are owed no more."""
    owed = await outbox.owed(at, 99)
    alerts = [await outbox.alert(delivery.alert_id) for delivery in owed if delivery.alert_id]
    for delivery in owed:
        await outbox.drop(delivery, "read by the test")
    return [alert for alert in alerts if alert]
