"""What belongs to one member: subscriptions, alerts, their data."""
