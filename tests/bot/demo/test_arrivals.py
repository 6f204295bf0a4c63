from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.archive.loader import find_pages
from bot.archive.reader import read_file
from bot.archive.writer import write_page
from bot.demo.arrivals import prepare
from bot.errors import ArchiveError
from bot.papers import Day
from tests.builders import day

SEOUL = ZoneInfo("Asia/Seoul")


def lay(folder: Path, *days: Day) -> Path:
    for each in days:
        path = folder / f"{each.date:%Y/%m/%d}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write_page(each), encoding="utf-8")
    return folder


def held(folder: Path) -> dict[date, int]:
    days = [read_file(page.path).day for page in find_pages(folder).pages]
    return {each.date: len(each.listings) for each in days}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return lay(
        tmp_path / "source",
        day(date(2024, 2, 1), votes=[1]),
        day(date(2024, 2, 22), votes=range(10), first=2),
        day(date(2024, 2, 23), votes=range(11), first=20),
    )


def test_the_newest_papers_come_on_weekday_mornings(source: Path, tmp_path: Path) -> None:
    arrivals = prepare(source, tmp_path / "archive", SEOUL)
    assert held(arrivals.folder) == {date(2024, 2, 1): 1}
    assert arrivals.begins == datetime(2024, 2, 21, 20, tzinfo=SEOUL)
    arrivals.come(datetime(2024, 2, 22, 9, tzinfo=SEOUL))
    assert set(held(arrivals.folder)) == {date(2024, 2, 1), date(2024, 2, 22)}
    arrivals.come(datetime(2024, 3, 1, 9, tzinfo=SEOUL))
    assert set(held(arrivals.folder)) == {date(2024, 2, day) for day in (1, 22, 23, 26)}  # not on the weekend
    assert sum(held(arrivals.folder).values()) == 22


def test_a_page_comes_once_and_is_not_written_again(source: Path, tmp_path: Path) -> None:
    arrivals = prepare(source, tmp_path / "archive", SEOUL)
    nine = datetime.combine(date(2024, 2, 22), time(9), SEOUL)
    arrivals.come(nine)
    page = arrivals.folder / "2024" / "02" / "22.md"
    page.write_text("## changed by the visitor", encoding="utf-8")
    arrivals.come(nine)
    assert page.read_text(encoding="utf-8") == "## changed by the visitor"


def test_an_archive_of_fewer_than_three_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="it takes three"):
        prepare(lay(tmp_path / "source", day()), tmp_path / "archive", SEOUL)
