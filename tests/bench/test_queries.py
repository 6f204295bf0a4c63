"""Known-item queries hold what their rule says."""

from random import Random

import pytest

from bench.inflection import others
from bench.queries import LOOSE, STRICT, Kind, KnownItem, known_items
from bench.typing_errors import keys_of
from bench.words import Collection, hangul, name_key, particle, stem, words
from bot.papers import Bullet, Paper
from tests import builders

EACH = 20
_SUBJECTS = [
    *("모델", "언어", "영상", "음성", "그래프", "로봇", "의료", "화학", "수학", "추론"),
    *("번역", "요약", "검색", "생성", "확산", "강화", "학습", "정렬", "압축", "증류"),
]
_PARTICLES = ["은", "을", "에서", "으로", "의", "과", "도"]
_ENGLISH = [
    "model",
    "models",
    "train",
    "training",
    "trained",
    "score",
    "scores",
    "ranking",
    "ranked",
    "agent",
    "agents",
]
_GIVEN, _FAMILY = ["Mina", "Jun", "Sora", "Haru", "Noor", "Ivan"], ["Kim", "Lee", "Silva", "Novak", "Okafor"]


def _korean(random: Random) -> str:
    """A word of two subjects, so that many of them are rare, with a particle."""
    return "".join(random.sample(_SUBJECTS, 2)) + random.choice(_PARTICLES)


def _paper(number: int) -> Paper:
    random = Random(number)
    bullets = [" ".join([*(_korean(random) for _ in range(6)), *random.sample(_ENGLISH, 2)]) for _ in range(3)]
    title = [*(word.title() for word in random.sample(_ENGLISH, 3)), f"Number{number}"]
    names = tuple(f"{random.choice(_GIVEN)} {random.choice(_FAMILY)}{number}" for _ in range(2))
    return builders.paper(number, title=" ".join(title), authors=names, summary=tuple(map(Bullet, bullets)))


PAPERS = {each.arxiv_id: each for each in map(_paper, range(1, 81))}
COLLECTION = Collection(list(PAPERS.values()))
ITEMS = known_items(COLLECTION, 1, EACH)


def of(kind: Kind) -> list[tuple[KnownItem, Paper]]:
    found = [(item, PAPERS[item.arxiv_id]) for item in ITEMS if item.kind is kind]
    assert len(found) == EACH
    return found


def bullets(paper: Paper) -> list[str]:
    return [bullet.text for bullet in paper.summary]


def held(paper: Paper) -> set[str]:
    return {word for text in (paper.title, *bullets(paper)) for word in words(text)}


def stems(paper: Paper) -> set[str]:
    return set(map(stem, held(paper)))


def test_the_same_seed_makes_the_same_queries_and_another_seed_others() -> None:
    assert known_items(COLLECTION, 1, EACH) == ITEMS
    assert not set(known_items(COLLECTION, 2, EACH)) >= set(ITEMS)


def test_the_looser_set_has_queries_that_more_papers_hold() -> None:
    common = Collection([builders.paper(number, title="Attention Decoding") for number in range(1, LOOSE + 1)])
    assert [item for item in known_items(common, 1, 1) if item.kind is Kind.TITLE] == []
    assert [item for item in known_items(common, 1, 1, LOOSE) if item.kind is Kind.TITLE]


@pytest.mark.parametrize("kind", [Kind.PHRASE, Kind.KOREAN, Kind.MIXED, Kind.TITLE])
def test_few_papers_hold_all_words_of_a_query(kind: Kind) -> None:
    for item, _ in of(kind):
        asked = set(map(stem, words(item.text)))
        assert 0 < sum(asked <= stems(paper) for paper in PAPERS.values()) <= STRICT


def test_a_phrase_stands_in_one_bullet() -> None:
    for item, paper in of(Kind.PHRASE):
        assert any(f" {item.text} " in f" {text} " for text in bullets(paper))
        assert 2 <= len(item.text.split()) <= 4


def test_two_korean_words_are_the_papers() -> None:
    for item, paper in of(Kind.KOREAN):
        one, other = item.text.split()
        assert {one, other} <= held(paper)
        assert hangul(one)
        assert hangul(other)


def test_with_other_particles_the_stems_are_the_papers_and_a_word_is_not() -> None:
    for item, paper in of(Kind.PARTICLES):
        asked = item.text.split()
        assert set(map(stem, asked)) <= stems(paper)
        assert len(asked) == 2


def test_with_other_spacing_the_letters_are_the_papers() -> None:
    for item, paper in of(Kind.SPACING):
        text = "".join("".join(bullets(paper)).split())
        parts = item.text.split()
        assert any(
            all("".join(group) in text for group in grouping if group)
            for grouping in ([parts[:1], parts[1:]], [parts[:2], parts[2:]], [parts])
        )
        assert not all(part in held(paper) for part in parts)


def test_a_mixed_query_has_a_word_of_each_script() -> None:
    for item, paper in of(Kind.MIXED):
        asked = item.text.split()
        assert set(asked) <= held(paper)
        assert sorted(map(hangul, asked)) == [False, True]


def test_title_words_are_the_titles() -> None:
    for item, paper in of(Kind.TITLE):
        assert set(item.text.split()) <= set(words(paper.title))


def test_an_inflected_word_is_not_the_papers_but_another_form_is() -> None:
    for item, paper in of(Kind.INFLECTED):
        lower = {word.casefold() for word in held(paper)}
        changed = [word for word in item.text.split() if word.casefold() not in lower]
        assert len(changed) == 1
        assert set(others(changed[0], COLLECTION)) & lower


def test_a_mistyped_word_is_in_no_paper_and_the_other_word_is_the_papers() -> None:
    for item, paper in of(Kind.TYPO):
        unknown = [word for word in item.text.split() if word not in COLLECTION]
        assert len(unknown) == 1
        assert set(item.text.split()) - set(unknown) <= held(paper)
        meant = [word for word in held(paper) if abs(len(keys_of(word)) - len(keys_of(unknown[0]))) <= 1]
        assert meant


def test_an_author_is_the_papers_in_either_order() -> None:
    found = of(Kind.AUTHOR)
    for item, paper in found:
        assert name_key(item.text) in set(map(name_key, paper.authors))
    as_they_stand = [item.text in paper.authors for item, paper in found]
    assert any(as_they_stand)
    assert not all(as_they_stand)


def test_a_half_typed_title_ends_within_a_word() -> None:
    for item, paper in of(Kind.HALF):
        assert paper.title.startswith(item.text)
        assert (item.text[-1] + paper.title[len(item.text)]).isalnum()


@pytest.mark.parametrize(
    ("word", "ending"),
    [("모델에서는", "에서는"), ("모델을", "을"), ("모델", ""), ("나는", ""), ("GPT", ""), ("거리로", "로")],
)
def test_the_longest_particle_is_taken_off_where_two_syllables_remain(word: str, ending: str) -> None:
    assert particle(word) == ending


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("model", ["models"]),
        ("models", ["model"]),
        ("trained", ["train", "training"]),
        ("summary", []),
        ("ranking", ["ranked"]),
        ("GPT-4", []),
    ],
)
def test_forms_of_a_word_are_those_that_the_collection_knows(word: str, expected: list[str]) -> None:
    assert others(word, {*_ENGLISH, "rank"}) in (expected, sorted([*expected, "rank"]))


def test_a_link_is_no_word() -> None:
    assert words("see https://example.org/page, GPT-4o를 (C++)") == ["see", "GPT-4o", "를", "C"]
