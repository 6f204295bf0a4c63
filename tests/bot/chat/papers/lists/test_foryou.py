import pytest

from bot.chat.papers.lists.foryou import why_text
from bot.chat.papers.rows import WORDS
from bot.chat.text.escape import utf16_len
from bot.foryou.model import Why
from bot.locale import Language, catalogue


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("GLoRe: When, Where, and How", "GLoRe"),
        (": When, Where", ": When, Where"),
        ("A Title without a Colon", "A Title without a Colon"),
        ("A Very Long Name before the Colon of a Title: With More", "A Very Long Name before the Colon of a…"),
    ],
)
def test_a_paper_is_called_as_people_call_it(title: str, said: str) -> None:
    assert f"“{said}”" in why_text(Why(title, 0, ("RLHF",)), catalogue(Language.EN))


def test_korean_words_are_for_those_who_read_korean_if_there_are_others() -> None:
    why = Why("GLoRe", 2, ("강화학습", "RLHF"))
    assert why_text(why, catalogue(Language.KO)).endswith("강화학습, RLHF")
    for language in (Language.EN, Language.JA):
        assert why_text(why, catalogue(language)).endswith("RLHF")
        assert "강화학습" not in why_text(why, catalogue(language))
        assert why_text(Why("GLoRe", 2, ("강화학습",)), catalogue(language)).endswith("강화학습")


def test_what_others_wrote_stands_as_text_and_fits() -> None:
    for language in Language:
        text = why_text(Why("**" * 100, 999, ("[a](https://evil.example)", "_" * 500)), catalogue(language))
        assert r"\[a\](https\:" in text
        assert utf16_len(text) <= WORDS
        query = why_text(Why(query="`" * 200), catalogue(language))
        assert utf16_len(query) <= WORDS
