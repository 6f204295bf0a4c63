"""The `Authors:` line: comma-separated names, or the quoted Python list of the newest pages."""

import re
from collections.abc import Iterable

from bot.archive.text import UNSTORABLE, one_line

MORE = "+"
"""What the site writes for "and more" in a list of names."""

_QUOTED_NAME = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(?:,|$)""")
_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))")
_ESCAPED_BREAKS = {"n": "\n", "r": "\r", "t": "\t"}
_LAST_CHARACTER = 0x10FFFF


def read_authors(value: str) -> tuple[tuple[str, ...], bool]:
    """The names in order, repeated ones too, and whether a lone "+" says that there are more.

    Names in a quoted list may hold commas. A value in brackets that is not such a list is read as comma-separated
    names.
    """
    listed = _quoted_names(value)
    names = [one_line(name) for name in (value.split(",") if listed is None else listed)]
    return tuple(name for name in names if name and name != MORE), MORE in names


def write_authors(names: Iterable[str], *, more: bool) -> str:
    """The value of an `Authors:` line in the newest pages' form, with "+" last if there are `more`."""
    return repr([one_line(name) for name in names] + [MORE] * more)


def _quoted_names(value: str) -> list[str] | None:
    if not (value.startswith("[") and value.endswith("]")):
        return None
    inner, names, at = value[1:-1].rstrip(), [], 0
    while at < len(inner):
        name = _QUOTED_NAME.match(inner, at)
        if name is None:
            return None
        names.append(_ESCAPE.sub(_unescaped, name[1] if name[1] is not None else name[2]))
        at = name.end()
    return names


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if code is None:
        return _ESCAPED_BREAKS.get(escape[4], escape[4])
    if int(code, 16) > _LAST_CHARACTER or UNSTORABLE.match(chr(int(code, 16))):
        return escape[0]
    return chr(int(code, 16))
