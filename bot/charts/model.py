"""What a picture of lines shows."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over the same points: the points' labels, the lines' names, and for each line its shares from 0 to 1.

    A share that is not known is None.
    """

    labels: tuple[str, ...]
    names: tuple[str, ...]
    shares: tuple[tuple[float | None, ...], ...]

    def written(self) -> bytes:
        """The lines as JSON."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def read(cls, text: bytes) -> "Lines":
        """The lines that `written` gave."""
        told = json.loads(text)
        return cls(tuple(told["labels"]), tuple(told["names"]), tuple(tuple(line) for line in told["shares"]))
