"""Digests in words: settings, history, notices, export and import."""
