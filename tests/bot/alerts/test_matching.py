import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.alerts import phrases
from bot.alerts.matching import Matcher
from bot.papers import Bullet, Paper
from bot.search.matcher import Document, matches
from bot.search.query import parse
from tests.bot.alerts.generated import DAYS, QUERIES
from tests.builders import paper

CHANGES = st.lists(st.tuples(st.integers(1, 9), QUERIES, st.booleans()), max_size=40)
SAVED = st.lists(st.tuples(st.integers(1, 30), QUERIES), max_size=30)


def pairs(matcher: Matcher, *papers: Paper) -> list[tuple[str, int]]:
    """What a matcher finds, pair by pair; a pair found twice is there twice."""
    groups = matcher.match([Document.from_paper(one) for one in papers])
    return sorted((document.arxiv_id, one) for documents, ids in groups for document in documents for one in ids)


def by_the_oracle(saved: dict[int, str], *papers: Paper) -> list[tuple[str, int]]:
    """The same, slow and obvious."""
    documents = [Document.from_paper(one) for one in papers]
    return sorted(
        (document.arxiv_id, one)
        for one, query in saved.items()
        for document in documents
        if matches(parse(query), document)
    )


def holding(saved: dict[int, str]) -> Matcher:
    matcher = Matcher()
    for one, query in saved.items():
        matcher.add(one, parse(query))
    return matcher


@given(DAYS, st.lists(QUERIES, min_size=1, max_size=30))
def test_pair_by_pair_it_answers_as_the_oracle(day: tuple[Paper, ...], queries: list[str]) -> None:
    saved = dict(enumerate(queries))
    assert pairs(holding(saved), *day) == by_the_oracle(saved, *day)


@given(
    DAYS, st.lists(st.tuples(st.integers(1, 9), QUERIES, st.booleans()), max_size=40), st.sampled_from([0, 3, 2_000])
)
def test_it_is_kept_up_to_date(day: tuple[Paper, ...], changes: list[tuple[int, str, bool]], changing: int) -> None:
    """However many changes the small automaton takes, and whether or not a day is matched between them."""
    matcher, saved = Matcher(), dict[int, str]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phrases, "_CHANGES", changing)
        for one, query, look in changes:
            if one in saved:
                matcher.remove(one, parse(saved.pop(one)))
            else:
                matcher.add(one, parse(query))
                saved[one] = query
            if look:
                assert pairs(matcher, *day) == by_the_oracle(saved, *day)
        assert pairs(matcher, *day) == by_the_oracle(saved, *day)


_SYLLABLES = st.text("하가", min_size=1, max_size=7)
_REPEATING = st.lists(_SYLLABLES, min_size=1, max_size=3).map(" ".join)
"""Queries whose words come apart into equal pieces at several places."""


@example([(1, '"a a-a a-a a-a a"')] * 2, [paper(1, title="a a-a a-a a-a a")])
@example([(1, "하하하하하"), (1, "하하하하하"), (2, "가하")], [paper(1, title="가하 하하하하하")])
@given(
    st.lists(st.tuples(st.integers(1, 5), _REPEATING | QUERIES), max_size=20),
    st.lists(_REPEATING, min_size=1, max_size=3).map(
        lambda titles: [paper(number, title=title) for number, title in enumerate(titles)]
    ),
)
def test_adding_and_removing_leaves_what_a_matcher_built_fresh_holds(
    changes: list[tuple[int, str]], papers: list[Paper]
) -> None:
    matcher, saved = Matcher(), dict[int, str]()
    for one, query in changes:
        if one in saved:
            matcher.remove(one, parse(saved.pop(one)))
        else:
            matcher.add(one, parse(query))
            saved[one] = query
        assert pairs(matcher, *papers) == pairs(holding(saved), *papers)


@given(DAYS, SAVED)
def test_what_was_removed_leaves_nothing_behind(day: tuple[Paper, ...], changes: list[tuple[int, str]]) -> None:
    matcher = Matcher()
    for one, query in changes:
        matcher.add(one, parse(query))
    for one, query in changes:
        matcher.remove(one, parse(query))
    assert pairs(matcher, *day) == []
    held = [matcher._terms, matcher._uses, matcher._queries, matcher._alone, matcher._rows]
    assert not any([*held, *(each._numbers for each in matcher._phrases.values())])  # memory is given back


@example(["강화", "강화"])
@given(st.lists(QUERIES, max_size=5))
def test_adding_and_removing_twice_changes_nothing(queries: list[str]) -> None:
    day = [paper(1, title="강화학습 GPT-4 C++", summary=(Bullet("生 A* Kim"),))]
    once, twice = holding(dict(enumerate(queries))), holding(dict(enumerate(queries)))
    for one, query in enumerate(queries):
        twice.add(one, parse(query))
        twice.remove(99, parse(query))
        twice.remove(one, parse("notheld"))
        twice.remove(one, parse(f"{query} notheld"))
    assert pairs(twice, *day) == pairs(once, *day)


@pytest.mark.parametrize(
    ("query", "matched"),
    [
        ("강화학습", True),
        ("강화 학습", True),
        ('"강화 학습 모델"', True),
        ('"학습 강화"', False),
        ("화학", False),
        ("딥", True),  # a single character is the beginning of a word
        ("과", False),
        ("rl", False),
        ("world", True),
        ("gpt-4", True),
        ("gpt-4o", False),
        ("author:kim", True),
        ("title:kim", False),
        ("title:world", True),
        ("author:world", False),
        ("world -gpt", False),
        ("world -survey", True),
        ("-survey", False),
        ("world -title:모델", True),
        ("2402.00001", True),
        ("https://arxiv.org/abs/2402.00001", True),
        ("2402.00002", False),
        ("", False),
    ],
)
def test_what_matches(query: str, *, matched: bool) -> None:
    one = paper(1, title="World models", summary=(Bullet("강화 학습 모델"), Bullet("딥러닝과 GPT-4")))
    assert bool(pairs(holding({7: query}), one)) is matched


def test_a_term_that_many_have_is_held_once() -> None:
    matcher = holding(dict.fromkeys(range(500), "강화학습 -survey"))
    assert len(pairs(matcher, paper(1), paper(2))) == 1_000
    assert len(matcher._terms) == 2


def test_a_subscription_keeps_its_query_until_that_one_is_removed() -> None:
    """A change that is told twice, or after what came later, does no harm."""
    matcher = holding({1: "강화학습 -survey"})
    matcher.add(1, parse("강화학습 -번째"))
    matcher.remove(1, parse("강화학습 -번째"))
    assert pairs(matcher, paper(1)) == [("2402.00001", 1)]
    matcher.remove(1, parse("강화학습 -survey"))
    assert pairs(matcher, paper(1)) == []


def test_each_subscription_is_in_one_group() -> None:
    matcher = holding({1: "강화학습", 2: "title:number -1번째", 3: "2402.00002", 4: "없는말"})
    documents = [Document.from_paper(paper(number)) for number in (1, 2)]
    groups = {documents: sorted(ids) for documents, ids in matcher.match(documents)}
    assert groups == {tuple(documents): [1], (documents[1],): [2, 3]}


def test_no_paper_and_no_subscription_is_no_match() -> None:
    assert Matcher().match([Document.from_paper(paper())]) == []
    assert holding({1: "강화학습"}).match([]) == []
