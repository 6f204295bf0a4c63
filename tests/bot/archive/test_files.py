"""What stands in a folder besides pages: it is named and left, and nothing waits for it."""

import os
import socket
from pathlib import Path

import pytest

from bot.archive.files import MOST_BYTES
from bot.archive.loader import find_pages, load
from tests.bot.archive.test_loader import NOW, MemoryLibrary, page, put

PAGE = page("2024-10-02", "2410.00002")


async def loaded(root: Path) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    """The keys that are held, and the problems: the file below the root and what is said of it."""
    report = await load(root, MemoryLibrary(), now=NOW)
    return report.held, [(one.file.relative_to(root).as_posix(), one.message) for one in report.problems]


def test_a_folder_that_is_a_link_is_followed(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/10/02.md", PAGE)
    root = tmp_path / "pages"
    root.mkdir()
    (root / "2024").symlink_to(tmp_path / "elsewhere")
    assert [file.key for file in find_pages(root).pages] == ["2024/10/02.md"]


def test_a_loop_of_links_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "2024/10/02.md", PAGE)
    (tmp_path / "2024/10/again").symlink_to(tmp_path)
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    folder = find_pages(tmp_path)
    assert ([file.key for file in folder.pages], folder.problems) == (["2024/10/02.md"], ())


def test_a_page_is_found_once_by_its_own_path_before_that_of_a_link(tmp_path: Path) -> None:
    path = put(tmp_path, "2024/10/02.md", PAGE)
    (tmp_path / "0-newest").symlink_to(tmp_path / "2024/10")
    folder = find_pages(tmp_path)
    assert ([file.path for file in folder.pages], folder.problems) == ([path], ())


async def test_a_pipe_is_named_and_left(tmp_path: Path) -> None:
    put(tmp_path, "2024/10/02.md", PAGE)
    os.mkfifo(tmp_path / "2024/10/01.md")
    os.mkfifo(tmp_path / "notes.md")
    held, problems = await loaded(tmp_path)
    assert held == ("2024/10/02.md",)
    assert problems == [
        ("2024/10/01.md", "the file can't be read: it is not a regular file"),
        ("notes.md", "the file can't be read: it is not a regular file"),
    ]


async def test_a_device_and_a_socket_are_named_and_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the address of a socket must be short
    put(tmp_path, "2024/10/02.md", PAGE)
    (tmp_path / "2024/10/01.md").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("2024/10/03.md")
        held, problems = await loaded(tmp_path)
    assert held == ("2024/10/02.md",)
    assert problems == [(f"2024/10/0{day}.md", "the file can't be read: it is not a regular file") for day in (1, 3)]


async def test_a_page_of_more_than_some_megabytes_is_named_and_left(tmp_path: Path) -> None:
    put(tmp_path, "2024/10/02.md", PAGE)
    put(tmp_path, "2024/10/01.md", PAGE + "\n" * MOST_BYTES)
    held, problems = await loaded(tmp_path)
    assert held == ("2024/10/02.md",)
    assert problems == [("2024/10/01.md", "the file can't be read: it has more than 4 megabytes")]


async def test_a_folder_named_like_a_page_is_named_and_left(tmp_path: Path) -> None:
    put(tmp_path, "2024/10/02.md", PAGE)
    (tmp_path / "2024/10/01.md").mkdir()
    held, problems = await loaded(tmp_path)
    assert held == ("2024/10/02.md",)
    assert problems == [("2024/10/01.md", "left out: it is a folder named like a page")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
async def test_what_may_not_be_read_is_named_and_left(tmp_path: Path) -> None:
    put(tmp_path, "2024/10/02.md", PAGE)
    put(tmp_path, "2024/10/01.md", PAGE).chmod(0)
    (tmp_path / "closed").mkdir(mode=0)
    held, problems = await loaded(tmp_path)
    assert held == ("2024/10/02.md",)
    assert [(name, words.rpartition(": ")[2]) for name, words in problems] == [
        ("closed", "Permission denied"),
        ("2024/10/01.md", "Permission denied"),
    ]


async def test_a_byte_order_mark_is_read_over_and_what_is_not_utf8_is_named(tmp_path: Path) -> None:
    put(tmp_path, "2024/10/02.md", b"\xef\xbb\xbf" + PAGE.encode())
    put(tmp_path, "2024/10/03.md", PAGE.encode("utf-16"))
    put(tmp_path, "2024/10/04.md", page("2024-10-04").encode() + b"\n\n\xff")
    held, problems = await loaded(tmp_path)
    assert held == ("2024/10/02.md",)
    assert [name for name, _ in problems] == ["2024/10/03.md", "2024/10/04.md"]


def test_folders_without_end_are_looked_into_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.archive.files.MOST_FOLDERS", 3)
    for number in range(5):
        (tmp_path / str(number)).mkdir()
    assert [problem.message for problem in find_pages(tmp_path).problems] == [
        "left out, with others: 3 folders were searched"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "### [" + "](https://arxiv.org/abs/2402.14253?" * 60_000,
        "- a" + "\u0301\u0323" * 300_000,
        "![](" * 300_000,
        "- " + "**a: " * 300_000,
        "Authors: [" + "'" * 1_000_000,
    ],
    ids=["links", "marks", "pictures", "labels", "names"],
)
async def test_a_huge_line_costs_time_by_its_length_alone(tmp_path: Path, line: str) -> None:
    put(tmp_path, "2024/10/01.md", page("2024-10-01", "2410.00001") + line + "\n")
    put(tmp_path, "2024/10/02.md", PAGE)
    held, _ = await loaded(tmp_path)
    assert "2024/10/02.md" in held
