"""`python -m bench.questions`: whether questions in plain words find their papers, as a table in docs/search.md.

Each question is made by rule from a paper of the archive: words that distinguish it, in a sentence that people use to
ask for papers. No engine is asked.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random

from bench import report
from bench.corpus import ARCHIVE, archive_days, cached, papers_of
from bench.engine import open_engine, stopped_clock
from bench.quality import Score, outcomes
from bench.queries import REPORTING, STRICT, KnownItem
from bench.words import Collection, Text, hangul, latin, stem
from bot.papers import Paper
from bot.search.pairs import Pair, holding, paper_pairs

EACH = 50
_ATTEMPTS = 30
_SHORTEST = 4  # letters of an English word: a shorter one is often a preposition
_ENGLISH = (
    "papers about {} please",
    "what is {}?",
    "how does {} work",
    "can you recommend papers on {}",
    "show me research about {}",
    "is there any paper on {}?",
    "I am looking for articles on {}",
)
_KOREAN = (
    "{} 논문 추천해줘",
    "{} 관련 논문 알려줘",
    "{}에 대한 논문 있어?",
    "{} 논문 찾아주세요",
    "{} 연구 좀 보여줘",
    "{} 관련해서 어떤 논문이 있나요",
)
_HOW_TO = ("{} 방법", "{} 방법 알려줘", "{} 법", "어떻게 하면 {} 수 있을까", "{} 방법에 대한 논문")
_VERB_ENDINGS = ("면서", "도록", "고", "며")  # after these, the stem is a whole syllable
_OTHER_ENDINGS = ("는", "기", "지", "게", "", "합니다", "하여", "한", "할", "했습니다")
_OBJECT = ("을", "를")
_FINALS, _FINAL_L = 28, 8  # of a Hangul syllable: how many (none is one), and ㄹ


class Asked(StrEnum):
    """What a question is made of."""

    ENGLISH = "two title words, asked in English"
    KOREAN = "two title words, asked in Korean"
    TRANSLATED = "a term in Korean and a title word"
    HOW_TO = "what to do to what, in Korean"


@dataclass(frozen=True, slots=True)
class _Subject:
    """The words that a question is about, and how many papers have them."""

    text: str
    holders: int


_Rule = Callable[[Text, Collection, Random], _Subject | None]


def questions(collection: Collection, seed: int, each: int = EACH) -> list[KnownItem]:
    """`each` questions of every kind, or as many as the collection gives; at most one per paper and kind."""
    glosses = _glosses(text.paper for text in collection.texts)
    rules: dict[Asked, tuple[_Rule, Sequence[str]]] = {
        Asked.ENGLISH: (_title, _ENGLISH),
        Asked.KOREAN: (_title, _KOREAN),
        Asked.TRANSLATED: (partial(_translated, glosses), _KOREAN),
        Asked.HOW_TO: (_how_to, _HOW_TO),
    }
    return [item for kind, rule in rules.items() for item in _of_kind(kind, *rule, collection, seed, each)]


def _of_kind(
    kind: Asked, rule: _Rule, frames: Sequence[str], collection: Collection, seed: int, each: int
) -> list[KnownItem]:
    random = Random(f"{seed} {kind.name}")
    found: list[KnownItem] = []
    for text in random.sample(collection.texts, len(collection.texts)):
        for _ in range(_ATTEMPTS):
            subject = rule(text, collection, random)
            if subject and 0 < subject.holders <= STRICT:
                found.append(KnownItem(kind, _framed(random.choice(frames), subject.text), text.paper.arxiv_id))
                break
        if len(found) == each:
            break
    return found


def _framed(frame: str, subject: str) -> str:
    """The question. Where it ends in "수 있을까", the verb's ending is another one."""
    if "{} 수" in frame:
        return frame.format(_able(subject))
    return frame.format(subject)


def _able(subject: str) -> str:
    """편향을 줄이는 as 편향을 줄일, before 수 있을까."""
    bare = subject.removesuffix("는")
    last = ord(bare[-1])
    final = (last - ord("가")) % _FINALS
    if final == _FINAL_L:
        return bare
    return f"{bare}을" if final else bare[:-1] + chr(last + _FINAL_L)


def _title(text: Text, collection: Collection, random: Random) -> _Subject | None:
    """Two English words of the title, in its order."""
    words = list(dict.fromkeys(word for word in text.title if latin(word) and len(word) >= _SHORTEST))
    if len(words) < 2:  # noqa: PLR2004
        return None
    first, second = sorted(random.sample(range(len(words)), 2))
    return _Subject(f"{words[first]} {words[second]}", collection.holders([words[first]], [words[second]]))


def _translated(glosses: dict[str, str], text: Text, collection: Collection, random: Random) -> _Subject | None:
    """The Korean for a word of the title, and another word of it."""
    words = [word for word in text.title if latin(word) and len(word) >= _SHORTEST]
    known = [word for word in words if stem(word) in glosses]
    if not known:
        return None
    word = random.choice(known)
    others = [other for other in words if stem(other) != stem(word)]
    if not others:
        return None
    term, other = glosses[stem(word)], random.choice(others)
    return _Subject(f"{term} {other}", collection.holders([word, term], [other]))


def _how_to(text: Text, collection: Collection, random: Random) -> _Subject | None:
    """An object and its verb, neighbours in a bullet, the verb with another ending."""
    found = list(_objects_and_verbs(text))
    if not found:
        return None
    noun, verb = random.choice(found)
    forms = [f"{each}{ending}" for each in {verb, verb.removesuffix("하")} for ending in _VERB_ENDINGS + _OTHER_ENDINGS]
    return _Subject(f"{noun} {verb}는", collection.holders([noun], forms))


def _objects_and_verbs(text: Text) -> Iterator[tuple[str, str]]:
    """Each object with its particle, and the stem of the verb after it."""
    for bullet in text.bullets:
        words = bullet.split()
        for noun, verb in pairwise(words):
            ending = next((each for each in _VERB_ENDINGS if verb.endswith(each)), "")
            bare = verb.removesuffix(ending)
            if ending and noun.endswith(_OBJECT) and hangul(noun) and hangul(bare):
                yield noun, bare


def _glosses(papers: Iterator[Paper]) -> dict[str, str]:
    """English words as their stems, and the Korean that most papers explain them with."""
    counted: dict[tuple[str, str], Pair] = {}
    for paper in papers:
        for keys, pair in paper_pairs(paper).items():
            held = counted.get(keys)
            counted[keys] = Pair(pair.term, pair.gloss, held.papers + 1 if held else 1)
    meant = holding(pair for pair in counted.values() if pair.papers > 1)
    single = [pair for pair in meant if hangul(pair.term) and latin(pair.gloss)]
    return {stem(pair.gloss): pair.term for pair in sorted(single, key=lambda pair: (pair.papers, str(pair)))}


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.questions", description=__doc__)
    parser.add_argument("--seed", type=int, default=REPORTING, help="other questions of the same kinds")
    parser.add_argument("--dry", action="store_true", help="docs/search.md stays as it is")
    cache = Path(tempfile.gettempdir()) / "paperboy-bench"
    parser.add_argument("--cache", type=Path, default=cache, help=f"where the database is kept ({cache})")
    options = parser.parse_args()
    if not ARCHIVE.is_dir():
        print(f"Nothing measured: the archive that the benchmark reads is not at {ARCHIVE}.")
        return
    options.cache.mkdir(parents=True, exist_ok=True)
    text = asyncio.run(_measured(options.cache, options.seed))
    print(text)
    if not options.dry:
        report.write("questions", text, by="questions")


async def _measured(cache: Path, seed: int) -> str:
    days = archive_days()
    items = questions(Collection(papers_of(days)), seed)
    loaded = await asyncio.to_thread(cached, cache, "archive", lambda: iter(days))
    async with open_engine(loaded.path, stopped_clock) as engine:
        found = await outcomes(items, engine.asking())
    scores = {str(kind): Score.of(each for each in found if each.item.kind is kind) for kind in Asked}
    scores["**all**"] = Score.of(found)
    rows = [[name, str(score.queries), f"{score.recall:.1%}", f"{score.mrr:.3f}"] for name, score in scores.items()]
    return f"Seed {seed}.\n\n" + report.table(["question", "asked", "recall in the first ten", "MRR"], rows)


if __name__ == "__main__":
    main()
