import os
from datetime import date
from pathlib import Path

import pytest

from bot.archive.folder import lay_out, put, write_day
from bot.archive.loader import find_pages
from bot.archive.reader import read_file
from bot.errors import ArchiveError
from bot.papers import Bullet, Day, Listing, Paper

DAY = Day(date(2024, 2, 23), (Listing(Paper("2402.00001", "A title", summary=(Bullet("text", "What's New"),)), 7),))
MORE = Day(DAY.date, (*DAY.listings, Listing(Paper("2402.00002", "Another"), 1)))


def test_a_page_reads_back_as_it_was_written(tmp_path: Path) -> None:
    written = write_day(tmp_path, DAY)
    assert written.path == tmp_path / "2024/02/23.md"
    assert read_file(written.path).day == DAY
    assert not written.beside
    assert [path.name for path in written.path.parent.iterdir()] == ["23.md"]


def test_a_page_that_a_person_changed_stays_and_ours_goes_beside_it(tmp_path: Path) -> None:
    first = write_day(tmp_path, DAY)
    first.path.write_text(first.path.read_text(encoding="utf-8") + "- a note\n", encoding="utf-8")
    theirs = first.path.read_bytes()
    second = write_day(tmp_path, MORE)
    assert second.beside
    assert first.path.read_bytes() == theirs
    assert read_file(second.path).day == MORE
    assert [page.path for page in find_pages(tmp_path).pages] == [first.path]


def test_what_a_person_saves_in_the_last_moment_is_not_written_over(tmp_path: Path) -> None:
    sheet = lay_out(tmp_path, DAY)
    theirs = write_day(tmp_path, MORE).path
    assert put(sheet, beside=False) is None
    assert read_file(theirs).day == MORE


@pytest.mark.parametrize("folder", ["2024", "2024/02"])
@pytest.mark.parametrize("there", [True, False])
def test_no_page_is_written_through_a_link_that_leads_out_of_the_folder(
    tmp_path: Path,
    folder: str,
    there: bool,  # noqa: FBT001  whether the link leads anywhere
) -> None:
    root, outside = tmp_path / "pages", tmp_path / "outside"
    if there:
        outside.mkdir()
    (root / folder).parent.mkdir(parents=True)
    (root / folder).symlink_to(outside)
    with pytest.raises(ArchiveError, match=r"23\.md: the page can't be written \(a link leads out of the folder\)"):
        write_day(root, DAY)
    assert not list(tmp_path.rglob("*.md*"))


def test_a_link_within_the_folder_is_written_through_and_the_folder_itself_may_be_one(tmp_path: Path) -> None:
    root, link = tmp_path / "pages", tmp_path / "link"
    (root / "years/2024").mkdir(parents=True)
    (root / "2024").symlink_to("years/2024")
    link.symlink_to(root)
    assert read_file(write_day(link, DAY).path).day == DAY
    assert (root / "years/2024/02/23.md").exists()


@pytest.mark.parametrize("name", ["elsewhere.md", "nowhere.md"])
def test_a_link_in_the_place_of_a_page_is_a_persons(tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_text("a diary", encoding="utf-8")
    page = tmp_path / "pages/2024/02/23.md"
    page.parent.mkdir(parents=True)
    page.symlink_to(tmp_path / name)
    assert write_day(tmp_path / "pages", DAY).beside
    assert page.is_symlink()
    assert elsewhere.read_text(encoding="utf-8") == "a diary"


def test_a_link_beside_a_page_is_not_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("a diary", encoding="utf-8")
    page = write_day(tmp_path / "pages", MORE).path
    page.with_name("23.md.new").symlink_to(outside)
    assert write_day(tmp_path / "pages", DAY).beside
    assert outside.read_text(encoding="utf-8") == "a diary"


def test_a_pipe_in_the_place_of_a_page_is_named_and_not_waited_for(tmp_path: Path) -> None:
    page = tmp_path / "2024/02/23.md"
    page.parent.mkdir(parents=True)
    os.mkfifo(page)
    with pytest.raises(ArchiveError, match="not a regular file"):
        write_day(tmp_path, DAY)


def test_links_in_a_circle_are_named(tmp_path: Path) -> None:
    (tmp_path / "2024").symlink_to(tmp_path / "2024")
    with pytest.raises(ArchiveError, match=r"23\.md: the page can't be written"):
        write_day(tmp_path, DAY)


def test_a_page_that_was_there_before_us_is_a_persons(tmp_path: Path) -> None:
    path = tmp_path / "2024/02/23.md"
    path.parent.mkdir(parents=True)
    path.write_text("## Daily Papers (2024-02-23)\n", encoding="utf-8")
    assert write_day(tmp_path, DAY).beside


def test_the_same_content_is_nobodys_change(tmp_path: Path) -> None:
    write_day(tmp_path, DAY)
    assert not write_day(tmp_path, DAY).beside


def test_new_pages_may_be_read_as_other_files_are(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        assert write_day(tmp_path, DAY).path.stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(mask)


def test_a_folder_that_takes_no_page_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "2024").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"2024/02/23\.md: the page can't be written"):
        write_day(tmp_path, DAY)
