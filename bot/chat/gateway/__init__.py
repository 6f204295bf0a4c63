"""Connects to Discord, and reconnects whenever the connection is lost."""
