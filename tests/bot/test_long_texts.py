"""Texts made to be slow to read: the time grows with their length, not with its square."""

import contextlib
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from bot.archive.authors import read_authors
from bot.archive.reader import read_page
from bot.archive.summary import split_heading
from bot.archive.text import one_line
from bot.chat.text.escape import clean, count_lines, escape, first_sentence, link_text, shorten
from bot.chat.text.prose import gist, summary_text
from bot.errors import PageError
from bot.latex import readable
from bot.locale import Language, catalogue
from bot.papers import Bullet, Paper
from bot.reading.bibtex import entry
from bot.search import analysis
from bot.search.passage import asked_of, passage
from bot.search.query import parse
from bot.summaries.answer import Complaint, _checked
from bot.summaries.model import SummaryLanguage

SHORT, TIMES = 1000, 16
MOST = 4 * TIMES
"""How much longer so much more text may take; the square would be 256 times."""
LEAST = 0.003
"""Seconds: what takes less is too short to be compared."""

PIECES = (
    *("*", "***a ", "[a](", "$a", "$x^{2}_{t}$", "\\", '\\"a', "\\textbf{", "``a ", "&a", "{", "_1", "~", "<a", "！"),
    *("a.", "1.", ":a", "'a',", "(a", "a-", "가", "a ", "  a", "\u0315\u0300", "😀", "- ", "https://", "\n"),
)
ASKED = asked_of(parse("model a 가나").terms)


def _paper(text: str) -> Paper:
    return Paper("2402.1", "t", summary=(Bullet(text, text),))


def _pages(*lines: str) -> None:
    for line in lines:
        with suppress(PageError):
            read_page(f"## Daily Papers (2024-02-23)\n\n### [T](https://arxiv.org/abs/2402.00001)\n\n{line}")


def _answer(text: str) -> None:
    with contextlib.suppress(Complaint):
        _checked("whats_new", text, SummaryLanguage.KO)


def _forget() -> None:
    for cached in (readable, analysis.pieces, analysis._indexed, analysis._of_latin, analysis._of_cjk, analysis._fold):
        cached.cache_clear()


@pytest.mark.thorough
@pytest.mark.parametrize(
    "read",
    [
        pytest.param(readable, id="readable"),
        pytest.param(lambda text: [clean(text), escape(text), link_text(text)], id="escape"),
        pytest.param(lambda text: [first_sentence(text), shorten(text, 300)], id="shorten"),
        pytest.param(lambda text: summary_text(_paper(text), 1000, catalogue(Language.KO)), id="full card"),
        pytest.param(lambda text: gist(_paper(text), 200), id="short card"),
        pytest.param(lambda text: count_lines(text, 28), id="lines"),
        pytest.param(lambda text: [analysis.joined([analysis.indexed(text)]), analysis.pieces(text)], id="analysis"),
        pytest.param(lambda text: passage([text], ASKED, 180), id="passage"),
        pytest.param(lambda text: _pages(*(lead + text for lead in ("", "- ", "- **", "![", "<div "))), id="page"),
        pytest.param(lambda text: _pages(f"### [{text}](https://arxiv.org/abs/2402.2)", text), id="heading"),
        pytest.param(lambda text: [one_line(text), split_heading(text), read_authors(f"[{text}]")], id="archive"),
        pytest.param(lambda text: entry(Paper("2402.00001", text, (text,))), id="bibtex"),
        pytest.param(_answer, id="summary"),
    ],
)
def test_the_time_that_reading_takes_grows_with_the_text_and_not_with_its_square(read: Callable[[str], object]) -> None:
    for piece in PIECES:
        short, long = (
            min(_taken(read, (piece * length)[:length] + "x") for _ in range(2)) for length in (SHORT, TIMES * SHORT)
        )
        assert long <= MOST * max(short, LEAST), piece


def _taken(read: Callable[[str], object], text: str) -> float:
    _forget()
    began = time.process_time()
    read(text)
    return time.process_time() - began
