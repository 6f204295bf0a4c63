"""Saved queries made by rule, and the table's place on its page."""

from bench import report
from bench.matching import ASKED, HEAD, SECTION, Measured, saved_queries
from bench.timing import Timing
from bench.words import Collection
from bot.search.query import parse
from tests.builders import paper

TIMING = Timing(1.0, 2.0, 3.0)


def test_the_queries_are_the_same_each_time_and_none_is_empty() -> None:
    collection = Collection([paper(number, title=f"Gaussian Splatting {number}") for number in range(1, 4)])
    queries = saved_queries(collection, 20, 1.0)
    assert queries == saved_queries(collection, 20, 1.0)
    assert len(queries) == 20
    assert not any(parse(query).is_empty for query in queries)


def test_each_line_of_the_table_says_what_was_asked() -> None:
    for part, asked in ASKED.items():
        measured = Measured(part, 9, 1.0, 60.0, TIMING, TIMING, TIMING, TIMING, TIMING, 8, 7, 0)
        row = dict(zip(HEAD, measured.row(), strict=True))
        assert (row["match 15"], row["asked"], row["slowest"]) == ("1.0", f"{asked:g}", "3.0")


def test_the_page_has_a_place_for_the_table() -> None:
    assert f"<!-- begin of bench/matching.py: {SECTION} -->" in report.PAGE.read_text(encoding="utf-8")
