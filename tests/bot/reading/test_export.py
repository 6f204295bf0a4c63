import csv
import io
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.latex import readable
from bot.papers import Appearance, Listing, Paper
from bot.reading.export import COLUMNS, Format, export, to_csv, to_markdown
from bot.reading.model import SavedPaper
from bot.reading.plain import one_line
from tests.bot.chat.hostile import few, listings
from tests.builders import utc

MOMENT = utc(2024, 2, 24, 1, 2, 3)
_LINE = re.compile(r"- \[(?P<text>(?:\\.|[^\\\[\]])*)\]\((?P<link>https://arxiv\.org/abs/[^()\s]+)\)(?P<rest> · .*)")


def saved(listing: Listing) -> SavedPaper:
    return SavedPaper(listing.paper.arxiv_id, MOMENT, Appearance(date(2024, 2, 23), listing))


many = st.lists(listings.map(saved), max_size=5)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@few
@given(many)
def test_a_table_reads_back_and_computes_nothing(several: list[SavedPaper]) -> None:
    head, *rows = read(to_csv(several))
    assert tuple(head) == COLUMNS
    for row, each in zip(rows, several, strict=True):
        title = one_line(readable(each.paper.title))
        assert row[0] == each.arxiv_id
        assert row[1] in (title, f"'{title}")
        assert row[3:4] == ["2024-02-23"]
        assert row[5:] == [each.paper.url, "2024-02-24T01:02:03+00:00", "no", ""]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@few
@given(many)
def test_a_list_has_a_line_a_paper_and_no_markup_but_ours(several: list[SavedPaper]) -> None:
    lines = to_markdown(several).split("\n")
    assert lines.pop() == ""
    for line, each in zip(lines, several, strict=True):
        found = _LINE.fullmatch(line)
        assert found is not None, line
        assert re.sub(r"\\(.)", r"\1", found["text"]) == (one_line(readable(each.paper.title)) or each.arxiv_id)
        assert not re.search(r"(?<!\\)(?:\\\\)*[*_`<\[|]", found["rest"])


@pytest.mark.parametrize("kind", Format)
def test_a_paper_of_which_nothing_is_known_is_exported(kind: Format) -> None:
    text = export([SavedPaper("2402.00001", MOMENT, None)], kind).decode()
    assert "https://arxiv.org/abs/2402.00001" in text


def test_excel_opens_korean() -> None:
    paper = Paper("2402.00001", "한국어", ("김민아", "@a", "b, c"))
    content = export([saved(Listing(paper, 1))], Format.CSV)
    assert content.startswith(b"\xef\xbb\xbfarxiv_id,")
    assert content.endswith(b"\r\n")
    assert read(content.decode())[1][1:3] == ["한국어", "김민아; @a; b, c"]
