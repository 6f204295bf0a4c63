"""What titles name: words and short phrases that may be a paper's topic."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.latex import readable
from bot.search.analysis import fold, pieces

MOST_WORDS = 4
"""A topic has at most so many words."""

_SHORTEST = 3  # characters
_PART = re.compile(r"[^\s:;,()\[\]{}?!\"“”…—–|/]+|[:;,()\[\]{}?!\"“”…—–|/]")
_ENDS = ".'’*`$&"

_JOINING = (
    "a about across against all among an and any are as at back be been best better between beyond both but by can"
    " could do does each for from get go good has have here how if in into is it its just let made make making more"
    " most need needs no not of on once one only or other our out over own per please really s should so some still"
    " such t than that the their them then there these they this those three through to too toward towards two under"
    " until up upon us use used using via vs was we well what when where whether which while who whose why will with"
    " within without would yet you your"
)
"""Words of language: no topic begins or ends with one."""

_VAGUE = (
    "abilities ability accelerate accelerated accelerating accurate achieve achieving action actions adapt adapting "
    "adaptive advance advanced advances advancing aid aided algorithm algorithms align aligned aligning alternative "
    "analysis analyzing anything application applications approach approaches arbitrary architecture architectures "
    "assessing automated automatic automatically aware balanced balancing based benchmark benchmarking benchmarks "
    "bi big boost boosting bridge bridging bring bringing building capabilities capability capable case challenge "
    "challenges change code collection combining comparison complete complex complexity comprehensive computation "
    "conditional consistency consistent context control controllable controlled controlling cost create creating "
    "creation curated current data database dataset datasets deep demystifying dense design designing detailed "
    "develop developing development difficult direct directly discover discovering distributed diverse diversity "
    "domain driven dual dynamic early easy edit editing effect effective effectively effects efficiency efficient "
    "efficiently emerging empirical empower empowering enable enables enabling end enhance enhanced enhancement "
    "enhancing environment environments error evaluate evaluating evaluation everything evidence examining expand "
    "experience expert experts explicit exploration explore exploring expressive extending extreme extremely "
    "facilitating factors far fast faster feature features feedback fidelity field fine first five flexible flow "
    "fly four framework frameworks free from full fully function functions future gap gaps general generalist "
    "generalizable generalization generalized generate generating generation generic global great group guidance "
    "guide guided guiding harnessing head heads hierarchical high highly holistic human humans hybrid identifying "
    "identity image images impact implementation implicit improve improved improvement improvements improves "
    "improving incorporating independent individual industrial inference information input insights integrate "
    "integrated integrating integration intelligent interaction interactive introducing introduction investigating "
    "investigation iterative joint jointly key know knowledge large late latest layer layers lean learn "
    "learned learning less lessons level leveraging light lightweight limit limitations limits local long look "
    "looking loss losses low machine main manipulation massive matching matter matters measuring mechanism "
    "mechanisms meets method methodology methods minimal mitigating mixed mode model modeling modelling models "
    "modes modular multi multiple natural network networks neural new next novel number object objects offline "
    "online open optimal optimization optimized optimizing order overview pair paper papers parallel parameter part "
    "path perception performance perspective perspectives pipeline policy position power powerful practical "
    "practice precise predicting prediction preserved preserving principled problem problems process processing "
    "progress progressive project prompt properties proposed pure quality quantifying question questions quick rank "
    "rapid rate real recipe reduce reducing reduction reference refined refining relation reliable report "
    "representation representations representing research resolution resource resources response rethinking review "
    "revisit revisiting rich right robust robustness role scalable scale scaled scaling scene scenes scratch search "
    "segment segments self semantic sequence series set shared short simple simulated simulation single six size "
    "small smart soft solution solving source sources space sparse spatial specialized specific speed stable stage "
    "stages state step steps strategies strategy strong stronger structure structured study style subject super "
    "survey synergistic synthesis system systematic systems target task tasks technical technique techniques "
    "temporal test text think thinking three time token tokens tool toolkit toward towards train trained training "
    "transfer transforming trial two ultra understand understanding unified unifying universal unleashing unlock "
    "unlocking unveiling user users variable various versatile via view views vision visual visually way ways weak "
    "weight weights wild wise work world yet zero"
)
"""Words that say nothing of a subject by themselves. But for the next two groups, no phrase begins or ends with one."""

_OPEN_ENDS = (
    "alignment editing experts generation inference learning manipulation matching model modeling models networks"
    " network optimization policy prediction processing representation representations scaling search synthesis tokens"
    " training transfer understanding"
)
"""Vague words with which a phrase may end: "Flow Matching", "World Models"."""

_OPEN_BEGINNINGS = (
    "action code deep flow human image knowledge multi neural object prompt scene search sparse state test text time"
    " tool vision visual world zero"
)
"""Vague words with which a phrase may begin: "World Models", "Knowledge Distillation"."""

_JOINING_WORDS, _VAGUE_WORDS, _ENDINGS, _BEGINNINGS = (
    frozenset(words.split()) for words in (_JOINING, _VAGUE, _OPEN_ENDS, _OPEN_BEGINNINGS)
)


def topics(title: str) -> Iterator[tuple[str, str]]:
    """What a title may name, with repetitions: the tokens, joined with spaces, and the words as the title has them."""
    run: list[str] = []
    for part in _PART.findall(readable(title)):
        if len(part) == 1 and not part.isalnum():
            yield from _of_run(run)
            run = []
        elif word := part.strip(_ENDS):
            run.append(word)
    yield from _of_run(run)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a title: its tokens, and where in a topic it may stand."""

    tokens: str
    alone: bool
    first: bool
    last: bool


@lru_cache(maxsize=16_384)
def _word(word: str) -> _Word:
    folded = fold(word)
    vague, joining = _is_vague(folded), folded in _JOINING_WORDS
    return _Word(
        tokens=" ".join(token for piece in pieces(word) for token in piece.parts),
        alone=not vague and not joining,
        first=not joining and (not vague or folded in _BEGINNINGS),
        last=not joining and (not vague or folded in _ENDINGS),
    )


def _of_run(run: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The topics among words that no mark separates."""
    words = [_word(word) for word in run]
    for start, first in enumerate(words):
        if first.alone and len(first.tokens) >= _SHORTEST:
            yield first.tokens, run[start]
        for end in range(start + 2, min(start + MOST_WORDS, len(run)) + 1 if first.first else 0):
            if words[end - 1].last:
                yield " ".join([word.tokens for word in words[start:end]]), " ".join(run[start:end])


def _is_vague(word: str) -> bool:
    """Whether a folded word says nothing of a subject, or each of its parts does: "large-scale"."""
    return all(part in _VAGUE_WORDS or part in _JOINING_WORDS or part.isdigit() for part in re.split("[-‐+]", word))


def is_shaped_as_name(word: str) -> bool:
    """Whether a word looks like a name or acronym wherever it stands: RAG, NeRF, GPT-4."""
    capitals = sum(map(str.isupper, word))
    return capitals > 1 and not all(part[:1].isupper() and part[1:].islower() for part in re.split(r"[-‐]", word))
