"""Days of the site that are not closed, and days without papers."""

from datetime import date, timedelta

import pytest

from bot.digests.model import Reason, Selection, Why
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.papers.library import Library
from tests.bot.digests.desk import NOW, SATURDAY, Desk, ago, ids
from tests.builders import FRIDAY, day, order, site_day


async def test_half_a_day_is_not_posted_as_the_day(library: Library, digests: Digests, database: Database) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1), first=1), day(ago(0), (9,), first=5))
    await site_day(database, FRIDAY, 1, closed=False)
    digest = await desk.digest()
    assert ids(await desk.chooser.sample(digest)) == ["1", "2"]
    assert ids(await desk.post(digest, FRIDAY)) == ["1", "2"]
    half = Reason(Why.HALF_DAY, {"day": "2024-02-23", "closes": "2024-02-23T22:30:00+00:00"})
    assert await desk.post(digest, SATURDAY) == half
    await desk.have(day(ago(0), (9, 8), first=5))
    await site_day(database, FRIDAY, 2, closed=True)
    closed = await desk.post(digest, SATURDAY)
    assert ids(closed) == ["5", "6"]
    assert isinstance(closed, Selection)
    assert not closed.early


async def test_a_digest_that_may_be_early_takes_half_a_day_and_not_its_rest(
    library: Library, digests: Digests, database: Database
) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1), first=1), day(ago(0), (9,), first=5))
    await site_day(database, FRIDAY, 1, closed=False)
    digest = await desk.digest(order(early=True))
    early = await desk.post(digest, FRIDAY)
    assert ids(early) == ["5"]
    assert isinstance(early, Selection)
    assert early.early
    await desk.have(day(ago(0), (9, 8), first=5))
    await site_day(database, FRIDAY, 2, closed=True)
    assert await desk.post(digest, SATURDAY) == Reason(Why.NOTHING_NEW, {"newest": "2024-02-23"})


async def test_an_archive_of_half_a_day_is_not_empty(library: Library, digests: Digests, database: Database) -> None:
    desk = Desk(library, digests)
    await desk.have(day())
    await site_day(database, FRIDAY, 2, closed=False)
    digest = await desk.digest()
    assert (await desk.chooser.choose(digest, FRIDAY)).why == Why.HALF_DAY  # type: ignore[union-attr]  # it is a Reason
    assert await desk.chooser.sample(digest) == Reason(Why.ARCHIVE_EMPTY, {})


async def test_a_page_of_the_folder_closes_its_day(library: Library, digests: Digests, database: Database) -> None:
    desk = Desk(library, digests)
    await desk.have(day())
    await site_day(database, FRIDAY, 2, closed=False)
    await library.store_page("2024/02/23.md", "h", day(), NOW)
    assert ids(await desk.chooser.choose(await desk.digest(), FRIDAY)) == ["1", "2"]


async def test_a_replay_waits_until_the_day_is_closed(library: Library, digests: Digests, database: Database) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1), (3,), first=1), day(ago(0), (3,), first=2))
    await site_day(database, FRIDAY, 1, closed=False)
    digest, early = (
        await desk.digest(order(replay_from=ago(1))),
        await desk.digest(order(channel_id=11, replay_from=ago(1), early=True)),
    )
    for one in (digest, early):
        assert ids(await desk.post(one, FRIDAY)) == ["1"]
    assert await desk.post(digest, SATURDAY) == Reason(Why.REPLAY_ENDED, {"newest": "2024-02-22"})
    assert ids(await desk.post(early, SATURDAY)) == ["2"]


async def test_what_many_digests_had_is_looked_up_without_half_days(
    library: Library, digests: Digests, database: Database
) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1), first=1), day(ago(0), first=5))
    await site_day(database, FRIDAY, 2, closed=False)
    whole, early = await desk.digest(), await desk.digest(order(early=True))
    pasts = await digests.pasts([whole.id, early.id], ago(5))
    assert {key: past.newest_day_not_had for key, past in pasts.items()} == {whole.id: ago(1), early.id: FRIDAY}
    chooser = desk.chooser.for_one_run().knowing(pasts)
    assert [ids(await chooser.choose(one, FRIDAY)) for one in (whole, early)] == [["1", "2"], ["5", "6"]]


@pytest.mark.parametrize(("quiet", "weekend"), [(FRIDAY, "no"), (SATURDAY, "yes")])
async def test_a_day_without_papers_is_a_reason(
    library: Library, digests: Digests, database: Database, quiet: date, weekend: str
) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1)))
    digest = await desk.digest()
    await desk.post(digest, ago(1))
    await site_day(database, quiet, 0, closed=True)
    await site_day(database, quiet + timedelta(days=1), 0, closed=False)
    said = Reason(Why.QUIET_DAY, {"day": quiet.isoformat(), "weekend": weekend})
    assert await desk.post(digest, quiet + timedelta(days=1)) == said
    assert await desk.chooser.choose(digest, quiet + timedelta(days=3)) == said  # the papers alone would be too old
    assert isinstance(too_old := await desk.chooser.choose(digest, quiet + timedelta(days=4)), Reason)
    assert too_old.why == Why.TOO_OLD


async def test_a_day_that_begins_without_papers_is_nothing_yet(
    library: Library, digests: Digests, database: Database
) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1)))
    digest = await desk.digest()
    await desk.post(digest, ago(1))
    await site_day(database, FRIDAY, 0, closed=False)
    assert await desk.post(digest, FRIDAY) == Reason(Why.NOTHING_NEW, {"newest": "2024-02-22"})
