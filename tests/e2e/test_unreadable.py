"""Answers of Discord's that can't be read, and what of them is kept."""

from datetime import timedelta

from aiohttp.web import Response

from bot.delivery.model import State
from bot.digests.model import EditionState
from sandbox import Channel, Sandbox, Server
from tests.builders import day, utc
from tests.conftest import House

NINE = utc(2024, 2, 24)
POSTS = "/channels/*/messages"


async def order(house: House, discord: Sandbox) -> tuple[Server, Channel]:
    """A digest for nine o'clock in Seoul, ordered at noon on Friday; its papers are there."""
    server = discord.add_server("ML")
    channel, admin = server.add_channel("papers"), server.add_member("mina", manage_server=True)
    house.page(day())
    async with house.running():
        await admin.type("/digest add", channel=channel, time="09:00", timezone="Asia/Seoul")
    return server, channel


async def test_an_edition_whose_answer_broke_off_counts_as_posted_and_stands_once(
    house: House, discord: Sandbox
) -> None:
    server, channel = await order(house, discord)

    def cut_in_half(response: Response) -> Response:
        assert isinstance(response.body, bytes)
        return Response(body=response.body[: len(response.body) // 2], headers=response.headers)

    discord.fail(method="POST", path=POSTS).alter = cut_in_half
    async with house.running() as app:
        await house.strike(app, NINE)
        await house.until_delivery(app, State.RETRYING)
        house.clock.advance(timedelta(hours=1))
        app.courier.wake()
        await house.until_delivery(app, State.SENT)
        [edition] = (await app.services.digests.why(server.id, 1)).editions
        [message] = channel.messages
        assert (edition.state, edition.message_id) == (EditionState.POSTED, message.id)


async def test_a_token_that_discord_answers_with_is_in_no_file(house: House, discord: Sandbox) -> None:
    await order(house, discord)
    discord.fail(method="POST", path=POSTS, status=400, message=f"Bad request by Bot {discord.token}")
    async with house.running() as app:
        await house.strike(app, NINE)
        await house.until_delivery(app, State.FAILED)
        [row] = await app.database.rows("SELECT detail, facts FROM deliveries d JOIN editions e ON e.id = d.edition_id")
        assert "[secret]" in row["detail"]
        assert "[secret]" in row["facts"]
        held = [file.read_bytes() for file in house.folder.glob("paperboy.db*")]
        assert not any(discord.token.encode() in content for content in held)
