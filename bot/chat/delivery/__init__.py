"""The Messenger for Discord: sends deliveries within Discord's rate limits, and classifies its errors."""
