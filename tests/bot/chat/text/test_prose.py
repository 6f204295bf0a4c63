import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.text.escape import width
from bot.chat.text.prose import (
    authors_line,
    first_words,
    gist,
    language_note,
    linked_title,
    some_authors,
    summary_text,
    title,
)
from bot.locale import Language, catalogue
from bot.papers import Bullet, Paper
from tests.bot.chat.checks import OURS, units
from tests.bot.chat.hostile import papers
from tests.bot.chat.markup import read

KO, EN = catalogue(Language.KO), catalogue(Language.EN)
NAMES = ("Ada", "Grace", "Edith", "Mary")
MANY = tuple(f"Author {number}" for number in range(1236))


@pytest.mark.parametrize(
    ("authors", "more", "korean", "english"),
    [
        ((), False, "", ""),
        (("", "\x00"), True, "", ""),
        (("Ada",), False, "Ada", "Ada"),
        (("Ada", "Grace"), False, "Ada, Grace", "Ada, Grace"),
        (NAMES, False, "Ada, Grace 외 2명", "Ada, Grace and 2 more"),
        (NAMES, True, "Ada, Grace 외 여러 명", "Ada, Grace and others"),
        (("Ada",), True, "Ada 외 여러 명", "Ada and others"),
        (MANY, False, "Author 0, Author 1 외 1,234명", "Author 0, Author 1 and 1,234 more"),
    ],
)
def test_authors_in_order(authors: tuple[str, ...], more: bool, korean: str, english: str) -> None:  # noqa: FBT001  drawn from a table
    paper = Paper("2402.1", "t", authors, more, ordered=True)
    assert authors_line(paper, KO) == korean
    assert authors_line(paper, EN) == english


def test_authors_in_no_known_order_are_not_told_as_the_first_ones() -> None:
    assert authors_line(Paper("2402.1", "t", NAMES), EN) == "Ada, Grace and others"
    assert authors_line(Paper("2402.1", "t", NAMES), KO) == "Ada, Grace 외 여러 명"
    assert authors_line(Paper("2402.1", "t", NAMES[:2]), EN) == "Ada, Grace"


def test_a_name_stands_once() -> None:
    twice = Paper("2402.1", "t", ("Jos\\'e  Ruiz", "Ada", "JOSÉ RUIZ", "Ada", "Grace"), ordered=True)
    assert authors_line(twice, EN) == "José Ruiz, Ada and 1 more"
    assert some_authors(twice, EN, 1024) == "José Ruiz, Ada, Grace"


def test_eight_authors_are_named_and_the_others_counted() -> None:
    assert some_authors(Paper("2402.1", "t", NAMES), EN, 1024) == "Ada, Grace, Edith, Mary"
    assert some_authors(Paper("2402.1", "t", MANY[:8]), EN, 1024) == ", ".join(MANY[:8])
    assert some_authors(Paper("2402.1", "t", MANY[:70]), EN, 1024) == ", ".join(MANY[:8]) + " and 62 more"
    cut = Paper("2402.1", "t", NAMES, more_authors=True)
    assert some_authors(cut, EN, 1024) == ", ".join(NAMES) + " and others"


def test_long_names_that_need_escapes_fit() -> None:
    told = some_authors(Paper("2402.1", "t", tuple(f"{number}{'_' * 70}" for number in range(70))), KO, 1024)
    assert 0 < units(told) <= 1024
    assert told.endswith("명")


def test_headings_are_bold_and_nested_bullets_stand_back() -> None:
    summary = (
        Bullet("A *new* thing.", heading="What's New", children=(Bullet("first"),)),
        Bullet("plain **marked** words", children=(Bullet("inner", children=(Bullet("deep"),)),)),
        Bullet("third", number=3),
    )
    assert summary_text(Paper("2402.1", "t", summary=summary), 4096, EN).split("\n") == [
        "**What's New** A new thing.",
        "- first",
        "- plain marked words",
        "  - inner",
        "    - deep",
        "3. third",
    ]


def test_a_long_heading_is_cut() -> None:
    paper = Paper("2402.1", "t", summary=(Bullet("", heading="word " * 100),))
    assert units(summary_text(paper, 4096, EN)) == 100 + units("****")


def test_stars_that_mark_nothing_stay() -> None:
    paper = Paper("2402.1", "t", summary=(Bullet("A* and 2**3 and B*"),))
    assert summary_text(paper, 100, EN) == r"- A\* and 2\*\*3 and B\*"


def test_a_summary_ends_at_a_whole_bullet_or_after_a_sentence() -> None:
    sentence = "한 문장을 여기에 적습니다. "
    paper = Paper("2402.1", "t", summary=(Bullet(sentence * 5), Bullet(sentence * 20)))
    assert summary_text(paper, 100, EN) == f"- {(sentence * 5).strip()} …"
    assert summary_text(paper, 200, EN).endswith("\n- " + (sentence * 7) + "…")


@given(papers, st.integers(0, 1500))
def test_a_summary_fits_and_holds_no_markup_but_ours(paper: Paper, limit: int) -> None:
    text = summary_text(paper, limit, EN)
    assert units(text) <= limit
    assert set(read(text).kinds) <= OURS - {"masked", "small"}


@given(papers)
def test_a_title_is_never_empty(paper: Paper) -> None:
    assert title(paper, 200).strip()


@given(papers)
def test_a_linked_title_is_one_link_within_its_limit(paper: Paper) -> None:
    link = linked_title(paper, 200)
    assert (read(link).kinds, read(link).targets) == (["masked"], [paper.url])
    assert "\\" not in link
    assert units(link) <= 200 + units(f"[]({paper.url})")


def test_a_title_that_shows_nothing_is_the_arxiv_id() -> None:
    assert title(Paper("2402.12345", "\u200b \x00"), 200) == "2402.12345"


def test_a_title_is_cut_within_its_words_though_a_sentence_ends_before() -> None:
    asking = Paper("2402.1", "Do Models Know When They Are Wrong? A Large Study of Forty Languages")
    assert title(asking, 50) == "Do Models Know When They Are Wrong? A Large Study…"


def test_the_first_words_are_the_first_sentence() -> None:
    assert first_words(Paper("2402.1", "t", summary=(Bullet("**One** is done. Two is not."),)), 100) == "One is done."
    assert first_words(Paper("2402.1", "t"), 100) == ""


GLOSSED = "합성 데이터(synthetic data)로 작은 모델(SLM)을 학습합니다."


@pytest.mark.parametrize(
    ("summary", "limit", "expected"),
    [
        ((), 100, ""),
        ((Bullet("첫 문장입니다. 둘째 문장입니다."), Bullet("다음 줄입니다.")), 100, "첫 문장입니다."),
        ((Bullet("배경입니다."), Bullet("새롭습니다.", heading="What’s New")), 100, "새롭습니다."),
        ((Bullet("", heading="What's New", children=(Bullet("안에 있습니다."),)),), 100, "안에 있습니다."),
        ((Bullet(GLOSSED),), 100, GLOSSED),
        ((Bullet(GLOSSED),), 50, "합성 데이터로 작은 모델을 학습합니다."),
        ((Bullet(GLOSSED),), 30, "합성 데이터로 작은 모델을…"),
        ((Bullet("合成データ（synthetic data）で学習します。次です。"),), 30, "合成データで学習します。"),
        ((Bullet("2024년(3월)까지의 표(12%)를 봅니다."),), 26, "2024년까지의 표(12%)를…"),
    ],
)
def test_the_gist_is_one_sentence_that_fits(summary: tuple[Bullet, ...], limit: int, expected: str) -> None:
    assert gist(Paper("2402.1", "t", summary=summary), limit) == expected


@given(papers, st.integers(0, 300))
def test_a_gist_fits(paper: Paper, limit: int) -> None:
    assert width(gist(paper, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "korean", "english"),
    [
        ("이 논문은 모델을 제안합니다.", "", "Summary: Korean"),
        ("This paper proposes a model.", "요약: 영어", ""),
        ("この論文は新しいモデルを提案します。", "요약: 일본어", "Summary: Japanese"),
        ("12.5%", "", ""),
    ],
)
def test_the_language_of_a_summary_is_noted_where_it_is_not_the_readers(text: str, korean: str, english: str) -> None:
    paper = Paper("2402.1", "t", summary=(Bullet(text),))
    assert (language_note(paper, KO), language_note(paper, EN)) == (korean, english)
