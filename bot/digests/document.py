"""A server's digests as a file: written for an admin to keep, and validated when it is read."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Any, NoReturn

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from bot.digests.model import MAX_DIGESTS, Order, Style
from bot.errors import RefusalError

FORMAT = "paperboy-digests"
VERSION = 2
"""In version 1, the style "cards" (also the default) was what is "full" now."""
MAX_BYTES = 32 * 1024
"""Ten digests take 4 KiB."""

_MOST_VERSIONS = 1000
_OWN = ("number", "paused")  # fields of a digest that are not its order's


@dataclass(frozen=True, slots=True)
class Entry:
    """A digest in a file: its number within the server, its order, and whether it is paused."""

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid")

    number: Annotated[int, Field(ge=1, le=MAX_DIGESTS)]
    order: Order
    paused: bool


_ENTRIES = TypeAdapter(Entry)


def write(entries: Iterable[Entry]) -> bytes:
    """The file, JSON in UTF-8. It says nothing about members."""
    document = {"format": FORMAT, "version": VERSION, "digests": [_written(entry) for entry in entries]}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _written(entry: Entry) -> dict[str, Any]:
    held = _ENTRIES.dump_python(entry, mode="json", by_alias=True)
    return {"number": held["number"], **held["order"], "paused": held["paused"]}


FIELDS = tuple(_written(Entry(1, Order(0, time(), "UTC"), paused=False)))
"""The fields of a digest in a file."""


def read(content: bytes, today: date) -> tuple[Entry, ...]:
    """The digests of a file, which anyone may have written. Whether their channels exist is not checked.

    `today` is the last date from which a replay may begin. Raises RefusalError, which says what is wrong; for a digest,
    its place in the file, the field and what is allowed there.
    """
    if len(content) > MAX_BYTES:
        raise RefusalError("import-too-large", limit=MAX_BYTES // 1024)
    document = _parsed(content)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise RefusalError("import-no-export")
    version = document.get("version")
    if type(version) is not int or not 0 < version < _MOST_VERSIONS:
        raise RefusalError("import-no-export")
    if version > VERSION:
        raise RefusalError("import-version", version=version, known=VERSION)
    digests = document.get("digests")
    if document.keys() != {"format", "version", "digests"} or not isinstance(digests, list):
        raise RefusalError("import-no-export")
    if not 1 <= len(digests) <= MAX_DIGESTS:
        raise RefusalError("import-how-many", count=len(digests), limit=MAX_DIGESTS)
    if version == 1:
        digests = list(map(_from_version_1, digests))
    entries = tuple(_entry(place, given, today) for place, given in enumerate(digests, 1))
    _check_numbers(entries)
    return entries


def _parsed(content: bytes) -> object:
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_no_key_twice,
            parse_constant=_no_constant,
        )
    # Nested too deeply, a number of too many digits, broken, or not UTF-8: no export looks like this.
    except (ValueError, RecursionError):
        raise RefusalError("import-no-json") from None


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key appears twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _from_version_1(given: object) -> object:
    if isinstance(given, dict) and given.get("style", "cards") == "cards":
        return given | {"style": "full"}
    return given


def _entry(place: int, given: object, today: date) -> Entry:
    if not isinstance(given, dict):
        raise RefusalError("import-no-digest", place=place)
    own = {name: given.pop(name) for name in _OWN if name in given}
    try:
        entry = _ENTRIES.validate_json(json.dumps(own | {"order": given}))
    except ValidationError as error:
        raise _refusal(place, error) from None
    except RecursionError:  # nested just deeply enough to be read and not written
        raise RefusalError("import-no-json") from None
    order = entry.order
    if order.replay_from and order.replay_from > today:
        raise RefusalError("import-wrong-replay-from", place=place)
    if order.weekly and (len(order.weekdays) > 1 or order.replay_from):
        raise RefusalError("import-wrong-weekly", place=place)
    if order.discuss and order.style is not Style.THREAD:
        raise RefusalError("import-wrong-discuss", place=place)
    return entry


def _refusal(place: int, error: ValidationError) -> RefusalError:
    """The words for what pydantic found; of several faults, for one."""
    faults = error.errors(include_url=False)
    if any(fault["type"] == "unexpected_keyword_argument" for fault in faults):
        # The field is not named: its name may be any text.
        return RefusalError("import-unknown-field", place=place, fields=", ".join(FIELDS))
    if not faults[0]["loc"]:  # what Python's parser takes and pydantic's does not: half a surrogate pair
        return RefusalError("import-no-json")
    field = str(faults[0]["loc"][-1])
    return RefusalError(f"import-wrong-{field.replace('_', '-')}", place=place)


def _check_numbers(entries: Sequence[Entry]) -> None:
    seen: set[int] = set()
    for place, entry in enumerate(entries, 1):
        if entry.number in seen:
            raise RefusalError("import-number-twice", place=place, number=entry.number)
        seen.add(entry.number)
