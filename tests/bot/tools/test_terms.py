import json

import pytest

from bot.papers import Bullet, Day, Listing
from tests.bot.tools.conftest import Shell
from tests.builders import FRIDAY, paper

TEXTS = [
    "환각(hallucination)",
    "환각(hallucination), 양자화(quantization)",
    "양자화(quantization)",
    "양자화(quantization)",
]


@pytest.fixture
def filled(shell: Shell) -> Shell:
    papers = [paper(number, summary=(Bullet(text),)) for number, text in enumerate(TEXTS, 1)]
    shell.page(Day(FRIDAY, tuple(map(Listing, papers))))
    shell.run("load")
    return shell


def test_pairs_with_their_papers_the_most_seen_first(filled: Shell) -> None:
    status, out, _ = filled.run("terms")
    assert status == 0
    assert out.split() == ["3", "양자화=quantization", "2", "환각=hallucination"]


@pytest.mark.parametrize("query", ["환각", "Hallucinations", "halluc"])
def test_a_query_is_looked_for_in_both_terms(filled: Shell, query: str) -> None:
    assert filled.run("terms", query)[1].split() == ["2", "환각=hallucination"]


@pytest.mark.parametrize("query", ["루시", "lucination"])
def test_what_no_term_has_finds_nothing(filled: Shell, query: str) -> None:
    assert filled.run("terms", query) == (0, "", "")


def test_json(filled: Shell) -> None:
    _, out, _ = filled.run("terms", "환각", "--json")
    assert json.loads(out) == {"pairs": [{"term": "환각", "gloss": "hallucination", "papers": 2}]}


def test_a_blocked_pair_is_listed_as_such_until_it_is_used_again(filled: Shell) -> None:
    assert filled.run("terms", "--block", "hallucination = 환각") == (0, "blocked: 환각=hallucination\n", "")
    filled.run("load")
    assert "환각" not in filled.run("terms")[1]
    assert filled.run("terms", "--blocked")[1].split() == ["2", "환각=hallucination"]
    assert filled.run("terms", "--unblock", "환각=hallucination") == (0, "unblocked: 환각=hallucination\n", "")
    assert "환각" in filled.run("terms")[1]
    assert filled.run("terms", "--blocked") == (0, "", "")


@pytest.mark.parametrize(
    ("option", "said"),
    [("--block", "no paper shows 환각=delusion; `paperboy terms 환각`"), ("--unblock", "환각=delusion is not blocked")],
)
def test_a_pair_that_is_not_there(filled: Shell, option: str, said: str) -> None:
    status, out, err = filled.run("terms", option, "환각=delusion")
    assert (status, out) == (1, "")
    assert said in err


@pytest.mark.parametrize("pair", ["환각", "=hallucination", "환각=", "a=b=c", ""])
def test_what_is_no_pair_is_answered_with_what_is_allowed(
    shell: Shell, pair: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        shell.run("terms", "--block", pair)
    assert end.value.code == 2
    assert "환각=hallucination" in capsys.readouterr().err


def test_any_query_and_pair_can_be_typed(filled: Shell) -> None:
    for text in ("", "()", "\udcff", "%", "가" * 4000):
        assert filled.run("terms", text)[0] == 0
        assert filled.run("terms", "--block", f"x{text[:1].strip(chr(0xDCFF))}=y")[0] == 1
