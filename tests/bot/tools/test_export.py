import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.archive.reader import read_file
from tests import atom
from tests.bot.tools.conftest import Shell
from tests.builders import FRIDAY, day

THURSDAY = FRIDAY - timedelta(days=1)


def test_days_come_out_as_the_pages_that_went_in(shell: Shell, tmp_path: Path) -> None:
    pages = [shell.page(day(THURSDAY, first=5)), shell.page(day(votes=(5, None)))]
    shell.run("load")
    status, out, _ = shell.run("export", str(tmp_path / "out"))
    assert (status, out) == (0, f"2 pages in {tmp_path / 'out'}\n")
    for page in pages:
        assert (tmp_path / "out" / page.relative_to(shell.folder)).read_bytes() == page.read_bytes()


def test_a_span_of_days_is_written(shell: Shell, tmp_path: Path) -> None:
    shell.page(day(THURSDAY, first=5))
    shell.page(day())
    shell.run("load")
    shell.run("export", "--from", str(FRIDAY), "--to", str(FRIDAY), str(tmp_path / "out"))
    assert [path.name for path in (tmp_path / "out").rglob("*.md")] == [f"{FRIDAY:%d}.md"]


def test_a_page_that_is_another_stays_and_is_named(shell: Shell, tmp_path: Path) -> None:
    shell.page(day())
    shell.run("load")
    page = tmp_path / "out" / f"{FRIDAY:%Y/%m/%d}.md"
    page.parent.mkdir(parents=True)
    page.write_text("mine", encoding="utf-8")
    status, _, err = shell.run("export", str(tmp_path / "out"))
    assert (status, page.read_text(encoding="utf-8")) == (1, "mine")
    assert f"{page}.new: another page of this day exists and is kept" in err
    assert read_file(Path(f"{page}.new")).day == day()


def test_papers_come_out_as_json_lines(shell: Shell) -> None:
    shell.page(day(votes=(5, None)))
    shell.run("load")
    status, out, _ = shell.run("export")
    lines = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [(line["day"], line["arxiv_id"], line["votes"]) for line in lines] == [
        (str(FRIDAY), listing.paper.arxiv_id, listing.votes) for listing in day(votes=(5, None)).listings
    ]
    assert all(line["summary"] for line in lines)


def test_a_span_backwards_is_one_line_and_status_2(shell: Shell) -> None:
    told = shell.run("export", "--from", str(FRIDAY), "--to", str(THURSDAY))
    assert told == (2, "", f"paperboy: --from {FRIDAY} is after --to {THURSDAY}\n")


def test_days_that_are_not_there_are_said_so(shell: Shell) -> None:
    status, _, err = shell.run("export", "--from", "2030-01-01")
    assert status == 1
    assert "no day from 2030-01-01" in err


def test_a_feed_is_written_for_a_static_host(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.page(day(THURSDAY, first=5))
    shell.page(day())
    shell.run("load")
    file, link = tmp_path / "site" / "feed.atom", "https://papers.example/feed.atom"
    monkeypatch.setenv("PAPERBOY_FEED__RIGHTS", "CC BY")
    assert shell.run("export", "--feed", str(file), "--link", link) == (0, f"4 entries in {file}\n", "")
    told = atom.read(file.read_bytes())
    assert (told.self_link, told.rights, told.language, len(told.entries)) == (link, "CC BY", "en", 4)
    shell.run("export", "--feed", str(file), "--query", "number -2", "--language", "ko")
    assert [entry.title for entry in atom.read(file.read_bytes()).entries] == [f"Paper number {n}" for n in (1, 5, 6)]
    shell.run("export", "--feed", str(file), "--by-day")
    assert [entry.id[-10:] for entry in atom.read(file.read_bytes()).entries] == [str(FRIDAY), str(THURSDAY)]
    assert [path.name for path in file.parent.iterdir()] == ["feed.atom"]


def test_a_feed_that_can_not_be_written_leaves_what_was_there(shell: Shell, tmp_path: Path) -> None:
    shell.page(day())
    shell.run("load")
    (tmp_path / "feed.atom").mkdir()
    status, out, err = shell.run("export", "--feed", str(tmp_path / "feed.atom"))
    assert (status, out) == (1, "")
    assert err == f"paperboy: {tmp_path / 'feed.atom'}: the feed can't be written (Is a directory)\n"
    assert not list(tmp_path.glob(".*tmp"))


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--query", "x"), "--query needs --feed"),
        (("--by-day",), "--by-day needs --feed"),
        (("--feed", "f", "folder"), "--feed can't be combined with DIR, --from or --to"),
        (("--feed", "f", "--from", "2024-02-23"), "--feed can't be combined with DIR, --from or --to"),
        (
            ("--feed", "f", "--by-day", "--query", "x"),
            "--query can't be combined with --by-day: a feed of days has all their papers",
        ),
        (
            ("--feed", "f", "--query="),
            "query: nothing to look for; write a word, or leave the query out for all papers",
        ),
    ],
)
def test_options_that_do_not_go_together_are_one_line(shell: Shell, arguments: tuple[str, ...], line: str) -> None:
    assert shell.run("export", *arguments) == (2, "", f"paperboy: {line}\n")
