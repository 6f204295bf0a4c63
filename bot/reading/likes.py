"""What a server likes: its members' likes of papers."""

from dataclasses import dataclass

from bot.papers import Appearance

MAX_LIKES = 5_000
"""Likes of a member, in all servers together."""


@dataclass(frozen=True, slots=True)
class Liking:
    """How many members of a server like a paper, and whether the reader does."""

    count: int
    own: bool


@dataclass(frozen=True, slots=True)
class Liked:
    """A paper, and how many members of a server like it."""

    found: Appearance
    count: int
