"""A digest whose time zone is gone from the database of zones."""

from sandbox import Sandbox
from tests.builders import day, utc
from tests.conftest import House

NINE = utc(2024, 2, 24)  # in Seoul


async def test_a_zone_that_is_gone_pauses_its_digest_tells_its_admin_and_stops_no_other(
    house: House, discord: Sandbox
) -> None:
    lost, sound = discord.add_server("Lost"), discord.add_server("Sound")
    admins = [server.add_member("mina", manage_server=True) for server in (lost, sound)]
    channels = [server.add_channel("papers") for server in (lost, sound)]
    house.page(day())
    async with house.running() as app:
        for admin, channel in zip(admins, channels, strict=True):
            await admin.type("/digest add", channel=channel, time="09:00", timezone="Asia/Seoul")
        async with app.database.write() as tx:
            await tx.run(
                "UPDATE digests SET settings = json_set(settings, '$.timezone', 'US/Pacific-New') WHERE guild_id = ?",
                (lost.id,),
            )
    async with house.running() as app:
        notice = await channels[0].next_message()
        assert "Digest #1 is paused" in notice.text
        assert "timezone: US/Pacific-New" in notice.text
        await house.strike(app, NINE)
        assert (await channels[1].next_message()).embeds
        assert "US/Pacific-New" in (await admins[0].type("/digest list")).text
        answer = await admins[0].type("/digest edit", timezone="America/Los_Angeles")
        assert "is updated and running again" in answer.text
