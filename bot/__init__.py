"""Paperboy: a Discord bot that delivers the day's papers. docs/architecture.md describes the rooms."""

__version__ = "0.2.0"
