"""What a recap tells beside its papers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.digests.choice import Chooser
from bot.digests.model import Digest, Favourite, Order, Recap, Selection
from bot.digests.recap import Recaps, read_recap, write_recap
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.outbox import Outbox
from bot.storage.members.desk import Desk as Notes
from bot.storage.members.likes import Likes
from bot.storage.papers.library import Library
from tests.bot.digests.desk import NOW, Desk
from tests.builders import FRIDAY, day, order, utc

ONE, TWO = "2402.00001", "2402.00002"


class Talk:
    """What is talked about, as a test says."""

    def __init__(self, *topics: str) -> None:
        self.topics = topics

    async def rising_until(self, last: date) -> Sequence[str]:
        if not self.topics:
            raise TimeoutError
        return self.topics if last == FRIDAY else ()


@pytest.fixture
async def desk(database: Database, library: Library, digests: Digests) -> Desk:
    """A week of papers; two members of server 1 like the second paper, one the first, and one of server 2 a third."""
    desk, likes = Desk(library, digests), Likes(database, library)
    await desk.have(day(FRIDAY - timedelta(days=7), votes=(99,), first=9), day(votes=(9, 5, 1)))
    here = ((1, 7, TWO), (1, 8, TWO), (1, 7, ONE), (1, 7, "2402.00009"))
    for guild_id, user_id, arxiv_id in (*here, (2, 9, "2402.00003")):
        await likes.add(guild_id, user_id, arxiv_id, NOW)
    desk.chooser = chooser(database, library, digests, Talk("Mamba", "RAG", "Agents", "KAN"))
    return desk


def chooser(database: Database, library: Library, digests: Digests, talk: Talk) -> Chooser:
    recaps = Recaps(Likes(database, library), talk)
    return Chooser(library, digests, Notes(database), fresh_days=3, recaps=recaps).for_one_run()


def weekly(**changes: object) -> Order:
    return order(weekly=True, weekdays=frozenset({4}), **changes)


async def told(desk: Desk, digest: Digest) -> Recap | None:
    chosen = await desk.chooser.choose(digest, FRIDAY)
    assert isinstance(chosen, Selection)
    return chosen.recap


async def test_a_recap_tells_of_the_weeks_favourites_of_its_server_and_of_what_is_talked_about(desk: Desk) -> None:
    recap = await told(desk, await desk.digest(weekly()))
    assert recap is not None
    assert recap.favourites == (Favourite(TWO, "Paper number 2", 2), Favourite(ONE, "Paper number 1", 1))
    assert recap.rising == ("Mamba", "RAG", "Agents")


async def test_another_server_never_hears_of_it(desk: Desk) -> None:
    elsewhere = await desk.digests.add(3, weekly(), 5, NOW, 10)
    assert elsewhere is not None
    assert await told(desk, elsewhere) == Recap((), ("Mamba", "RAG", "Agents"))
    published = await told(desk, await desk.digest(weekly(publish=True)))  # other servers get it
    assert published == Recap((), ("Mamba", "RAG", "Agents"))


async def test_a_daily_edition_and_a_recap_of_a_subject_tell_nothing_of_it(desk: Desk) -> None:
    assert await told(desk, await desk.digest(order())) is None
    assert await told(desk, await desk.digest(weekly(query="paper"))) is None


async def test_papers_that_take_too_long_to_look_through_hold_up_no_recap(
    database: Database, library: Library, digests: Digests, desk: Desk
) -> None:
    desk.chooser = chooser(database, library, digests, Talk())
    recap = await told(desk, await desk.digest(weekly()))
    assert recap is not None
    assert (len(recap.favourites), recap.rising) == (2, ())


async def test_what_was_told_is_told_again_when_the_message_is_written(
    database: Database, library: Library, digests: Digests, desk: Desk
) -> None:
    digest = await desk.digest(weekly())
    chosen = await desk.post(digest, FRIDAY)
    await Likes(database, library).remove(1, 7, TWO)  # an edition says what was so
    outbox = Outbox(database, library)
    [delivery] = await outbox.owed(utc(2024, 2, 24), 9)
    mail = await outbox.edition_mail(delivery.edition_id or 0)
    assert mail is not None
    assert mail.selection == chosen
    async with database.write() as tx:
        await tx.run("UPDATE editions SET recap = 'x'")
    spoilt = await Outbox(database, library).edition_mail(delivery.edition_id or 0)
    assert spoilt is not None
    assert isinstance(chosen, Selection)
    assert spoilt.selection == replace(chosen, recap=None)


def test_a_recap_is_written_and_read() -> None:
    recap = Recap((Favourite(ONE, "제목", 2),), ("RAG",))
    assert read_recap(write_recap(recap)) == recap
    assert read_recap(write_recap(None)) is None
