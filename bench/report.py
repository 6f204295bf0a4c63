"""Writes Markdown tables into the pages of docs/."""

import os
import platform
import re
import sqlite3
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.corpus import ROOT

PAGE = ROOT / "docs" / "search.md"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table. The first column is text, the others are numbers."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))


def machine() -> str:
    """One sentence with the date, the machine and the versions of the measurement."""
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        found = re.search(r"^model name\s*: (.+)$", information.read_text(encoding="utf-8"), re.MULTILINE)
        model = found[1] if found else model
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores of {model}, {platform.system()}, "
        f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}."
    )


def write(section: str, text: str, page: Path = PAGE, by: str = "search") -> None:
    """Replace the text between the markers of a benchmark's section. Raises ValueError if the page has no markers."""
    begin, end = (f"<!-- {word} of bench/{by}.py: {section} -->" for word in ("begin", "end"))
    before, found, rest = page.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{page.name} has no place for {section!r}: expected {begin!r} and {end!r}")
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
