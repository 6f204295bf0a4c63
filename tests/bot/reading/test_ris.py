import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.papers import Listing
from bot.papers.authors import names_of
from bot.reading.export import Format, export
from bot.reading.model import SavedPaper
from tests.bot.chat.hostile import few, listings
from tests.bot.reading.test_export import saved
from tests.builders import paper

_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  - (?P<value>.*)")


def records(several: list[SavedPaper]) -> list[list[tuple[str, str]]]:
    """The records of a file, read as the format says: a tag, two spaces, a dash, a space and the value on each line."""
    text = export(several, Format.RIS).decode()
    assert text.endswith("ER  - \r\n") or not several
    found: list[list[tuple[str, str]]] = []
    for line in text.split("\r\n")[:-1]:
        parts = _LINE.fullmatch(line)
        assert parts is not None, line
        if parts["tag"] == "TY":
            found.append([])
        found[-1].append((parts["tag"], parts["value"]))
    return found


def test_a_paper_is_a_record_that_zotero_reads() -> None:
    held = paper(1, title="On $x^{2}$", authors=("Yuandong Tian", "Tian, Ye", "Laurens van der Maaten", "김민아"))
    [record] = records([saved(Listing(held))])
    assert record == [
        ("TY", "UNPB"),
        ("AU", "Tian, Yuandong"),
        ("AU", "Tian, Ye"),
        ("AU", "van der Maaten, Laurens"),
        ("AU", "김민아"),
        ("TI", "On x²"),
        ("PY", "2024"),
        ("UR", "https://arxiv.org/abs/2402.00001"),
        ("DO", "10.48550/arXiv.2402.00001"),
        ("ER", ""),
    ]


@few
@given(st.lists(listings.map(saved), max_size=4))
def test_every_list_is_valid_whatever_its_papers_are_called(several: list[SavedPaper]) -> None:
    for record, each in zip(records(several), several, strict=True):
        tags = [tag for tag, _ in record]
        assert (tags[0], tags[-1]) == ("TY", "ER")
        assert tags.count("AU") <= len(names_of(each.paper))
        assert dict(record)["DO"] == f"10.48550/arXiv.{each.arxiv_id}"


@pytest.mark.parametrize(
    ("name", "inverted"),
    [
        ("Tian Y.", "Tian, Y."),
        ("Michael I. Jordan", "Jordan, Michael I."),
        ("DeepSeek-AI", "DeepSeek-AI"),
        ("J.-B. Alayrac", "Alayrac, J.-B."),
    ],
)
def test_a_name_is_written_with_the_family_name_first(name: str, inverted: str) -> None:
    [record] = records([saved(Listing(paper(1, authors=(name,))))])
    assert record[1] == ("AU", inverted)
