import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.papers.rows import WORDS, bold, papers_list, passage_text
from bot.locale import Language, catalogue
from bot.papers import Appearance, Bullet, Listing, Paper, Text
from bot.search.passage import Piece, asked_of
from bot.search.query import parse
from tests.bot.chat.checks import OURS, assert_fits, assert_safe, units
from tests.bot.chat.hostile import days, few, papers, texts
from tests.bot.chat.markup import read
from tests.builders import FRIDAY, paper

EN = catalogue(Language.EN)


def of(query: str, *bullets: str, abstract: str = "") -> str:
    found = Appearance(FRIDAY, Listing(paper(summary=tuple(map(Bullet, bullets)))), abstract)
    return passage_text(found, asked_of(parse(query).terms))


@pytest.mark.parametrize(
    ("query", "bullet", "expected"),
    [
        ("강화학습", "이 논문은 강화 학습을 다룹니다.", "이 논문은 **강화 학습**을 다룹니다."),
        ("models", "A_model of *two* models.", r"A\_**model** of two **models**."),
        ("a*", "A* 탐색", r"**A\*** 탐색"),
        ("https", "see https://a.bc", r"see **https**\://a.bc"),
        ("smile", ":smile:", r"\:**smile**:"),
        ("everyone", "@everyone reads", "@**everyone** reads"),
        ("1", "1. one", r"**1**. one"),
    ],
)
def test_what_matched_is_bold_and_the_rest_is_literal(query: str, bullet: str, expected: str) -> None:
    assert of(query, bullet) == expected


def test_the_first_bullet_is_shown_where_only_the_title_matches() -> None:
    assert of("title:number", "하나입니다. 둘입니다.", "셋입니다.") == "하나입니다."


def test_a_passage_may_come_from_the_abstract() -> None:
    abstract = "We count. Hallucinations vanish."
    assert of("hallucination", "One line.", abstract=abstract) == "**Hallucinations** vanish."
    assert of("line", "One line.", abstract=abstract) == "One **line**."
    assert of("line", "A line.", abstract="A line.") == "A **line**."


@pytest.mark.parametrize(
    ("query", "language", "expected"),
    [
        ("강화학습", Language.KO, "**강화학습**을 다룹니다."),
        ("agents", Language.KO, "It trains **agents**."),
        ("agents", Language.EN, "It trains **agents**."),
        ("강화학습", Language.EN, "**강화학습**을 다룹니다."),
        ("강화학습 agents", Language.KO, "**강화학습**을 다룹니다."),
        ("강화학습 agents", Language.EN, "It trains **agents**."),
        ("title:number", Language.EN, "It trains agents."),
    ],
)
def test_a_passage_is_in_the_readers_language_if_that_matched(query: str, language: Language, expected: str) -> None:
    texts = (Text("en", (Bullet("It trains agents."),)),)
    found = Appearance(FRIDAY, Listing(paper(summary=(Bullet("강화학습을 다룹니다."),), texts=texts)), "An abstract.")
    asked = asked_of(parse(query).terms)
    (embed,) = papers_list([found], catalogue(language), heading="h", words=lambda one: passage_text(one, asked)).embeds
    assert (embed.description or "").split("\n")[1] == expected


@few
@given(papers, days, st.lists(texts, max_size=3).map(" ".join) | st.sampled_from(["a", "가나다", "* _ `", "https a b"]))
def test_nothing_in_a_passage_is_markup_of_its_own(any_paper: Paper, day: object, query: str) -> None:
    asked = asked_of(parse(query).terms)
    text = passage_text(Appearance(FRIDAY, Listing(any_paper), query), asked)
    assert units(text) <= WORDS
    reading = read(text)
    assert set(reading.kinds) <= {"bold"}
    message = papers_list(
        [Appearance(FRIDAY, Listing(any_paper, 3))] * 5, EN, heading=query, words=lambda one: passage_text(one, asked)
    )
    assert_fits(message)
    assert_safe(message)
    assert "**5.** [" in (message.embeds[0].description or "")


@few
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=4))
@example([("https:", "//a.bc"), ("*", "*")])
@example([("<@", "1"), (">", "x"), ("disc", "ord.gg"), ("/abc", "d")])
def test_bold_runs_change_nothing_of_what_is_read(drawn: list[tuple[str, str]]) -> None:
    pieces = [piece for before, word in drawn for piece in (Piece(before), Piece(word, matched=word.isalnum()))]
    reading = read(bold(pieces))
    assert set(reading.kinds) <= {"bold"} <= OURS
