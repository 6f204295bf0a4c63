"""What a page says, by small pages of our own: one for each habit of the real ones."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from bot.archive.reader import decode, is_page, path_date, read_file, read_page
from bot.errors import PageError
from bot.papers import Bullet, Listing, Paper

DAY = "## Daily Papers (2024-02-07)\n\n"
HEADING = "### [A Title](https://arxiv.org/abs/2402.03620)\n"


def read_listing(lines: str, heading: str = HEADING) -> Listing:
    """The only paper of a page made of the heading and `lines`."""
    (listing,) = read_page(DAY + heading + lines).day.listings
    return listing


def read_paper(lines: str) -> Paper:
    return read_listing(lines).paper


def read_summary(lines: str) -> tuple[Bullet, ...]:
    return read_paper(lines).summary


def remarks(text: str) -> list[tuple[int, str]]:
    return [(remark.line, remark.message) for remark in read_page(text).remarks]


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


# -- summaries


@pytest.mark.parametrize(
    ("line", "bullet"),
    [
        ("- plain: text", Bullet("plain: text")),
        ("- **What's New**: text", Bullet("text", "What's New")),
        ("- ***What's New***: text", Bullet("text", "What's New")),
        ("- **What's New:** text", Bullet("text", "What's New")),
        ("- **What’s New** : text", Bullet("text", "What’s New")),
        ("-**Website**: text", Bullet("text", "Website")),
        ("- **비전 인코더 (Vision Encoder)**: 글", Bullet("글", "비전 인코더 (Vision Encoder)")),
        ("- **Dataset**:", Bullet("", "Dataset")),
        ("- **Bold** words: no heading", Bullet("**Bold** words: no heading")),
        ("- **: no name", Bullet("**: no name")),
        ("- **A**: **B**: c", Bullet("**B**: c", "A")),
        ("* starred", Bullet("starred")),
        ("3. numbered", Bullet("numbered", number=3)),
        ("-", None),
    ],
)
def test_one_bullet(line: str, bullet: Bullet | None) -> None:
    assert read_summary(line) == ((bullet,) if bullet else ())


def test_nested_bullets() -> None:
    assert read_summary("- a\n  - b\n    - c\n  - d\n- e") == (
        Bullet("a", children=(Bullet("b", children=(Bullet("c"),)), Bullet("d"))),
        Bullet("e"),
    )


def test_bullets_indented_by_tabs() -> None:
    assert read_summary("- a\n\t- b") == (Bullet("a", children=(Bullet("b"),)),)


@pytest.mark.parametrize("marks", ["1. {}\n2. {}", "1) {}\n2) {}", "  1. {}\n  2. {}"])
def test_numbered_lines_belong_to_the_bullet_above(marks: str) -> None:
    numbered = marks.format("**Tokenizer**: b", "c")
    assert read_summary(f"- **Details**: a\n{numbered}\n- d") == (
        Bullet("a", "Details", children=(Bullet("b", "Tokenizer", number=1), Bullet("c", number=2))),
        Bullet("d"),
    )


def test_a_numbered_list_of_its_own() -> None:
    assert read_summary("1. a\n2. b\n   - c") == (
        Bullet("a", number=1),
        Bullet("b", number=2, children=(Bullet("c"),)),
    )


def test_a_wrapped_bullet_is_one_bullet() -> None:
    text = DAY + HEADING + "- one\ntwo\n  three\n2024. was a year\n- four"
    page = read_page(text)
    assert page.day.listings[0].paper.summary == (Bullet("one two three 2024. was a year"), Bullet("four"))
    assert page.remarks == ()


def test_text_wraps_the_innermost_bullet() -> None:
    assert read_summary("- a\n  - b\n    more") == (Bullet("a", children=(Bullet("b more"),)),)


def test_text_after_an_empty_line_belongs_to_the_bullet_above_and_is_remarked() -> None:
    text = DAY + HEADING + "- one\n\nx=log10(y)\n"
    assert read_page(text).day.listings[0].paper.summary == (Bullet("one x=log10(y)"),)
    assert remarks(text) == [(6, "kept as part of the bullet above: 'x=log10(y)'")]


def test_text_without_a_bullet_above_is_kept_and_remarked() -> None:
    text = DAY + HEADING + "A paragraph.\nIts end.\n"
    assert read_page(text).day.listings[0].paper.summary == (Bullet("A paragraph. Its end."),)
    assert remarks(text) == [(4, "kept as a bullet of its own: 'A paragraph.'")]


def test_foreign_markup_is_left_out_and_remarked() -> None:
    text = DAY + HEADING + "<br>\n"
    assert read_page(text).day.listings[0].paper.summary == ()
    assert remarks(text) == [(4, "left out, not a line of a page: '<br>'")]


def test_rules_between_papers_say_nothing() -> None:
    assert read_page(DAY + HEADING + "- a\n\n---\n\n***\n").remarks == ()


def test_nesting_has_a_bottom() -> None:
    deep = "\n".join("  " * depth + "- x" for depth in range(1200))
    (bullet,) = read_summary(deep)
    depth = 1
    while bullet.children:
        bullet, depth = bullet.children[0], depth + 1
    assert depth == 6


# -- facts


@pytest.mark.parametrize(
    ("line", "votes"),
    [("Vote: 0", 0), ("Vote: 17", 17), ("Vote:  17  ", 17), ("Vote: -", None), ("Vote:", None), ("", None)],
)
def test_votes(line: str, votes: int | None) -> None:
    assert read_listing(line).votes == votes


@pytest.mark.parametrize("value", ["many", "-3", "1.5", "٣", "12345678901234567890", "3 4"])
def test_a_vote_that_is_no_number_stops_the_page(value: str) -> None:
    with pytest.raises(PageError, match="no number") as caught:
        read_page(DAY + HEADING + f"\nVote: {value}\n")
    assert caught.value.line == 5


@pytest.mark.parametrize(
    ("line", "authors", "more"),
    [
        ("", (), False),
        ("Authors:", (), False),
        ("Authors: []", (), False),
        ("Authors: Ann, Bo", ("Ann", "Bo"), False),
        ("Authors: Ann, +, Bo", ("Ann", "Bo"), True),
        ("Authors: +", (), True),
        ("Authors: Ann,, Bo,", ("Ann", "Bo"), False),
        ("Authors: Ann, Bo, Ann", ("Ann", "Bo", "Ann"), False),
        ("Authors: ['Ann, Jr.', '+']", ("Ann, Jr.",), True),
        ("Authors: ['Ann\\xa0B', 'C\\\\d', 'E\\nF', 'G\\x00']", ("Ann\xa0B", "C\\d", "E F", "G\\x00"), False),
        ("Authors: ['Ann', Bo]", ("['Ann'", "Bo]"), False),
        ("Authors: C++ Team", ("C++ Team",), False),
    ],
)
def test_authors(line: str, authors: tuple[str, ...], more: bool) -> None:  # noqa: FBT001 - a column of the table
    paper = read_paper(line)
    assert (paper.authors, paper.more_authors) == (authors, more)


@pytest.mark.parametrize(
    ("line", "image"),
    [
        ("![](https://img.test/a.png)", "https://img.test/a.png"),
        ("![](/avatars/a.svg)", "/avatars/a.svg"),
        ("![alt](https://img.test/a(1).png)", "https://img.test/a(1).png"),
        ('![](https://img.test/a.png "words")', "https://img.test/a.png"),
        ('<img src="https://img.test/a.png">', "https://img.test/a.png"),
        ("![]()", None),
    ],
)
def test_images(line: str, image: str | None) -> None:
    paper = read_paper(line)
    assert (paper.image, paper.video, paper.summary) == (image, None, ())


@pytest.mark.parametrize(
    "lines",
    [
        "[Watch Video](/a.mp4)",
        "[Watch Video]/a.mp4",
        '[Watch Video](/a.mp4)\n<div><video controls src="/a.mp4" muted="false"></video></div>',
        "[Watch Video]()\n<div><video controls src='/a.mp4'></video></div>",
        "<video src='/a.mp4'></video>",
        '<video controls>\n<source src="/a.mp4">\n</video>',
    ],
)
def test_videos(lines: str) -> None:
    paper = read_paper(lines)
    assert (paper.video, paper.image, paper.summary) == ("/a.mp4", None, ())


def test_a_picture_beside_a_video() -> None:
    paper = read_paper("![](/a.png)\n\n[Watch Video](/a.mp4)\n")
    assert (paper.image, paper.video) == ("/a.png", "/a.mp4")


def test_a_second_picture_is_left_out_and_remarked() -> None:
    text = DAY + HEADING + "![](/a.png)\n![](/b.png)\n"
    assert read_page(text).day.listings[0].paper.image == "/a.png"
    assert remarks(text) == [(5, "left out, not a line of a page: '![](/b.png)'")]


def test_facts_may_follow_the_summary_but_not_inside_a_bullet() -> None:
    listing = read_listing("- a\n  Vote: many\n\nVote: 3\nAuthors: Ann\n")
    assert listing.votes == 3
    assert listing.paper.authors == ("Ann",)
    assert listing.paper.summary == (Bullet("a Vote: many"),)


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
