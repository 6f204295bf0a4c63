"""What belongs to members: subscriptions, reading lists, and small notes."""
