import pytest

from bot.chat.reasons import reason_text
from bot.digests.model import Reason, Why
from bot.locale import Language, catalogue

FACTS: dict[Why, dict[str, str | int]] = {
    Why.NOTHING_NEW: {"newest": "2024-02-23"},
    Why.TOO_OLD: {"newest": "2024-02-23", "fresh_days": 7},
    Why.TOO_FEW_VOTES: {"day": "2024-02-23", "min_votes": 1200},
    Why.REPLAY_ENDED: {"newest": "2024-02-23"},
    Why.MISSED: {"hours": 30},
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("why", Why)
def test_each_reason_is_worded_with_its_facts(why: Why, language: Language) -> None:
    text = reason_text(Reason(why, FACTS.get(why, {})), catalogue(language))
    for fact in FACTS.get(why, {}).values():
        assert (f"{fact:,}" if isinstance(fact, int) else fact) in text


def test_no_least_votes_means_that_all_papers_were_had() -> None:
    reason = Reason(Why.TOO_FEW_VOTES, {"day": "2024-02-23", "min_votes": 0})
    assert "has had every paper" in reason_text(reason, catalogue(Language.EN))
