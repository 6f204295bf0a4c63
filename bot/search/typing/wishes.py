"""What a question wants done, by the names that papers have for it: a model is made smaller by pruning or distillation.

Only a search asks for these names. A subscription needs each of its words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from bot.search.query import Field, Query, Term
from bot.search.typing.mend import bare

_MAKING = frozenset(("make", "makes", "making", "made", "get", "getting"))
_MODELS = frozenset(
    (
        *("model", "models", "llm", "llms", "vlm", "vlms", "network", "networks", "transformer", "transformers"),
        *("모델", "모델들", "신경망", "네트워크", "트랜스포머"),
    )
)
_RUNNING = _MODELS | frozenset(("inference", "decoding", "추론", "디코딩"))


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of wish: what papers call it, the words that say it, and what it is wished of (anything if `of` is empty).

    `acts` always say it. `qualities` say it directly after what it is wished of, or where something is made: "how do
    smaller models learn" wants no model made smaller. Papers with a name need none of the words `of`.
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
        ("shrink", "compress", "작게", "가볍게"),
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
    for kind, start, end in _said(terms, is_making=is_making):
        others = terms[:start] + terms[end:]
        needed = tuple(term for term in others if bare(term.text) not in kind.of)
        if len(needed) < len(others) if kind.of else others:
            told = kind.english if terms[start].text.isascii() else kind.korean
            return Wish(tuple(map(Term, kind.english + kind.korean)), told, needed)
    return None


def _said(terms: Sequence[Term], *, is_making: bool) -> Iterator[tuple[_Kind, int, int]]:
    """The kinds of wishes that neighbouring terms say, and from where to where."""
    texts = [term.text if term.field is Field.ANY else "" for term in terms]
    for kind, start, length in product(_KINDS, range(len(texts)), (1, 2)):
        said = " ".join(texts[start : start + length])
        is_after = start > 0 and (not kind.of or bare(texts[start - 1]) in kind.of)
        if said in kind.acts or (said in kind.qualities and (is_making or is_after)):
            yield kind, start, start + length
