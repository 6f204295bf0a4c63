import pytest

from bot.foryou.terms import terms_of, written_in
from bot.papers import Bullet, Text
from bot.search.analysis import BRIDGE
from tests.builders import paper


def test_an_author_is_one_term_whatever_the_order_of_the_names() -> None:
    one, other = paper(authors=("Yuandong Tian",)), paper(authors=("Tian, Yuandong",))
    assert terms_of(one)["@tian yuandong"] == terms_of(other)["@tian yuandong"] == ("tian", "yuandong")


def test_a_single_name_may_be_anybodys() -> None:
    assert not [term for term in terms_of(paper(authors=("Kim", "GPT-4 team"))) if term == "@kim"]


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (f"강화 {BRIDGE}화학 학습", "강화학습"),
        ("lora", "LoRA"),
        ("@kim mina", "Mina Kim"),
        ("gone", ""),
        ("@doe jane", ""),
    ],
)
def test_a_term_is_shown_as_the_paper_writes_it(term: str, written: str) -> None:
    one = paper(title="A LoRA for Korean", summary=(Bullet("강화학습을 다룹니다."),), authors=("Mina Kim",))
    assert written_in(one, term) == written


def test_the_words_of_all_texts_are_terms() -> None:
    one = paper(summary=(), texts=(Text("en", (Bullet("We train quantised adapters."),)),))
    assert "adapt" in terms_of(one)
    assert written_in(one, "adapt") == "adapters"


def test_a_link_is_no_term() -> None:
    assert not {"http", "https"} & terms_of(paper(summary=(Bullet("코드: https://example.org"),))).keys()
