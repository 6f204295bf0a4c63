from datetime import timedelta

from bot.reading.model import MAX_NOTE, Mark
from bot.storage.engine.database import Database
from bot.storage.members.desk import Desk
from bot.storage.members.saved import ReadingLists
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, day, utc

NOON = utc(2024, 2, 23, 12)


async def test_a_list_is_the_members_own_and_the_newest_first(database: Database, library: Library) -> None:
    lists = ReadingLists(database, library)
    await library.store_page("a", "hash", day(FRIDAY, votes=(3, 2, 1)), NOON)
    for minute, arxiv_id in enumerate(("2402.00002", "2402.00001", "2402.00009")):
        assert await lists.add(7, arxiv_id, NOON + timedelta(minutes=minute))
    assert await lists.add(7, "2402.00002", NOON + timedelta(hours=1))  # it stays where it was
    assert [each.arxiv_id for each in await lists.page(7)] == ["2402.00009", "2402.00001", "2402.00002"]
    assert [each.found is not None for each in await lists.page(7)] == [False, True, True]
    assert [each.arxiv_id for each in await lists.page(7, 1, 1)] == ["2402.00001"]
    assert (await lists.count(7), await lists.count(8)) == (3, 0)
    await lists.remove(8, "2402.00001")
    assert await lists.mark(7, "2402.00001") == Mark()
    await lists.remove(7, "2402.00001")
    assert await lists.mark(7, "2402.00001") is None


async def test_a_full_list_takes_nothing_more(database: Database, library: Library) -> None:
    lists = ReadingLists(database, library)
    assert [await lists.add(7, name, NOON, limit=2) for name in "abcab"] == [True, True, False, True, True]
    assert await lists.add(8, "c", NOON, limit=2)
    assert await lists.count(7) == 2


async def test_who_is_forgotten_keeps_no_list(database: Database, library: Library, desk: Desk) -> None:
    lists = ReadingLists(database, library)
    await lists.add(7, "a", NOON)
    await lists.add(8, "a", NOON)
    await desk.forget_member(7)
    assert (await lists.count(7), await lists.count(8)) == (0, 1)


async def test_a_long_list_is_read_whole(database: Database, library: Library) -> None:
    lists = ReadingLists(database, library)
    await library.store_page("a", "hash", day(FRIDAY, votes=(None,) * 250), NOON)
    for number in range(1, 251):
        await lists.add(7, f"2402.{number:05d}", NOON)
    assert all(each.found for each in await lists.page(7))


async def test_what_is_read_and_noted_is_the_members_own_and_goes_with_the_paper(
    database: Database, library: Library
) -> None:
    lists = ReadingLists(database, library)
    for user_id, arxiv_id in ((7, "a"), (7, "b"), (8, "a")):
        await lists.add(user_id, arxiv_id, NOON)
    assert await lists.set_read(7, "a", NOON)
    assert await lists.set_note(7, "a", " compare\x00 with\n**ours** ")
    assert await lists.mark(7, "a") == Mark(read=True, note="compare with\n**ours**")
    assert (await lists.mark(7, "b"), await lists.mark(8, "a")) == (Mark(), Mark())
    assert [each.arxiv_id for each in await lists.page(7, unread=True)] == ["b"]
    assert (await lists.count(7, unread=True), await lists.count(7), await lists.count(8, unread=True)) == (1, 2, 1)
    assert {each.arxiv_id: each.mark.read for each in await lists.page(7)} == {"a": True, "b": False}
    assert await lists.set_read(7, "a", None)
    assert await lists.count(7, unread=True) == 2
    await lists.remove(7, "a")
    await lists.add(7, "a", NOON)
    assert await lists.mark(7, "a") == Mark()


async def test_a_note_is_cut_and_only_kept_on_what_is_saved(database: Database, library: Library) -> None:
    lists = ReadingLists(database, library)
    assert not await lists.set_read(7, "a", NOON)
    assert not await lists.set_note(7, "a", "x")
    await lists.add(7, "a", NOON)
    await lists.set_note(7, "a", "x" * (MAX_NOTE + 1))
    assert await lists.mark(7, "a") == Mark(note="x" * MAX_NOTE)
    await lists.set_note(7, "a", "")
    assert await lists.mark(7, "a") == Mark()
