"""Questions hold what their rule says."""

import pytest

from bench.questions import Asked, questions
from bench.words import Collection
from bot.papers import Bullet, Paper
from tests.builders import paper

WORDS = ("Robust", "Sparse", "Neural", "Graph", "Latent", "Causal", "Modular", "Dense")


def _paper(number: int) -> Paper:
    first, second = WORDS[number % len(WORDS)], WORDS[number // len(WORDS)]
    bullets = (Bullet(f"주제{number}을 분석하고 끝낸다. 환각(Hallucination) 대 그래프(Graph)"),)
    return paper(number, title=f"{first} Case{number} {second} Hallucination", summary=bullets)


PAPERS = {each.arxiv_id: each for each in map(_paper, range(1, 40))}
ITEMS = questions(Collection(list(PAPERS.values())), 1, 10)


@pytest.mark.parametrize("kind", [Asked.ENGLISH, Asked.KOREAN, Asked.TRANSLATED])
def test_a_question_holds_words_of_its_papers_title(kind: Asked) -> None:
    asked = [item for item in ITEMS if item.kind is kind]
    assert len(asked) == 10
    assert len({item.arxiv_id for item in asked}) == 10
    for item in asked:
        assert any(word in item.text for word in PAPERS[item.arxiv_id].title.split())


def test_a_term_is_asked_for_in_korean() -> None:
    assert all("환각" in item.text or "그래프" in item.text for item in ITEMS if item.kind is Asked.TRANSLATED)


def test_the_same_seed_asks_the_same() -> None:
    collection = Collection(list(PAPERS.values()))
    assert questions(collection, 1, 5) == questions(collection, 1, 5) != questions(collection, 2, 5)
