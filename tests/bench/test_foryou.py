"""Readers hold what their rule says, and scores are what they are said to be."""

from datetime import date, timedelta

import pytest

from bench.foryou import ndcg, recall
from bench.foryou_readers import AHEAD, Kind, Shelf, readers
from bot.papers import Bullet, Day, Listing
from tests.builders import paper

WORDS = ("Robust", "Sparse", "Neural", "Latent", "Causal", "Modular", "Dense", "Quantum")
FIRST = date(2024, 1, 1)
OTHERS = 4
"""Papers of each day that are like no other, which leaves the shared words rare."""


def _day(number: int) -> Day:
    """Two papers: one of a word and an author that return every sixteenth day, and one like no other."""
    word = WORDS[number // 2 % len(WORDS)]
    one = paper(number, title=f"{word} Things", authors=(f"Ada {word}",), summary=(Bullet("요약"),))
    rest = [
        paper(1000 + OTHERS * number + each, title=f"Single{number}x{each}", authors=(f"Bob N{number}x{each}",))
        for each in range(OTHERS)
    ]
    return Day(FIRST + timedelta(days=number), tuple(Listing(each, 1) for each in (one, *rest)))


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf.of([_day(number) for number in range(240)])


def test_readers_saved_before_a_day_what_they_share_and_would_save_the_rest(shelf: Shelf) -> None:
    found = readers(shelf, 1, 2)
    assert [reader.kind for reader in found] == [kind for kind in Kind for _ in range(2)]
    for reader in found:
        begin = shelf.days[reader.candidates[0]]
        assert all(shelf.days[one] < begin for one in reader.saved)
        assert reader.truth <= set(reader.candidates)
        assert all(begin <= shelf.days[one] < begin + AHEAD for one in reader.candidates)
        wanted = {shelf.papers[one].title for one in reader.truth}
        alike = [shelf.papers[one].title in wanted for one in reader.saved]
        assert all(alike) is not reader.kind.is_noisy
        assert sum(alike) >= 3
        assert len(wanted) <= len(reader.kind.interests)


def test_the_same_seed_makes_the_same_readers(shelf: Shelf) -> None:
    def saved(seed: int) -> list[tuple[int, ...]]:
        return [reader.saved for reader in readers(shelf, seed, 2)]

    assert saved(1) == saved(1) != saved(2)


@pytest.mark.parametrize(
    ("ranked", "gain", "found"),
    [([1, 2, 9], 1.0, 1.0), ([9, 8, 7], 0.0, 0.0), ([9, 1, 2], 0.693, 1.0), ([1], 0.613, 0.5), ([], 0.0, 0.0)],
)
def test_scores_are_of_the_first_ten(ranked: list[int], gain: float, found: float) -> None:
    truth = frozenset({1, 2})
    assert ndcg(ranked, truth) == pytest.approx(gain, abs=0.001)
    assert recall(ranked, truth) == found
    assert recall([0] * 10 + [1, 2], truth) == 0
