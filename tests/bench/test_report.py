"""Tables, and their place on a page; scores and times."""

from pathlib import Path

import pytest

from bench import report
from bench.quality import Outcome, Score, by_kind, outcomes
from bench.queries import Kind, KnownItem
from bench.timing import Course, Timing, timed


def test_a_table_is_markdown() -> None:
    assert report.table(["", "p50"], [["one", "1.0"]]) == "|  | p50 |\n| --- | ---: |\n| one | 1.0 |"


def test_a_section_is_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    page = tmp_path / "search.md"
    page.write_text(
        "before\n<!-- begin of bench/search.py: 100k -->\nold\n<!-- end of bench/search.py: 100k -->\nafter\n",
        encoding="utf-8",
    )
    report.write("100k", "new", page)
    report.write("100k", "newer", page)
    text = page.read_text(encoding="utf-8")
    assert (text.startswith("before\n"), text.endswith("\nafter\n")) == (True, True)
    assert "\nnewer\n" in text
    assert "old" not in text
    with pytest.raises(ValueError, match="no place for '1k'"):
        report.write("1k", "new", page)


def test_the_page_of_the_project_has_a_place_for_each_size() -> None:
    for name in ("archive", "100k", "500k"):
        assert f"<!-- begin of bench/search.py: {name} -->" in report.PAGE.read_text(encoding="utf-8")


async def test_recall_and_rank_are_counted_over_ten_answers() -> None:
    items = [KnownItem(Kind.TITLE, text, "wanted") for text in ("first", "second", "eleventh")]
    answers = {
        "first": ["wanted", "other"],
        "second": ["other", "wanted"],
        "eleventh": [*map(str, range(10)), "wanted"],
    }

    async def ask(text: str) -> list[str]:
        return answers[text]

    found = await outcomes(items, ask)
    assert found == [Outcome(items[0], 1), Outcome(items[1], 2), Outcome(items[2], None)]
    assert Score.of(found) == Score(3, 2 / 3, 1.5 / 3)
    assert by_kind(found)[Kind.TITLE] == Score.of(found)
    assert by_kind(found)[Kind.TYPO] == Score(0, 0, 0)


async def test_engines_are_asked_in_turns_and_the_warming_round_does_not_count() -> None:
    asked: list[str] = []

    async def ask(text: str) -> list[str]:
        asked.append(text)
        return []

    found = await timed({"one": Course(ask, ["a", "b"]), "other": Course(ask, ["c"])}, rounds=1)
    assert asked == ["a", "b", "c"] * 2
    assert {name: len(each) for name, each in found.items()} == {"one": 2, "other": 1}


def test_times_are_in_milliseconds() -> None:
    several = Timing.of([0.001, 0.002, 0.003])
    assert (several.p50, several.p99, several.slowest) == pytest.approx((2.0, 2.98, 3.0))
    assert Timing.of([0.001]) == Timing(1.0, 1.0, 1.0)
