"""Loading a folder into a library that lives in memory."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.archive.loader import LoadReport, content_hash, find_pages, load
from bot.archive.page import Problem
from bot.errors import ArchiveError
from bot.papers import Day
from tests.shared import ARCHIVE, needs_archive

NOW = datetime(2024, 10, 21, 9, tzinfo=UTC)


@dataclass
class MemoryLibrary:
    """A LibraryStore in memory; `stored` lists the keys in the order in which they came, `tidied` how many by then."""

    pages: dict[str, tuple[str, Day]] = field(default_factory=dict)
    stored: list[str] = field(default_factory=list)
    tidied: list[int] = field(default_factory=list)

    async def page_hashes(self) -> dict[str, frozenset[str]]:
        return {key: frozenset({found}) for key, (found, _) in self.pages.items()}

    async def store_page(self, key: str, content_hash: str, day: Day, now: datetime) -> int:
        assert now == NOW
        before = {item.paper.arxiv_id for item in self.pages[key][1].listings} if key in self.pages else set()
        self.pages[key] = (content_hash, day)
        self.stored.append(key)
        return len({item.paper.arxiv_id for item in day.listings} - before)

    async def tidy(self) -> None:
        self.tidied.append(len(self.stored))


class ForgetfulLibrary(MemoryLibrary):
    """Can't store one page: what it holds of it can't be read."""

    async def store_page(self, key: str, content_hash: str, day: Day, now: datetime) -> int:
        if key == "2024/10/18.md":
            raise ValueError("what is held can't be read")
        return await super().store_page(key, content_hash, day, now)


def page(day: str, *papers: str) -> str:
    blocks = [f"### [T](https://arxiv.org/abs/{paper})\n\nVote: 2\n\nAuthors: Ann, Bo\n\n- x" for paper in papers]
    return "\n\n".join([f"## Daily Papers ({day})", *blocks]) + "\n"


def put(root: Path, name: str, content: str | bytes) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


async def run(root: Path, library: MemoryLibrary) -> LoadReport:
    return await load(root, library, now=NOW)


async def test_the_library_is_tidied_once_when_pages_are_stored(tmp_path: Path) -> None:
    for number in (1, 2):
        put(tmp_path, f"2024/10/{number:02}.md", page(f"2024-10-{number:02}", f"2410.000{number:02}"))
    library = MemoryLibrary()
    for _ in range(2):
        await run(tmp_path, library)
        assert library.tidied == [2]


async def test_a_folder_is_loaded_in_the_order_of_its_days(tmp_path: Path) -> None:
    put(tmp_path, "2024/10/02.md", page("2024-10-02", "2410.00002", "2410.00001"))
    put(tmp_path, "2024/10/01.md", page("2024-10-01", "2410.00001"))
    put(tmp_path, "LICENSE.md", "# Licence\n")
    library = MemoryLibrary()
    steps: list[tuple[int, int]] = []
    report = await load(tmp_path, library, now=NOW, progress=lambda done, of: steps.append((done, of)))
    keys = ("2024/10/01.md", "2024/10/02.md")
    assert report == LoadReport(held=keys, unchanged=0, new_papers=3, problems=(), remarks=())
    assert library.stored == ["2024/10/01.md", "2024/10/02.md"]
    assert steps == [(1, 2), (2, 2)]


async def test_unchanged_pages_are_not_stored_again(tmp_path: Path) -> None:
    put(tmp_path, "2024/10/01.md", page("2024-10-01", "2410.00001"))
    changing = put(tmp_path, "2024/10/02.md", page("2024-10-02", "2410.00002"))
    library = MemoryLibrary()
    await run(tmp_path, library)
    library.stored.clear()
    again = await run(tmp_path, library)
    assert (len(again.held), again.unchanged, again.new_papers, library.stored) == (2, 2, 0, [])
    changing.write_text(page("2024-10-02", "2410.00002", "2410.00003"))
    third = await run(tmp_path, library)
    assert (len(third.held), third.unchanged, third.new_papers) == (2, 1, 1)
    assert library.stored == ["2024/10/02.md"]


async def test_a_broken_page_is_named_and_the_others_are_loaded(tmp_path: Path) -> None:
    broken = put(tmp_path, "2024/10/01.md", page("2024-10-01", "2410.00001").replace("Vote: 2", "Vote: two"))
    latin = put(tmp_path, "2024/10/02.md", b"## Daily Papers (2024-10-02)\n\xe9\n")
    put(tmp_path, "2024/10/03.md", page("2024-10-03", "2410.00003"))
    library = MemoryLibrary()
    report = await run(tmp_path, library)
    assert list(library.pages) == ["2024/10/03.md"]
    assert report.held == ("2024/10/03.md",)
    assert [(problem.file, problem.line) for problem in report.problems] == [(broken, 5), (latin, 2)]
    assert str(report.problems[0]) == (
        f"{broken.as_posix()}:5: the vote is not a number: 'two'; expected 'Vote: 12' or 'Vote: -'"
    )


async def test_remarks_name_their_file(tmp_path: Path) -> None:
    path = put(tmp_path, "2024/10/01.md", page("2024-10-02", "2410.00001"))
    report = await run(tmp_path, MemoryLibrary())
    assert report.remarks == (Problem(path, 1, "the path says 2024-10-01, the heading 2024-10-02: the heading wins"),)
    assert report.problems == ()


async def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    gone = tmp_path / "2024" / "10" / "01.md"
    gone.parent.mkdir(parents=True)
    gone.symlink_to(tmp_path / "nowhere.md")
    put(tmp_path, "2024/10/02.md", page("2024-10-02"))
    report = await run(tmp_path, MemoryLibrary())
    assert len(report.held) == 1
    assert report.problems == (Problem(gone, None, "the file can't be read: No such file or directory"),)


def test_the_key_is_the_day_wherever_the_root_is(tmp_path: Path) -> None:
    put(tmp_path, "papers/2024/10/01.md", page("2024-10-01"))
    for root in ("", "papers", "papers/2024", "papers/2024/10"):
        assert [file.key for file in find_pages(tmp_path / root).pages] == ["2024/10/01.md"]


def test_which_files_are_pages(tmp_path: Path) -> None:
    put(tmp_path, "README.md", "# Daily Papers\n\n## Daily Papers (2024-10-01)\n")
    put(tmp_path, "more/extra.md", page("2024-10-05"))
    put(tmp_path, "2024/10/01.md", "broken, but named like a day")
    put(tmp_path, "2024/10/02.txt", page("2024-10-02"))
    put(tmp_path, ".git/2024/10/03.md", page("2024-10-03"))
    assert [file.key for file in find_pages(tmp_path).pages] == ["2024/10/01.md", "more/extra.md"]


def test_two_files_of_one_day_are_a_problem(tmp_path: Path) -> None:
    first = put(tmp_path, "a/2024/10/01.md", page("2024-10-01"))
    second = put(tmp_path, "b/2024/10/01.md", page("2024-10-01"))
    folder = find_pages(tmp_path)
    assert [file.path for file in folder.pages] == [first]
    assert folder.problems == (Problem(second, None, f"left out: {first} is the page of the same day"),)


def test_a_name_that_is_not_utf8_can_still_be_printed(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.md")
    try:
        path.write_text(page("2024-10-01"))
    except OSError:
        pytest.skip("this file system takes no such name")
    assert [file.key for file in find_pages(tmp_path).pages] == ["\ufffd.md"]
    assert str(Problem(path, 1, "x")).endswith("\ufffd.md:1: x")


async def test_an_archive_that_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="does not exist"):
        await run(tmp_path / "nowhere", MemoryLibrary())
    with pytest.raises(ArchiveError, match="is not a folder"):
        await run(put(tmp_path, "file.md", ""), MemoryLibrary())


async def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    report = await run(tmp_path, MemoryLibrary())
    assert (report.held, report.problems) == ((), ())


def test_the_content_hash_is_sha256() -> None:
    assert content_hash(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@needs_archive
async def test_the_real_archive_loads_whole() -> None:
    library = MemoryLibrary()
    report = await run(ARCHIVE, library)
    assert len(report.held) == 203
    assert (report.problems, report.remarks, report.new_papers) == ((), (), 2537)
    assert (await run(ARCHIVE, library)).unchanged == 203


async def test_a_page_that_can_not_be_stored_is_named_and_costs_no_other(tmp_path: Path) -> None:
    for number in (17, 18, 19):
        put(tmp_path, f"2024/10/{number}.md", page(f"2024-10-{number}", f"2410.000{number}"))
    library = ForgetfulLibrary()
    report = await load(tmp_path, library, now=NOW)
    assert library.stored == ["2024/10/17.md", "2024/10/19.md"]
    [problem] = report.problems
    assert problem.file == tmp_path / "2024/10/18.md"
