"""What a visitor can move that is not Discord: the time, the bot, and faults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sandbox.payloads.errors import Json


@dataclass(frozen=True, slots=True)
class Control:
    """Something to move: `group` is "time", "bot" or "fault"; `on` says whether a fault is in force."""

    name: str
    group: str
    on: bool = False


class Controls(Protocol):
    """The controls that stand beside the window."""

    def now(self) -> datetime:
        """The moment that the bot's clock shows, zone-aware."""
        ...

    @property
    def zone(self) -> str:
        """The IANA name of the zone that the page shows times in."""
        ...

    @property
    def busy(self) -> str:
        """The name of the control that is at work; "" where none is."""
        ...

    def offered(self) -> Sequence[Control]:
        """All controls, in the order in which they are shown."""
        ...

    async def use(self, name: str, given: Json) -> object:
        """Use a control, and wait until what follows from it has happened. Raises NotAllowed for an unknown one."""
        ...
