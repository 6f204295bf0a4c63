"""A reader of Discord's markup, written from its rules and apart from the code that it judges.

It is stricter than Discord where Discord's clients differ: what any of them might take for markup is found.

The text of a masked link is read without escapes: a backslash in it is shown
(https://github.com/discord/discord-api-docs/issues/6185). With an address in its text it is no link
(https://github.com/discord/discord-api-docs/issues/7721).
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

_BLOCK = re.compile(
    r"\s*(?:(?P<heading>\#{1,3}\s)|(?P<small>-\#\s)|(?P<quote>>(?:>>)?\s)|(?P<list>(?:[-*+]|[0-9]+[.)])(?:\s|$)))"
)
_INLINE = re.compile(
    r"""
    \\(?P<literal>[^0-9A-Za-z\s])
    | (?P<codeblock>```.+?```) | (?P<code>`[^`]+`)
    | \*\*(?P<bold>(?:\\.|[^\\])+?)\*\*(?!\*) | __(?P<underline>(?:\\.|[^\\])+?)__
    | (?P<italic>\*(?:\\.|[^\\*])+?\*|_(?:\\.|[^\\_])+?_)
    | (?P<strike>~~.+?~~) | (?P<spoiler>\|\|.+?\|\|)
    | (?P<mention><(?:@[!&]?[0-9]+|\#[0-9]+|/[^:>]+:[0-9]+|id:\w+)>|@(?:everyone|here))
    | (?P<time><t:-?[0-9]+(?::\w)?>) | (?P<emoji><a?:\w+:[0-9]+>|:[^\s:]+:)
    | \[(?P<text>(?:\[[^\[\]]*\]|[^\[\]])*)\]\(<?(?P<target>[^\s()]+)>?\)
    | (?P<link>(?:https?|steam)://[^\s]) | (?P<angle><(?:https?://|mailto:|tel:)[^>]*>)
    | (?P<invite>\b(?:discord(?:app)?\.com/|discord\.(?:gg|gift|new)/))
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

_ADDRESS = re.compile(r"https?://\w\w", re.IGNORECASE)


@dataclass
class Reading:
    """What a reader sees, and the markup met on the way: its kinds, and where links lead."""

    shown: str = ""
    kinds: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)


@lru_cache(1000)
def read(text: str) -> Reading:
    """Read a whole text, line by line. The same texts come in many messages: the last ones read are kept."""
    reading = Reading()
    for line in text.split("\n"):
        rest = line
        while block := _BLOCK.match(rest):
            reading.kinds.append(str(block.lastgroup))
            rest = rest[block.end() :]
        _read_inline(rest, reading)
        reading.shown += "\n"
    reading.shown = reading.shown[:-1]
    return reading


def _read_inline(text: str, reading: Reading, *, in_link: bool = False) -> None:
    at = 0
    while at < len(text):
        found = _INLINE.match(text, at)
        if found is None or _ADDRESS.search(found["text"] or ""):
            reading.shown += text[at]
            at += 1
            continue
        at = found.end()
        if found["literal"]:
            reading.shown += found[0] if in_link else found["literal"]
        elif found["target"]:
            reading.kinds.append("masked")
            reading.targets.append(found["target"])
            _read_inline(found["text"], reading, in_link=True)
        else:
            kind = str(found.lastgroup)
            reading.kinds.append(kind)
            if kind in {"bold", "underline"}:
                _read_inline(found[kind], reading, in_link=in_link)
