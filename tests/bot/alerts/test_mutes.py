import pytest

from bot.alerts.mutes import Mutes
from bot.search import matcher
from bot.search.matcher import Document
from bot.search.query import Query
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


def test_what_many_members_muted_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def keeps_out(exclusions: Query, document: Document) -> bool:
        asked.append(document)
        return matcher.keeps_out(exclusions, document)

    monkeypatch.setattr("bot.alerts.mutes.keeps_out", keeps_out)
    mutes = Mutes(DOCUMENTS, [(user, "-survey") for user in range(1_000)])
    assert len(mutes.of_member(999)) == 2
    assert len(asked) == len(DOCUMENTS)
