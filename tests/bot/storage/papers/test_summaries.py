from datetime import timedelta

import pytest

from bot.papers import Bullet
from bot.storage.engine.database import Database
from bot.storage.papers.summaries import Summaries, made
from bot.summaries.model import Made, SummaryLanguage, Usage
from bot.summaries.service import Claim, Terms
from tests.builders import utc

NOW = utc(2024, 2, 23, 8)
KO = SummaryLanguage.KO
BULLETS = (Bullet("새로운 모델입니다.", "What's New"), Bullet("빠릅니다.", "Performance Highlights"))
ANY = Terms(NOW - timedelta(hours=1), NOW - timedelta(days=1), 3, NOW)


def claim(arxiv_id: str = "1", hours: float = 0) -> Claim:
    return Claim(arxiv_id, (KO,), "otter-1", NOW + timedelta(hours=hours))


def terms(hours: float = 0, *, by_hand: bool = False) -> Terms:
    at = NOW + timedelta(hours=hours)
    return Terms(at - timedelta(hours=1), at if by_hand else at - timedelta(days=1), None if by_hand else 3, at)


@pytest.fixture
def summaries(database: Database) -> Summaries:
    return Summaries(database)


async def test_what_is_made_is_kept_by_language(summaries: Summaries, database: Database) -> None:
    assert await summaries.claim(claim(), ANY)
    assert await made(database, ["1"], [KO]) == {}
    await summaries.keep(claim(), Made({KO: BULLETS}, Usage(1, 500)))
    assert await made(database, ["1", "2", "1"], [KO]) == {"1": BULLETS}
    assert await made(database, ["1"], [SummaryLanguage.EN]) == {}


async def test_what_is_made_is_never_claimed_again(summaries: Summaries) -> None:
    await summaries.claim(claim(), ANY)
    await summaries.keep(claim(), Made({KO: BULLETS}, Usage(1)))
    for late in (0, 1000):
        for by_hand in (False, True):
            assert not await summaries.claim(claim(hours=late), terms(late, by_hand=by_hand))
            assert await summaries.open([("1", KO), ("2", KO)], terms(late, by_hand=by_hand)) == {("2", KO)}


async def test_two_can_not_ask_about_one_paper_at_a_time(summaries: Summaries) -> None:
    assert await summaries.claim(claim(), ANY)
    assert not await summaries.claim(claim(hours=0.5), terms(0.5, by_hand=True))
    assert await summaries.open([("1", KO)], terms(0.5, by_hand=True)) == frozenset()


async def test_who_left_without_an_answer_counts_as_refused(summaries: Summaries) -> None:
    await summaries.claim(claim(), ANY)
    assert not await summaries.claim(claim(hours=2), terms(2))
    assert await summaries.open([("1", KO)], terms(2, by_hand=True)) == {("1", KO)}
    assert await summaries.claim(claim(hours=25), terms(25))


async def test_a_refused_paper_is_tried_again_after_a_day_three_times_in_all(summaries: Summaries) -> None:
    for day in range(3):
        assert await summaries.claim(claim(hours=25 * day), terms(25 * day))
        await summaries.refuse(claim(hours=25 * day), "no", Usage())
        assert not await summaries.claim(claim(hours=25 * day + 23), terms(25 * day + 23))
    assert not await summaries.claim(claim(hours=1000), terms(1000))
    assert await summaries.open([("1", KO)], terms(1000)) == frozenset()
    assert await summaries.claim(claim(hours=1000), terms(1000, by_hand=True))


async def test_what_is_given_back_is_no_try(summaries: Summaries, database: Database) -> None:
    for minute in range(5):
        assert await summaries.claim(claim(hours=minute / 60), terms(minute / 60))
        await summaries.give_back(claim(hours=minute / 60), "away", Usage())
    row = await database.row("SELECT state, tries, fault FROM summaries")
    assert row
    assert tuple(row) == ("refused", 0, "away")


async def test_a_day_pays_for_what_is_claimed_on_it(summaries: Summaries) -> None:
    assert await summaries.spent(NOW.date()) == Usage()
    await summaries.claim(claim("1"), ANY)
    assert await summaries.spent(NOW.date()) == Usage(1, 0)
    await summaries.keep(claim("1"), Made({KO: BULLETS}, Usage(2, 700)))
    await summaries.claim(claim("2"), ANY)
    await summaries.refuse(claim("2"), "no", Usage(0, 50))
    await summaries.claim(claim("2"), ANY)
    await summaries.claim(claim("3", hours=20), terms(20))
    assert await summaries.spent(NOW.date()) == Usage(3, 750)
    assert await summaries.spent((NOW + timedelta(days=1)).date()) == Usage(1, 0)


async def test_an_answer_that_comes_too_late_is_paid_for_and_not_kept(summaries: Summaries, database: Database) -> None:
    await summaries.claim(claim(), ANY)
    await summaries.claim(claim(hours=30), terms(30))
    await summaries.keep(claim(), Made({KO: BULLETS}, Usage(1, 100)))
    assert await made(database, ["1"], [KO]) == {}
    assert (await summaries.spent(NOW.date())).tokens == 100
    await summaries.keep(claim(hours=30), Made({KO: BULLETS}, Usage(1)))
    assert await made(database, ["1"], [KO]) == {"1": BULLETS}


async def test_one_claim_is_for_all_languages_that_may_be_tried_and_is_charged_once(
    summaries: Summaries, database: Database
) -> None:
    en, both = SummaryLanguage.EN, (KO, SummaryLanguage.EN)
    wanted = Claim("1", both, "otter-1", NOW)
    assert await summaries.claim(wanted, ANY) == wanted
    await summaries.keep(wanted, Made({KO: BULLETS}, Usage(2, 300), "in English it is too long"))
    assert await summaries.spent(NOW.date()) == Usage(2, 300)
    assert await made(database, ["1"], [en, KO]) == {"1": BULLETS}
    rows = await database.rows("SELECT language, state, fault FROM summaries ORDER BY language")
    assert [tuple(row) for row in rows] == [("en", "refused", "in English it is too long"), ("ko", "made", None)]
    assert await summaries.open([("1", KO), ("1", en)], terms(25)) == {("1", en)}
    again = await summaries.claim(Claim("1", both, "otter-1", NOW + timedelta(hours=25)), terms(25))
    assert again is not None
    assert again.languages == (en,)
