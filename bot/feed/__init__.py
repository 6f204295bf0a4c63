"""Atom feeds of the papers. No Discord, no SQL, and nothing of servers or members."""
