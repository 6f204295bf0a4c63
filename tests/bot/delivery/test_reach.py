"""While the bot connects, deliveries to servers that Discord has not told of yet wait, and cost nothing."""

from bot.delivery.model import Part, Reach
from bot.digests.model import Selection
from bot.storage.ledger.consequences import owe_alert
from tests.bot.delivery.office import NOW, Office
from tests.builders import FRIDAY, day, order

SERVERS = [shard << 22 for shard in (4, 5, 6)]


async def owe(office: Office) -> None:
    """An edition in each server, an alert in a channel of the second, and one by DM."""
    held = day(votes=[9, 9])
    await office.library.store_page("23", "h", held, NOW)
    for server in SERVERS:
        digest = await office.digests.add(server, order(channel_id=server + 1), 5, NOW, 10)
        assert digest is not None
        await office.digests.plan(digest, FRIDAY, NOW, Selection(FRIDAY, 2, held.listings))
    matches = f'[["{held.listings[0].paper.arxiv_id}", 9, ["vision"]]]'
    here: list[tuple[int, int | None, int | None]] = [(7, SERVERS[1] + 2, SERVERS[1])]
    async with office.database.write() as tx:
        for user, channel, home in [*here, (8, None, None)]:
            await tx.run("INSERT INTO members (user_id) VALUES (?)", (user,))
            await owe_alert(tx, (user, FRIDAY.isoformat(), channel, home, "en", matches), NOW)


async def owed(office: Office, reach: Reach | None) -> list[int]:
    return [delivery.id for delivery in await office.outbox.owed(NOW, 10, reach)]


async def test_only_what_goes_to_shards_that_are_there_is_owed(office: Office) -> None:
    await owe(office)
    assert await owed(office, None) == [1, 2, 3, 4, 5]
    assert await owed(office, Reach(3, frozenset({1}))) == [1, 5]
    assert await owed(office, Reach(3, frozenset({2}))) == [2, 4, 5]
    assert await owed(office, Reach(3, frozenset())) == [5]


async def test_what_waits_for_its_shard_is_sent_once_that_is_there(office: Office) -> None:
    await owe(office)
    there = {1}
    courier = office.courier
    courier.keep_within(lambda: Reach(3, frozenset(there)) if len(there) < len(SERVERS) else None)
    assert await courier.send_owed() == 2
    assert [mail.guild_id for mail in office.post.mails] == SERVERS[:1]
    there.update({0, 2})
    assert await courier.send_owed() == 3
    assert {mail.guild_id for mail in office.post.mails} == set(SERVERS)
    assert sorted(part for part, _ in office.post.sent) == [Part.ALERT, Part.ALERT, *[Part.CARDS] * 3]
