"""The bullets under a paper: how they nest, and what is heading and what is text."""

import re
from dataclasses import dataclass, field

from bot.archive.text import one_line
from bot.papers import Bullet

MAX_DEPTH = 6
"""The maximal nesting depth; bullets with more indentation are placed at this depth."""

MAX_NUMBER = 999
"""The highest number of a numbered line; with a higher one (a year, a count) the line is text."""

_INDENT = 2
_TAB_STOP = 4
_MARKER = re.compile(r"(\s*)(?:[-*+•](?:\s|$)|-(?=\*\*)|([0-9]{1,3})[.)](?:\s|$))(.*)$")
_NAME = r"[^*\s:：](?:[^*]*[^*\s:：])?"
_HEADING = re.compile(rf"\*{{2,3}}\s*({_NAME})([\s:：]*)\*{{2,3}}(\s*[:：])?(.*)$")


@dataclass(frozen=True, slots=True)
class Marker:
    """The start of a bullet's line: its indent in columns, its number, and the text after it."""

    indent: int
    number: int | None
    text: str


def marker_of(line: str) -> Marker | None:
    """Parse a bullet ("- ", "* ", "+ ", "• ") or numbered line ("1. ", "1) "); None for any other line."""
    found = _MARKER.match(line)
    if found is None:
        return None
    indent, number, text = found.groups()
    return Marker(len(indent.expandtabs(_TAB_STOP)), int(number) if number else None, text.strip())


def split_heading(text: str) -> tuple[str | None, str]:
    """Split off a bold label before a colon: `**A**: `, `***A***: `, `**A:** `. It is returned without its markup."""
    found = _HEADING.match(text)
    if found is None:
        return None, text
    name, inner, colon, rest = found.groups()
    if colon is None and not inner.strip():
        return None, text
    return name, rest.strip()


@dataclass(slots=True)
class _Node:
    indent: int
    number: int | None
    lines: list[str]
    children: list["_Node"] = field(default_factory=list)


class SummaryBuilder:
    """Builds the bullets of a summary line by line."""

    def __init__(self) -> None:
        self._roots: list[_Node] = []
        self._trail: list[_Node] = []  # from a top-level bullet down to the newest one

    def __bool__(self) -> bool:
        return bool(self._roots)

    def add(self, marker: Marker) -> None:
        """Add a bullet: below the newest one that is indented at least two columns less.

        A numbered line at top level belongs to the plain bullet above it, indented or not, as the pages write numbered
        lists so.
        """
        node = _Node(marker.indent, marker.number, [marker.text])
        while self._trail and (len(self._trail) >= MAX_DEPTH or marker.indent < self._trail[-1].indent + _INDENT):
            self._trail.pop()
        if not self._trail and marker.number is not None and self._roots and self._roots[-1].number is None:
            self._trail.append(self._roots[-1])
        siblings = self._trail[-1].children if self._trail else self._roots
        siblings.append(node)
        self._trail.append(node)

    def wrap(self, text: str) -> None:
        """Append a continuation line to the newest bullet; there must be one."""
        self._trail[-1].lines.append(text)

    def build(self) -> tuple[Bullet, ...]:
        """The bullets, without empty ones."""
        return _frozen(self._roots)


def _frozen(nodes: list[_Node]) -> tuple[Bullet, ...]:
    bullets = []
    for node in nodes:
        heading, text = split_heading(one_line(" ".join(node.lines)))
        children = _frozen(node.children)
        if heading or text or children:
            bullets.append(Bullet(text, heading, node.number, children))
    return tuple(bullets)
