"""A running bot serves feeds to anyone, with the papers alone in them."""

import socket
from datetime import timedelta

import aiohttp
import pytest

from bot.settings import FeedSettings
from sandbox import Sandbox
from tests.atom import read
from tests.builders import FRIDAY, day
from tests.conftest import House


@pytest.fixture
def port(house: House) -> int:
    """The port where the house's bot serves feeds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    house.settings = house.settings.model_copy(update={"feed": FeedSettings(port=port)})
    return port


async def test_a_stranger_reads_the_papers_and_nothing_of_servers_or_members(
    discord: Sandbox, house: House, port: int
) -> None:
    server = discord.add_server("Secret Lab", locale="ko")
    channel, mina = server.add_channel("hidden"), server.add_member("mina", locale="ko", manage_server=True)
    house.page(day(FRIDAY - timedelta(days=1), first=5))

    async def ask(path: str) -> tuple[int, bytes]:
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, await answer.read()

    async with house.running() as app:
        await mina.type("/subscribe add", in_=channel, query="강화학습")
        await mina.type("/digest add", channel=channel, time="09:00", timezone="Asia/Seoul")
        house.page(day(FRIDAY))
        await app.look_at_archive()
        for language, title in (("ko", "페이퍼보이: 강화학습 논문"), ("en", "Paperboy: papers on 강화학습")):
            status, document = await ask(f"/feed.atom?query=강화학습&language={language}")
            feed = read(document)
            assert (status, feed.title, feed.language) == (200, title, language)
            assert [entry.title for entry in feed.entries] == [f"Paper number {number}" for number in (1, 2, 5, 6)]
            for secret in ("Secret", "hidden", "mina", str(server.id), str(channel.id), str(mina.id)):
                assert secret.encode() not in document
        assert (await ask("/feed.atom?query=-x"))[0] == 400
        assert app.monitor.metrics.registry.get_sample_value("paperboy_feed_requests_total", {"status": "200"}) == 2
