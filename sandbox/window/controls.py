"""What a visitor can change outside Discord: the time, the bot and faults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sandbox.payloads.errors import Json


@dataclass(frozen=True, slots=True)
class Control:
    """A control. `group` is "time", "bot" or "fault"; `on` is whether a fault is active."""

    name: str
    group: str
    on: bool = False


class Controls(Protocol):
    """The controls beside the window."""

    def now(self) -> datetime:
        """The time on the bot's clock, zone-aware."""
        ...

    @property
    def zone(self) -> str:
        """The IANA name of the time zone in which the page shows times."""
        ...

    @property
    def busy(self) -> str:
        """The name of the control that is running; "" if none is."""
        ...

    def offered(self) -> Sequence[Control]:
        """All controls, in display order."""
        ...

    async def use(self, name: str, given: Json) -> object:
        """Use a control and wait for its effects. Raises NotAllowed for an unknown one."""
        ...
