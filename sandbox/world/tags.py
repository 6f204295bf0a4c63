"""The tags of a forum."""

from dataclasses import dataclass

MAX_TAGS = 20
"""Of a forum."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a forum. Only members who manage threads may apply a `moderated` one."""

    id: int
    name: str
    moderated: bool = False
