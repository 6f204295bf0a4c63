"""What a page of the documentation holds: texts in backquotes, examples, tables, headings."""

import re
from pathlib import Path

_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^ {4,}.*$", re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def spans(text: str) -> list[str]:
    """What stands in backticks."""
    return _SPAN.findall(_FENCED.sub("", text))


def examples(text: str) -> list[str]:
    """The lines of code blocks; one that ends in a backslash goes on in the next."""
    blocks = "\n".join([*_FENCED.findall(text), *_INDENTED.findall(_FENCED.sub("", text))])
    return [line.strip() for line in blocks.replace("\\\n", " ").splitlines()]


def section(page: Path, heading: str) -> str:
    """What stands under a heading, up to the next of its level or above."""
    level, text = heading.partition(" ")[0], text_of(page)
    assert f"\n{heading}\n" in text, f"{page.name} has no heading {heading!r}"
    return re.split(rf"^#{{1,{len(level)}}} ", text.partition(f"\n{heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of each row of the tables, without their heads."""
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line] for line in lines]
    heads = {index for index, row in enumerate(cells[1:]) if set(row[0]) == {"-"}}
    return [row for index, row in enumerate(cells) if index not in heads and set(row[0]) != {"-"}]


def anchors(page: Path) -> set[str]:
    """The headings as links name them."""
    headings = _HEADING.findall(_FENCED.sub("", text_of(page)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> list[str]:
    """Where the links outside of code lead."""
    return _LINK.findall(_SPAN.sub("", _INDENTED.sub("", _FENCED.sub("", text_of(page)))))
