import pytest

from bot.search.query import parse
from bot.search.typing.fillers import without_fillers
from bot.search.typing.wishes import Wish, wish_of


def wished(question: str) -> Wish | None:
    asked = parse(question)
    return wish_of(asked, without_fillers(asked))


@pytest.mark.parametrize(
    ("question", "name", "others"),
    [
        ("how do I make a model smaller", "pruning", []),
        ("how can networks be made lighter", "knowledge distillation", []),
        ("what are ways to make neural networks smaller?", "pruning", []),
        ("how to reduce the size of a model", "pruning", []),
        ("how do I reduce model size!", "pruning", []),
        ("how to shrink a diffusion model", "model compression", ["diffusion"]),
        ("how to run models faster on phones", "speculative decoding", ["run", "phones"]),
        ("how to speed up training", "acceleration", ["training"]),
        ("how to make video generation faster", "acceleration", ["video", "generation"]),
        ("how do I get cheaper inference", "low cost", ["inference"]),
        ("모델을 작게 만드는 방법", "pruning", []),
        ("확산 모델을 더 가볍게 만들려면 어떻게 하나요", "모델 압축", ["확산"]),
        ("딥러닝 모델을 빠르게 하려면 어떻게 하나요?", "추측 디코딩", []),
        ("추론을 빠르게 하는 방법", "추측 디코딩", []),
        ("학습을 빠르게 하는 방법", "가속", ["학습을"]),
        ("학습을 저렴하게 하려면 어떻게 하나요", "비용 절감", ["학습을"]),
        ("how to make a model smaller -vision", "pruning", []),
    ],
)
def test_a_question_of_how_to_do_it_asks_for_the_methods_by_name(question: str, name: str, others: list[str]) -> None:
    wish = wished(question)
    assert wish is not None
    assert name in [term.text for term in wish.names]
    assert [term.text for term in wish.others] == others


@pytest.mark.parametrize(
    "question",
    [
        "how do smaller models learn",
        "how do vision models learn with smaller data",
        "how do I make a house smaller",
        "how to be faster",
        "how to speed training",
        "what size has the largest model",
        "집을 작게 만드는 방법",
        "빠르게 하는 방법",
        "papers about small language models",
        'how to make a "model smaller"',
        "how to make a title:smaller model",
    ],
)
def test_other_questions_want_nothing_done_to_their_subject(question: str) -> None:
    assert wished(question) is None


@pytest.mark.parametrize(
    ("question", "told"), [("how to make a model smaller", "pruning"), ("모델을 작게 하는 법", "가지치기")]
)
def test_the_names_are_told_in_the_language_of_the_question(question: str, told: str) -> None:
    wish = wished(question)
    assert wish is not None
    assert told in wish.told
    assert len({name.isascii() for name in wish.told}) == 1
