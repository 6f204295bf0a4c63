import pytest
from hypothesis import assume, given

from bot.alerts.mutes import Mutes
from bot.papers import Paper
from bot.search.matcher import Document, keeps_out
from bot.search.query import parse
from tests.bot.alerts.generated import DAYS, QUERIES
from tests.builders import paper

DOCUMENTS = [
    Document.from_paper(paper(1, title="A Survey of LLMs", authors=("Kaiming He",))),
    Document.from_paper(paper(2, title="Diffusion", authors=("Mina Kim",)), "A survey of samplers."),
    Document.from_paper(paper(3, title="Diffusion by He", authors=("John Doe",))),
]


@pytest.mark.parametrize(
    ("muted", "papers"),
    [
        (['-author:"kaiming he"'], {"1"}),
        (["-survey"], {"1", "2"}),
        (["-author:he", "-title:diffusion"], {"1", "2", "3"}),
        (["-强化"], set()),
        ([], set()),
    ],
)
def test_a_mute_keeps_out_what_an_exclusion_in_a_query_would(muted: list[str], papers: set[str]) -> None:
    mutes = Mutes(DOCUMENTS, [(7, query) for query in muted])
    assert {each[-1] for each in mutes.of_member(7)} == papers
    assert mutes.of_member(8) == frozenset()


def test_members_who_mute_the_same_are_heeded_each() -> None:
    mutes = Mutes(DOCUMENTS, [(user, "-survey") for user in range(1_000)])
    assert [len(mutes.of_member(user)) for user in (0, 999, 1_000)] == [2, 2, 0]


@given(DAYS, QUERIES)
def test_a_mute_keeps_out_exactly_what_the_exclusion_excludes(papers: tuple[Paper, ...], text: str) -> None:
    documents = [Document.from_paper(each) for each in papers]
    mute = parse(f"-{text}")
    assume(mute.is_mute)
    expected = {each.arxiv_id for each in documents if keeps_out(mute, each)}
    assert Mutes(documents, [(7, str(mute))]).of_member(7) == expected
