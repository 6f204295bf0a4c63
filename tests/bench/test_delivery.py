"""The benchmark of deliveries: what it counts and tells. The bot's own part is what tests/e2e runs."""

from bench import delivery, report
from bench.bare import PAPERS, newest_day
from bench.delivery import Delivered
from bench.town import Report


def seen(rate: float, count: int = 101, **changes: object) -> Report:
    values = {
        "statuses": {"200": count},
        "came": [100 + number / rate for number in range(count)],
        "ready": [99.0],
        "served": [100.0],
        "twice": 0,
        "answers": [0.01, 0.02, 0.03],
        "unanswered": 0,
        "cpu": 1.0,
    }
    return Report(**(values | changes))  # type: ignore[arg-type]  # what the test needs


def test_the_table_has_each_figure_beside_its_limit() -> None:
    paced = Delivered(seen(48, statuses={"200": 99, "429": 2}), start=3.0, memory=125)
    lifted = Delivered(seen(600, twice=1), start=1.0, memory=100)
    lines = delivery.told(paced, lifted, [900, 1100], [2000]).splitlines()
    cells = {line.split(" | ")[0].strip("| "): line.strip("| ").split(" | ")[1:] for line in lines[2:]}
    assert cells["messages a second under Discord's limit"] == ["48.0", "50", "0.96"]
    beside = [figures for name, figures in cells.items() if "beside a bare loop" in name]
    assert beside == [["600", "1000", "0.60"], ["600", "2000", "0.30"]]
    assert cells["memory of the bot at most"] == ["125 MB", "250 MB", "0.50"]
    assert cells["from start to the first message"] == ["3.0 s", "15 s", "0.20"]
    assert cells["answers of 429"][:2] == ["2", "0"]
    assert cells["servers without their message, or with two"][:2] == ["1", "0"]


def test_the_page_has_a_place_for_the_table() -> None:
    assert "<!-- begin of bench/delivery.py: ten thousand servers -->" in delivery.PAGE.read_text(encoding="utf-8")
    assert delivery.PAGE != report.PAGE


def test_the_seeds_have_papers_enough_for_an_edition() -> None:
    assert len(newest_day().listings) >= PAPERS


async def test_a_bare_loop_reaches_its_end() -> None:
    assert await delivery.bare(6, 3) > 0
