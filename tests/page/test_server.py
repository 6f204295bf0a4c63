from importlib.resources import files

import aiohttp
import pytest
from aiohttp import web

from page.server import serving


async def window(request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    await socket.send_str("hello")
    await socket.close()
    return socket


async def test_the_page_and_all_that_it_names_are_handed_out_with_a_strict_policy() -> None:
    async with serving(window, 0) as address, aiohttp.ClientSession() as session:
        for path in ("", "style.css", "message.css", "js/main.js", "avatar.svg"):
            async with session.get(address + path) as answer:
                assert answer.status == 200, path
                policy = answer.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "unsafe" not in policy
                assert "https:" not in policy


async def test_pictures_of_papers_are_loaded_only_when_asked_for() -> None:
    async with (
        serving(window, 0, pictures=True) as address,
        aiohttp.ClientSession() as session,
        session.get(address) as answer,
    ):
        assert "img-src 'self' data: https:" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["../server.py", "..%2fserver.py", "js/../../server.py", "none.js", "js/"])
async def test_nothing_else_is_handed_out(path: str) -> None:
    async with serving(window, 0) as address, aiohttp.ClientSession() as session, session.get(address + path) as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "paperboy.example"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "https://paperboy.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
@pytest.mark.parametrize("path", ["", "window"])
async def test_another_sites_page_is_refused(headers: dict[str, str], path: str) -> None:
    async with serving(window, 0) as address, aiohttp.ClientSession() as session:
        upgrade = {"Upgrade": "websocket", "Connection": "Upgrade"} if path else {}
        async with session.get(address + path, headers=headers | upgrade) as answer:
            assert answer.status == 403


async def test_its_own_page_reaches_the_window() -> None:
    async with (
        serving(window, 0) as address,
        aiohttp.ClientSession() as session,
        session.ws_connect(address + "window", origin=address.rstrip("/")) as socket,
    ):
        assert (await socket.receive()).data == "hello"


async def test_it_listens_on_loopback_alone() -> None:
    async with serving(window, 0) as address:
        assert address.startswith("http://127.0.0.1:")


def test_the_page_never_makes_html_of_text() -> None:
    scripts = list(files("page").joinpath("static", "js").iterdir())
    assert scripts
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
            assert way not in text, f"{script.name}: {way}"


def test_the_page_names_no_other_host() -> None:
    static = files("page").joinpath("static")
    for file in [static.joinpath(name) for name in ("index.html", "style.css", "message.css")]:
        assert "://" not in file.read_text(encoding="utf-8"), file.name
