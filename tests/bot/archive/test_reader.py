"""What a page says, by small pages of our own: one for each habit of the real ones."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from bot.archive.reader import decode, is_page, path_date, read_file, read_page
from bot.errors import PageError
from bot.papers import Bullet, Listing, Paper
from tests.bot.archive.small_pages import DAY, HEADING, read_listing, read_summary, remarks


def test_a_page_in_the_newest_form() -> None:
    page = read_page(
        DAY
        + HEADING
        + "\n![](https://img.test/a.png)\n\nVote: 12\n\nAuthors: ['Ann O\\'Hara', \"Bo D'Or\"]\n\n"
        + "- ***What's New***: x\n"
    )
    assert page.day.date == date(2024, 2, 7)
    assert page.remarks == ()
    assert page.day.listings == (
        Listing(
            Paper(
                "2402.03620",
                "A Title",
                authors=("Ann O'Hara", "Bo D'Or"),
                image="https://img.test/a.png",
                summary=(Bullet("x", "What's New"),),
            ),
            votes=12,
        ),
    )


def test_a_day_without_papers_is_a_day() -> None:
    assert read_page(DAY).day.listings == ()


def test_papers_keep_the_order_of_the_page() -> None:
    text = DAY + HEADING + HEADING.replace("03620", "00001")
    assert [listing.paper.arxiv_id for listing in read_page(text).day.listings] == ["2402.03620", "2402.00001"]


# -- headings


def test_a_heading_right_after_a_bullet() -> None:
    text = DAY + HEADING + "- a\n" + HEADING.replace("03620", "00001") + "- b\n"
    first, second = read_page(text).day.listings
    assert first.paper.summary == (Bullet("a"),)
    assert second.paper.summary == (Bullet("b"),)


@pytest.mark.parametrize(
    "title",
    [
        "[Brackets] and (parentheses)",
        "A*: *Search* and __init__",
        "$\\nabla^2$DFT: $\\textit{T}_{x}$ `code` <b>",
        "A](B",
        "See [1](https://arxiv.org/abs/2401.00001) again",
        "# 1. - not a list",
    ],
)
def test_titles_are_literal(title: str) -> None:
    paper = read_listing("", f"### [{title}](https://arxiv.org/abs/2402.03620)\n").paper
    assert (paper.title, paper.arxiv_id) == (title, "2402.03620")


@pytest.mark.parametrize(
    ("url", "arxiv_id"),
    [
        ("https://arxiv.org/abs/2402.03620", "2402.03620"),
        ("http://www.arxiv.org/abs/2402.03620v2", "2402.03620"),
        ("https://arxiv.org/pdf/2402.03620v1.pdf", "2402.03620"),
        ("https://arxiv.org/abs/0704.0001", "0704.0001"),
        ("https://arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://arxiv.org/abs/math.GT/0309136v1", "math.GT/0309136"),
        ("https://huggingface.co/papers/2402.03620", "2402.03620"),
        ("https://arxiv.org/abs/2402.03620?context=cs", "2402.03620"),
    ],
)
def test_links(url: str, arxiv_id: str) -> None:
    assert read_listing("", f"### [T]({url})\n").paper.arxiv_id == arxiv_id


@pytest.mark.parametrize(
    "heading", ["#### [T](https://arxiv.org/abs/2402.03620)", "###[T](https://arxiv.org/abs/2402.03620)"]
)
def test_headings_of_another_shape(heading: str) -> None:
    assert read_listing("", heading).paper.title == "T"


def test_a_wrapped_title() -> None:
    assert read_listing("", "### [A Long\n  Title](https://arxiv.org/abs/2402.03620)\n").paper.title == "A Long Title"


def test_words_after_the_link_are_remarked() -> None:
    assert remarks(DAY + HEADING.rstrip() + " (new)\n") == [
        (3, "left out: what follows the link in the paper's heading")
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "### A title without link",
        "### [A](https://example.com/2402.03620)",
        "### [A](https://arxiv.org/abs/24.1)",
        f"### [A](https://arxiv.org/abs/{'a' * 90}/9901001)",
        "### [A title that never ends",
        "### [A title that never ends\n\nVote: 3",
        "### [A title that never ends\n### [B](https://arxiv.org/abs/2402.00001)",
        "### A (https://arxiv.org/abs/2402.03620)",
        "### ",
    ],
)
def test_a_paper_without_a_link_stops_the_page(heading: str) -> None:
    with pytest.raises(PageError, match="no link to arXiv") as caught:
        read_page(DAY + HEADING.replace("03620", "00009") + heading)
    assert caught.value.line == 4


def test_a_paper_without_a_title_stops_the_page() -> None:
    with pytest.raises(PageError, match="no title") as caught:
        read_page(DAY + "### [ ](https://arxiv.org/abs/2402.03620)")
    assert caught.value.line == 3


def test_a_paper_listed_twice_counts_once() -> None:
    text = DAY + HEADING + "Vote: 1\n" + HEADING + "Vote: 2\n"
    (listing,) = read_page(text).day.listings
    assert listing.votes == 1
    assert remarks(text) == [(5, "left out: 2402.03620 is listed twice on this page, the first counts")]


def test_the_days_heading_twice_merges_the_parts() -> None:
    page = read_page(DAY + HEADING + "- a\n\n" + DAY + HEADING.replace("03620", "00001"))
    assert [listing.paper.arxiv_id for listing in page.day.listings] == ["2402.03620", "2402.00001"]
    assert page.remarks == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "no day's heading"),
        ("# Notes\n\ntext", 1, "no day's heading"),
        ("\n## Daily Papers (2024-02-30)", 2, "2024-02-30 does not exist"),
        ("## Daily Papers", 1, "has no date"),
        (HEADING, 1, "before the day's heading"),
        (DAY + "## Daily Papers (2024-02-08)", 3, "two dates on one page"),
        (DAY + HEADING + "- a\x00b", 4, "NUL"),
        (DAY + HEADING + "- a\ud800b", 4, "surrogate"),
    ],
)
def test_pages_that_cannot_be_read(text: str, line: int, message: str) -> None:
    with pytest.raises(PageError, match=message) as caught:
        read_page(text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "heading", ["# Daily Papers (2024-02-07)", "## Papers of the day (2024-02-07)", "## Daily Papers: 2024/2/7"]
)
def test_day_headings_of_another_shape(heading: str) -> None:
    assert read_page(heading).day.date == date(2024, 2, 7)


def test_a_title_above_the_days_heading_is_remarked() -> None:
    assert remarks("# Daily Papers\n" + DAY) == [(1, "left out: the line stands before the first paper")]


def test_lines_before_the_first_paper_are_remarked() -> None:
    assert remarks("Hello\n" + DAY + "Vote: 3\n") == [
        (1, "left out: the line stands before the first paper"),
        (4, "left out: the line stands before the first paper"),
    ]


# -- files


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_byte_order_mark_and_missing_last_newline(line_end: str, mark: str) -> None:
    text = (DAY + HEADING + "Vote: 2\n\n- a\n- b").replace("\n", line_end)
    (listing,) = read_page(mark + text).day.listings
    assert listing.votes == 2
    assert listing.paper.summary == (Bullet("a"), Bullet("b"))


def test_decomposed_hangul_is_stored_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "한글")
    listing = read_listing(
        f"Authors: {decomposed}\n- **{decomposed}**: {decomposed}\n",
        f"### [{decomposed}](https://arxiv.org/abs/2402.03620)\n",
    )
    assert listing.paper == Paper("2402.03620", "한글", authors=("한글",), summary=(Bullet("한글", "한글"),))


def test_text_is_on_one_line_whatever_breaks_lines() -> None:
    assert read_summary("- a\u2028b\x0bc\x85d") == (Bullet("a b c d"),)


def test_a_file_whose_path_says_another_date(tmp_path: Path) -> None:
    path = tmp_path / "2024" / "02" / "08.md"
    path.parent.mkdir(parents=True)
    path.write_text("\n" + DAY, encoding="utf-8")
    page = read_file(path)
    assert page.day.date == date(2024, 2, 7)
    assert [(remark.line, remark.message) for remark in page.remarks] == [
        (2, "the path says 2024-02-08, the heading 2024-02-07: the heading wins")
    ]


def test_path_dates() -> None:
    assert path_date(Path("x/2024/02/08.md")) == date(2024, 2, 8)
    assert path_date(Path("x/2024/02/30.md")) is None
    assert path_date(Path("x/notes.md")) is None


def test_bytes_that_are_not_utf8_are_named_with_their_line() -> None:
    with pytest.raises(PageError, match="byte 0xff") as caught:
        decode("## 한\r\n\r\n".encode() + b"a\xff")
    assert caught.value.line == 3
    assert decode(b"\xef\xbb\xbf#") == "\ufeff#"


def test_what_is_a_page() -> None:
    assert is_page(DAY)
    assert is_page("\n\n## Daily Papers (2024-02-30)\n")
    assert not is_page("# Daily Papers\n\n## Daily Papers (2024-01-01)\n")
    assert not is_page("## Daily Papers\n")
    assert not is_page("# Licence\n\n## Daily Papers (2024-01-01)\n")
    assert not is_page("no heading")
