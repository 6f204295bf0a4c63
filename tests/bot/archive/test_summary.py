"""How a paper is summarised on a page: one small page for each habit of the real ones."""

import pytest

from bot.archive.reader import read_page
from bot.papers import Bullet
from tests.bot.archive.small_pages import DAY, HEADING, read_summary, remarks


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
