from datetime import date

import pytest

from bot.chat.digests.words import reason_text
from bot.digests.model import Reason, Why
from bot.locale import Language, catalogue

FACTS: dict[Why, dict[str, str | int]] = {
    Why.NOTHING_NEW: {"newest": "2024-02-23"},
    Why.HALF_DAY: {"day": "2024-02-23"},
    Why.QUIET_DAY: {"day": "2024-02-24", "weekend": "yes"},
    Why.TOO_OLD: {"newest": "2024-02-23", "fresh_days": 7},
    Why.ALL_SHOWN: {"day": "2024-02-23"},
    Why.SHOWN_BESIDE: {"day": "2024-02-23"},
    Why.TOO_FEW_VOTES: {"day": "2024-02-23", "min_votes": 1200},
    Why.NO_MATCH: {"day": "2024-02-23", "total": 1019, "query": "diffusion -survey"},
    Why.REPLAY_ENDED: {"newest": "2024-02-23"},
    Why.MISSED: {"hours": 30},
    Why.SOURCE_FAILING: {"since": "2024-02-23T00:00:00+00:00"},
    Why.UNAVAILABLE: {"since": "2024-02-23T00:00:00+00:00", "detail": "503"},
    Why.UNREADABLE: {"settings": "timezone: US/Pacific-New"},
    Why.NOT_YET_DUE: {"due": "2024-02-23T00:00:00+00:00"},
    Why.NOT_YET_MADE: {"since": "2024-02-23T00:00:00+00:00"},
    Why.WEEKDAY: {"weekdays": "024"},
    Why.PAUSED: {"since": "2024-02-23T00:00:00+00:00", "by": "admin"},
    Why.WAS_PAUSED: {"since": "2024-02-23T00:00:00+00:00", "until": "2024-02-23T00:00:00+00:00", "by": "paperboy"},
    Why.TIMED_ANEW: {"since": "2024-02-23T00:00:00+00:00"},
    Why.NOT_RECORDED: {"due": "2024-02-23T00:00:00+00:00"},
}
SHOWN = {"2024-02-23T00:00:00+00:00": "<t:1708646400:f>"}
UNSHOWN = {"detail", "by", "weekdays", "weekend", "part"}
DATES = {"day", "newest"}
"""Facts that are said as a long date."""


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("why", Why)
def test_each_reason_is_worded_with_its_facts(why: Why, language: Language) -> None:
    text = reason_text(Reason(why, FACTS.get(why, {})), catalogue(language))
    for name, fact in FACTS.get(why, {}).items():
        if name in DATES:
            assert catalogue(language).date(date.fromisoformat(str(fact))) in text
        elif name not in UNSHOWN:
            assert (f"{fact:,}" if isinstance(fact, int) else SHOWN.get(fact, fact)) in text


def test_a_recap_without_a_match_names_its_week_and_its_query_without_markup() -> None:
    facts: dict[str, str | int] = {"first_day": "2024-02-17", "day": "2024-02-23", "total": 90, "query": "**x** @here"}
    text = reason_text(Reason(Why.NO_MATCH, facts), catalogue(Language.EN))
    assert "None of the 90 papers from 17–23 Feb 2024 match" in text
    assert "**" not in text
    assert "@here" not in text


def test_a_quiet_weekend_is_told_from_a_quiet_weekday() -> None:
    weekend, weekday = (
        reason_text(Reason(Why.QUIET_DAY, {"day": "2024-02-24", "weekend": word}), catalogue(Language.EN))
        for word in ("yes", "no")
    )
    assert "no papers on Saturday, 24 February 2024; weekends are usually quiet" in weekend
    assert "weekends" not in weekday


def test_weekdays_are_named() -> None:
    reason = Reason(Why.WEEKDAY, {"weekdays": "024"})
    assert "Mon, Wed, Fri" in reason_text(reason, catalogue(Language.EN))
    assert "월, 수, 금" in reason_text(reason, catalogue(Language.KO))


def test_a_pause_says_who_paused_it_and_what_for() -> None:
    facts: dict[str, str | int] = {"since": "2024-02-23T00:00:00+00:00"}
    by_admin = reason_text(Reason(Why.PAUSED, facts | {"by": "admin"}), catalogue(Language.EN))
    assert by_admin == "An admin paused the digest on <t:1708646400:f>."
    by_us = reason_text(Reason(Why.PAUSED, facts | {"by": "paperboy"}), catalogue(Language.EN), "The channel was gone.")
    assert by_us.endswith("<t:1708646400:f>. The channel was gone.")


def test_a_day_of_known_papers_is_told_as_that() -> None:
    reason = Reason(Why.ALL_SHOWN, {"day": "2024-02-23"})
    assert "has already posted every paper from Friday, 23 February 2024." in reason_text(
        reason, catalogue(Language.EN)
    )


def test_a_day_of_known_papers_on_a_subject_is_told_as_that() -> None:
    reason = Reason(Why.ALL_SHOWN, {"day": "2024-02-23", "query": "diffusion"})
    assert "every paper from Friday, 23 February 2024 that matches “diffusion”" in reason_text(
        reason, catalogue(Language.EN)
    )


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (None, "the papers came in the channel"),
        ("thread", "the papers came in the channel"),
        ("post", "papers of this edition were left out"),
        ("cards", "papers of this edition were left out"),
        ("discussion", "papers came without a thread of their own"),
    ],
)
def test_too_many_threads_are_told_by_what_they_cost(part: str | None, told: str) -> None:
    facts: dict[str, str | int] = {"part": part} if part else {}
    assert told in reason_text(Reason(Why.TOO_MANY_THREADS, facts), catalogue(Language.EN))


def test_a_failed_publication_is_no_failed_edition() -> None:
    facts: dict[str, str | int] = {"since": "2024-02-23T00:00:00+00:00", "part": "publication"}
    assert "not all of it was published" in reason_text(Reason(Why.UNAVAILABLE, facts), catalogue(Language.EN))
