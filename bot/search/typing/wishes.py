"""What a question wants done, by the names that papers have for it: a model is made smaller by pruning or distillation.

Only a search asks for these names. A subscription needs each of its words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.search.query import Field, Query, Term
from bot.search.typing.fillers import without_marks
from bot.search.typing.mend import bare

_MAKING = frozenset(("make", "makes", "making", "made", "get", "getting"))
_MODELS = frozenset(
    (
        *("model", "models", "llm", "llms", "vlm", "vlms", "network", "networks", "transformer", "transformers"),
        *("neural", "ai", "모델", "모델들", "신경망", "네트워크", "트랜스포머", "딥러닝", "인공지능"),
    )
)
_RUNNING = _MODELS | frozenset(("inference", "decoding", "추론", "디코딩"))


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of wish: what papers call it, the words that say it, and what it is wished of (anything if `of` is empty).

    `acts` always say it, where all their words are there. `qualities` say it directly after what it is wished of, or
    where something is made: "how do smaller models learn" wants no model made smaller. Papers with a name need none of
    the words `of`.
    """

    english: tuple[str, ...]
    korean: tuple[str, ...]
    acts: tuple[str, ...]
    qualities: tuple[str, ...]
    of: frozenset[str] = frozenset()


_QUICKLY, _QUICKER = ("speed up", "빠르게", "빨리"), ("faster", "quicker")
_KINDS = (
    _Kind(
        # Not quantization and distillation alone: most of it makes codes of pictures, or data.
        ("model compression", "pruning", "knowledge distillation", "post-training quantization", "low-bit"),
        ("모델 압축", "가지치기", "지식 증류", "사후 양자화", "모델 양자화", "가중치 양자화"),
        ("shrink", "compress", "reduce size", "작게", "가볍게"),
        ("smaller", "lighter"),
        _MODELS,
    ),
    _Kind(
        ("acceleration", "speculative decoding", "speculative sampling"),
        ("추론 가속", "추측 디코딩", "추론 속도"),
        _QUICKLY,
        _QUICKER,
        _RUNNING,
    ),
    _Kind(("acceleration",), ("가속", "속도 향상"), _QUICKLY, _QUICKER),
    _Kind(
        ("low cost", "cost effective", "cost efficient"),
        ("저비용", "비용 절감", "비용 효율적"),
        ("싸게", "저렴하게"),
        ("cheaper",),
    ),
)


_WORDS = frozenset(word for kind in _KINDS for said in kind.acts + kind.qualities for word in said.split())


@dataclass(frozen=True, slots=True)
class Wish:
    """The names that papers have for what is wanted, and the other words of the question that papers must have.

    `told` are the names in the question's language.
    """

    names: tuple[Term, ...]
    told: tuple[str, ...]
    others: tuple[Term, ...]


def wish_of(asked: Query, subject: Query) -> Wish | None:
    """What a question wants done; None if nothing. `subject` is the question without its filler words."""
    is_making = any(term.text in _MAKING for term in asked.terms)
    terms = [term for term in subject.terms if not term.excluded and term.text not in _MAKING]
    words = [without_marks(term.text) if term.field is Field.ANY else "" for term in terms]
    for kind in _KINDS:
        said = _said(kind, words, is_making=is_making)
        others = [index for index in range(len(terms)) if index not in said]
        needed = tuple(terms[index] for index in others if bare(words[index]) not in kind.of)
        if said and (len(needed) < len(others) if kind.of else others):
            told = kind.english if words[min(said)].isascii() else kind.korean
            return Wish(tuple(map(Term, kind.english + kind.korean)), told, needed)
    return None


def says_wish(word: str) -> bool:
    """Whether a word of a question says a kind of wish, alone or with others, of whatever it is wished."""
    return without_marks(word) in _WORDS


def _said(kind: _Kind, words: Sequence[str], *, is_making: bool) -> set[int]:
    """Which of the words say a kind of wish."""
    for act in map(str.split, kind.acts):
        if set(act) <= set(words):
            return set(map(words.index, act))
    for index, word in enumerate(words):
        is_after = index > 0 and (not kind.of or bare(words[index - 1]) in kind.of)
        if word in kind.qualities and (is_making or is_after):
            return {index}
    return set()
