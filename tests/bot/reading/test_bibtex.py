import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.papers import Paper
from bot.reading.bibtex import UNCERTAIN, bibliography, entry, key_of
from tests.bot.chat.hostile import few, papers

_FIELD = re.compile(r"^  (\w+) = \{(.*)\},$")


def fields(text: str) -> dict[str, str]:
    """The fields of one entry, as BibTeX reads it: by braces, of which an escaped one is one too."""
    text = text.removeprefix(f"{UNCERTAIN}\n")
    head, *lines, last, end = text.split("\n")
    assert re.fullmatch(r"@misc\{[a-z0-9-]+,", head)
    assert (last, end) == ("}", "")
    found = {}
    for line in lines:
        match = _FIELD.match(line)
        assert match is not None, line
        depth = 0
        for character in match[2]:
            depth += (character == "{") - (character == "}")
            assert depth >= 0, line
        assert depth == 0, line
        found[match[1]] = match[2]
    return found


@given(papers)
def test_any_paper_is_an_entry_with_paired_braces(paper: Paper) -> None:
    text = entry(paper)
    assert fields(text).keys() >= {"title", "year", "eprint", "archivePrefix", "url"}
    assert "```" not in text
    text.encode()


@few
@given(st.lists(papers, max_size=6))
def test_keys_of_a_list_differ(several: list[Paper]) -> None:
    keys = re.findall(r"^@misc\{(.*),$", bibliography(several), re.MULTILINE)
    assert len(keys) == len(set(keys)) == len(several)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Plain Title", "Plain Title"),
        ("50% of R&D, #1_a ~ x^2", r"50\% of R\&D, \#1\_a \textasciitilde{} x\textasciicircum{}2"),
        (r"{b} \c", r"\textbraceleft{}b\textbraceright{} \textbackslash{}c"),
        (r"MVD$^{2}$ and $\mathcal{O}(n)$", r"MVD$^{2}$ and $\mathcal{O}(n)$"),
        ("From $5 to $6", r"From \$5 to \$6"),
        (r"$\{x\}$", r"$\lbrace x\rbrace $"),
        ("$x_{1$", "x1"),
        ("$x_1 % y$", r"$x_1 \% y$"),
        ("```a``` ``b''", "{`}{`}{`}a{`}{`}{`} “b”"),
        (r"\textsc{Foo}: 50\% of \url{https://a.example/b_c}", r"Foo: 50\% of https://a.example/b\_c"),
        (r"Q&amp;A on $X^{*}_{0.6}$ by Schr\"odinger", r"Q\&A on $X^{*}_{0.6}$ by Schrödinger"),
        ("$a &lt; b$ &#36; &#10; x", r"$a < b$ \$ x"),
        ("한국어 제목\n둘째 줄", "한국어 제목 둘째 줄"),
    ],
)
def test_formulas_stay_and_all_else_is_literal(title: str, written: str) -> None:
    assert fields(entry(Paper("2402.12345", title)))["title"] == f"{{{written}}}"


@pytest.mark.parametrize(
    ("authors", "more", "written"),
    [
        (("Ada Lovelace", "김민아"), False, "Ada Lovelace and 김민아"),
        (("Ada Lovelace",), True, "Ada Lovelace and others"),
        (("King, Jr.", "Sand and Sea", "others"), False, "{King, Jr.} and {Sand and Sea} and {others}"),
        (("Anderson Bland",), False, "Anderson Bland"),
        ((r"Erwin Schr\"odinger",), False, "Erwin Schrödinger"),
    ],
)
def test_authors_stay_apart(authors: tuple[str, ...], more: bool, written: str) -> None:  # noqa: FBT001  a case's value
    assert fields(entry(Paper("2402.12345", "T", authors, more)))["author"] == written


def test_the_first_author_is_the_papers_own_where_the_order_is_known() -> None:
    names = ("Tianyu Zheng", "Ge Zhang", "Tianhao Shen", "GE  Zhang")
    text = entry(Paper("2402.14658", "OpenCodeInterpreter", names, ordered=True))
    assert text.startswith("@misc{zheng2024opencodeinterpreter,\n")
    assert fields(text)["author"] == "Tianyu Zheng and Ge Zhang and Tianhao Shen"


def test_an_uncertain_order_is_told_and_nobody_is_called_the_first() -> None:
    text = entry(Paper("2402.14658", "OpenCodeInterpreter", ("Tianhao Shen", "Tianyu Zheng")))
    assert text.startswith(f"{UNCERTAIN}\n@misc{{arxiv2024opencodeinterpreter,\n")
    assert UNCERTAIN not in entry(Paper("2402.14658", "T", ("Tianhao Shen",)))
    assert UNCERTAIN in entry(Paper("2402.14658", "T", ("Tianhao Shen",), more_authors=True))
    assert UNCERTAIN not in entry(Paper("2402.14658", "T"))


def test_without_authors_there_is_no_such_field() -> None:
    assert "author" not in fields(entry(Paper("2402.12345", "T", (), more_authors=True)))


@pytest.mark.parametrize(
    ("arxiv_id", "year"),
    [
        ("2402.12345", "2024"),
        ("0704.0001", "2007"),
        ("hep-th/9901001", "1999"),
        ("math.AG/0601001", "2006"),
        ("math.ag/9108001", "1991"),
    ],
)
def test_the_year_is_that_of_the_id(arxiv_id: str, year: str) -> None:
    found = fields(entry(Paper(arxiv_id, "T")))
    assert (found["year"], found["eprint"]) == (year, arxiv_id)
    assert found["url"] == f"https://arxiv.org/abs/{arxiv_id}"


@pytest.mark.parametrize(
    ("title", "authors", "key"),
    [
        ("Attention Is All You Need", ("Ashish Vaswani",), "vaswani2017attention"),
        ("The $x^2$ Ångström", ("Jörg Müller",), "muller2017angstrom"),
        (r"\textbf{Deep} Cats", (r"J\"org M\"uller",), "muller2017deep"),
        ("두 번째 논문", ("김민아",), "arxiv170603762"),
        ("두 번째 Paper", ("김민아",), "arxiv2017paper"),
    ],
)
def test_the_key_names_author_year_and_word(title: str, authors: tuple[str, ...], key: str) -> None:
    assert key_of(Paper("1706.03762", title, authors)) == key
