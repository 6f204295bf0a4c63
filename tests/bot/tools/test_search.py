import io
import json
import re

import pytest

from bot.papers import Bullet, Day, Listing
from tests.bot.tools.conftest import Shell
from tests.builders import FRIDAY, day, paper


@pytest.fixture
def filled(shell: Shell) -> Shell:
    shell.page(day(votes=(5, None)))
    shell.run("load")
    return shell


def test_json_has_the_papers_and_how_many_there_are(filled: Shell) -> None:
    status, out, _ = filled.run("search", "강화학습", "--json", "--limit", "1")
    told = json.loads(out)
    assert status == 0
    assert (told["query"], told["total"]) == ("강화학습", 2)
    assert told["results"] == [{"arxiv_id": "2402.00001", "title": "Paper number 1", "day": "2024-02-23", "votes": 5}]


def test_a_dash_reads_a_query_a_line(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('2번째\n\n"unclosed AND (\nhttps://arxiv.org/abs/2402.00001\n'))
    status, out, _ = filled.run("search", "-")
    lines = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [line["total"] for line in lines] == [1, 0, 0, 1]
    assert lines[2]["query"] == '"unclosed AND ('


def test_text_for_people(filled: Shell) -> None:
    _, out, _ = filled.run("search", "2번째")
    assert out.startswith("1 paper\n")
    assert "Paper number 2" in out
    assert "https://arxiv.org/abs/2402.00002" in out


@pytest.mark.parametrize("limit", ["0", "-1", "many", "1001"])
def test_a_wrong_limit_says_what_is_allowed(shell: Shell, limit: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        shell.run("search", "x", "--limit", limit)
    assert end.value.code == 2
    assert "from 1 to 1000" in capsys.readouterr().err


def test_what_matched_is_bright_in_a_terminal(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    _, out, _ = filled.run("search", "강화 학습 title:number")
    assert "\x1b[1;33m강화" in out
    assert "\x1b[1;33mnumber" in out


def test_a_file_gets_no_colours(filled: Shell) -> None:
    _, out, _ = filled.run("search", "강화 학습")
    assert "\x1b" not in out


def test_explain_tells_terms_tier_and_score(filled: Shell) -> None:
    status, out, _ = filled.run("search", "강화학습 -zebra", "--explain")
    assert status == 0
    assert "강화학습 = 강화 ~화학 학습 | " in out
    assert re.search(r"^(phrase|all)  -?\d+\.\d{3}$", out, re.MULTILINE)


def test_explain_and_json_exclude_each_other(filled: Shell) -> None:
    with pytest.raises(SystemExit) as end:
        filled.run("search", "x", "--json", "--explain")
    assert end.value.code == 2


def test_what_was_mended_or_is_partial_is_said(filled: Shell) -> None:
    _, out, _ = filled.run("search", "강화학습 zebra")
    assert "no paper has all of these words" in out
    _, out, _ = filled.run("search", "nunber")
    assert "showing results for: number\n" in out


def test_nothing_of_a_paper_is_markup_to_the_terminal(shell: Shell) -> None:
    shell.page(Day(FRIDAY, (Listing(paper(1, title="[bold]x[/bold] [/]", summary=(Bullet("[red]y[/red]"),))),)))
    shell.run("load")
    _, out, _ = shell.run("search", "x")
    assert "[bold]x[/bold] [/]" in out
    assert "[red]y[/red]" in out
