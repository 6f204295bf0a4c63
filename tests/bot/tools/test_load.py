import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.papers import Bullet, Day, Listing
from bot.papers.texts import all_texts
from bot.search.service import Search
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from tests.bot.tools.conftest import Shell
from tests.builders import FRIDAY, day, paper
from tests.shared import ARCHIVE, SEEDS, needs_archive


def test_one_object_says_what_the_folder_holds(shell: Shell) -> None:
    shell.page(day(votes=(5, None)))
    status, out, _ = shell.run("load", "--json")
    expected = {"pages": 1, "unchanged": 0, "papers": 2, "appearances": 2, "with_votes": 1, "votes": 5, "authors": 4}
    assert status == 0
    assert json.loads(out) == expected | {"with_video": 0, "problems": []}
    assert json.loads(shell.run("load", "--json")[1])["unchanged"] == 1


def test_a_broken_page_is_named_and_the_others_are_loaded(shell: Shell) -> None:
    shell.page(day())
    broken = shell.page(day(FRIDAY - timedelta(days=1), first=5))
    broken.write_text(broken.read_text(encoding="utf-8").replace("Vote: 3", "Vote: many"), encoding="utf-8")
    status, out, err = shell.run("load", "--json")
    told = json.loads(out)
    assert status == 1
    assert (told["pages"], told["papers"]) == (1, 2)
    [problem] = told["problems"]
    assert set(problem) == {"file", "line", "message"}
    assert problem["file"] == str(broken)
    assert broken.read_text(encoding="utf-8").splitlines()[problem["line"] - 1] == "Vote: many"
    assert f"{broken}:{problem['line']}: " in err


def test_a_folder_can_be_named_and_a_missing_one_is_said_so(shell: Shell, tmp_path: Path) -> None:
    status, _, err = shell.run("load", str(tmp_path / "nowhere"))
    assert status == 1
    assert "nowhere" in err
    assert "Traceback" not in err


def test_an_empty_folder_is_a_warning_and_status_1(shell: Shell) -> None:
    (shell.folder / "README.md").write_text("# No page\n", encoding="utf-8")
    status, out, err = shell.run("load")
    assert status == 1
    assert out.startswith("0 pages (0 unchanged)")
    assert err == f"{shell.folder}: warning: the folder has no pages (YYYY/MM/DD.md)\n"


ENGLISH = (Bullet("We train otters to swim.", heading="What's New"),)


@pytest.mark.parametrize("first", ["archive", "english"])
def test_after_a_loss_of_the_database_the_texts_of_every_language_are_loaded(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    """From the archive and from a folder in English, in either order; the second adds no paper and takes none away."""
    monkeypatch.setenv("PAPERBOY_ARCHIVE__WRITE", "true")
    monkeypatch.setenv("PAPERBOY_ARCHIVE__WRITE_LANGUAGES", f"en={tmp_path}/english")
    shell.page(day(votes=(3, 2, 1)))
    summaries = {1: ENGLISH, 2: (Bullet("A line of the site."),), 4: ENGLISH}
    listings = [Listing(paper(number, summary=summary)) for number, summary in summaries.items()]
    Shell(tmp_path / "english", shell.read).page(Day(FRIDAY, tuple(listings)))
    for folder in ("archive", "english") if first == "archive" else ("english", "archive"):
        assert shell.run("load", folder)[0] == 0
    friday, found = asyncio.run(held(tmp_path / "paperboy.db"))
    assert [one.paper.arxiv_id for one in friday.listings] == ["2402.00001", "2402.00002", "2402.00003"]
    texts = [{text.language: text.bullets for text in all_texts(one.paper)} for one in friday.listings]
    assert texts[0] == {"ko": friday.listings[0].paper.summary, "en": ENGLISH}
    assert [list(each) for each in texts[1:]] == [["ko"], ["ko"]]
    assert found == ["2402.00001"]


async def held(path: Path) -> tuple[Day, list[str]]:
    """The day, and the papers that a search for a word of the English text finds."""
    async with Database.open(path) as database:
        library = Library(database)
        results = (await Search(library).search("otters", limit=5)).results
        return await library.day(FRIDAY) or Day(FRIDAY), [hit.appearance.listing.paper.arxiv_id for hit in results]


def test_text_for_people(shell: Shell) -> None:
    shell.page(day(votes=(5, None)))
    assert shell.run("load")[1] == "1 pages (0 unchanged): 2 papers, 1 of them with 5 votes, 0 with a video\n"


SEEDED = {"pages": 5, "papers": 80, "with_votes": 57, "votes": 560, "authors": 631, "with_video": 17}
REAL = {"pages": 203, "papers": 2537, "with_votes": 2427, "votes": 28736, "authors": 21058, "with_video": 152}


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        pytest.param(SEEDS, SEEDED, id="seeds"),
        pytest.param(ARCHIVE, REAL, marks=(needs_archive, pytest.mark.thorough), id="archive"),
    ],
)
def test_an_archive_loads_whole(shell: Shell, folder: Path, expected: dict[str, int]) -> None:
    first = json.loads(shell.run("load", str(folder), "--json")[1])
    assert {key: first[key] for key in expected} == expected
    assert (first["appearances"], first["problems"]) == (expected["papers"], [])
    second = json.loads(shell.run("load", str(folder), "--json")[1])
    assert second == first | {"unchanged": first["pages"]}
