import os
from datetime import date
from pathlib import Path

import pytest

from bot.archive.folder import write_day
from bot.archive.loader import find_pages
from bot.archive.reader import read_file
from bot.errors import ArchiveError
from bot.papers import Bullet, Day, Listing, Paper

DAY = Day(date(2024, 2, 23), (Listing(Paper("2402.00001", "A title", summary=(Bullet("text", "What's New"),)), 7),))
MORE = Day(DAY.date, (*DAY.listings, Listing(Paper("2402.00002", "Another"), 1)))


def test_a_page_reads_back_as_it_was_written(tmp_path: Path) -> None:
    written = write_day(tmp_path, DAY, None)
    assert written.path == tmp_path / "2024/02/23.md"
    assert read_file(written.path).day == DAY
    assert not written.beside
    assert [path.name for path in written.path.parent.iterdir()] == ["23.md"]


def test_our_own_page_is_written_anew(tmp_path: Path) -> None:
    first = write_day(tmp_path, DAY, None)
    second = write_day(tmp_path, MORE, first.content_hash)
    assert (second.path, second.beside) == (first.path, False)
    assert read_file(second.path).day == MORE


def test_a_page_that_a_person_changed_stays_and_ours_goes_beside_it(tmp_path: Path) -> None:
    first = write_day(tmp_path, DAY, None)
    first.path.write_text(first.path.read_text(encoding="utf-8") + "- a note\n", encoding="utf-8")
    theirs = first.path.read_bytes()
    second = write_day(tmp_path, MORE, first.content_hash)
    assert second.beside
    assert first.path.read_bytes() == theirs
    assert read_file(second.path).day == MORE
    assert [page.path for page in find_pages(tmp_path).pages] == [first.path]


def test_a_page_that_was_there_before_us_is_a_persons(tmp_path: Path) -> None:
    path = tmp_path / "2024/02/23.md"
    path.parent.mkdir(parents=True)
    path.write_text("## Daily Papers (2024-02-23)\n", encoding="utf-8")
    assert write_day(tmp_path, DAY, None).beside


def test_the_same_content_is_nobodys_change(tmp_path: Path) -> None:
    write_day(tmp_path, DAY, None)
    assert not write_day(tmp_path, DAY, None).beside


def test_new_pages_may_be_read_as_other_files_are(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        assert write_day(tmp_path, DAY, None).path.stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(mask)


def test_a_folder_that_takes_no_page_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "2024").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"2024/02/23\.md: the page can't be written"):
        write_day(tmp_path, DAY, None)
