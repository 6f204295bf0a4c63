from datetime import timedelta

import pytest

from bot.chat.digests.words import history
from bot.digests.model import Digest, Edition, EditionState, Reason, Why
from bot.digests.service import History, Standing
from bot.locale import Language, catalogue
from tests.builders import order, utc

MADE = utc(2024, 2, 1)
DIGEST = Digest(1, 1, 1, order(), None, 5, MADE, MADE)


def skipped(number: int) -> Edition:
    due = utc(2024, 3, 6) - timedelta(days=number)
    reason = Reason(Why.NOTHING_NEW, {"newest": "2024-03-03"})
    return Edition(number, 1, due.date(), due, EditionState.SKIPPED, reason=reason)


@pytest.mark.parametrize(
    ("language", "happened", "to_come"),
    [
        (Language.KO, "건너뜀: 2024년 3월 3일 일요일 이후로 새 논문이 없어요.", "새 논문이 나오면"),
        (Language.EN, "skipped: There have been no new papers since Sunday, 3 March 2024.", "The next edition"),
        (Language.JA, "見送り：2024年3月3日日曜日より後の新しい論文がありません。", "新しい論文が出たら"),
    ],
)
def test_only_the_newest_edition_tells_what_to_expect(language: Language, happened: str, to_come: str) -> None:
    told = History(Standing(DIGEST, None), tuple(map(skipped, range(3))))
    [embed] = history(told, None, catalogue(language)).embeds
    rows = (embed.description or "").split("\n\n")[0].splitlines()
    assert [happened in row for row in rows] == [True, True, True]
    assert [to_come in row for row in rows] == [True, False, False]
