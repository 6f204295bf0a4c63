import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.monitor.rest import count_requests, route

SEGMENT = st.text(st.characters(blacklist_characters="/"), max_size=30)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/channels/123/messages", "/channels/:id/messages"),
        ("/channels/123/messages/456/threads", "/channels/:id/messages/:id/threads"),
        ("/users/@me/channels", "/users/@me/channels"),
        ("/interactions/1/aW50ZXJhY3Rpb246/callback", "/interactions/:id/:other/callback"),
        ("/webhooks/1/aW50/messages/@original", "/webhooks/:id/:other/messages/@original"),
        ("/applications/1/commands", "/applications/:id/commands"),
        ("/gateway/bot", "/gateway/bot"),
        ("/", "/:other"),
    ],
)
def test_no_id_and_no_token_stands_in_a_route(path: str, expected: str) -> None:
    assert route(path) == expected


@given(st.lists(st.integers(0, 2**64).map(str) | SEGMENT.map(lambda text: f"x{text}"), max_size=5))
def test_nothing_of_what_differs_is_left(parts: list[str]) -> None:
    left = route("/channels/" + "/".join(parts))
    assert set(left.split("/")) <= {"", "channels", ":id", ":other"}


async def test_requests_below_the_base_are_counted_and_no_others() -> None:
    counted = []

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=429 if request.method == "POST" else 200)

    async def cut(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    application = web.Application()
    application.router.add_route("*", "/api/v10/gateway", cut)
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here = f"http://127.0.0.1:{runner.addresses[0][1]}"
    trace = aiohttp.TraceConfig()
    count_requests(trace, f"{here}/api/v10", lambda *told: counted.append(told))
    async with aiohttp.ClientSession(trace_configs=[trace]) as session:
        async with session.get(f"{here}/api/v10/channels/5"):
            pass
        async with session.post(f"{here}/api/v10/channels/5/messages"):
            pass
        async with session.get(f"{here}/elsewhere"):
            pass
        with pytest.raises(aiohttp.ClientError):
            await session.post(f"{here}/api/v10/gateway")
    await runner.cleanup()
    assert counted == [
        ("GET", "/channels/:id", "200"),
        ("POST", "/channels/:id/messages", "429"),
        ("POST", "/gateway", "error"),
    ]
