"""`paperboy try` without a browser: the page is served, and its controls do what they say."""

import json
from typing import Any

import aiohttp
import pytest

from bot.demo.play import Visit, open_playground
from bot.errors import SettingsError
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from tests.builders import order, utc


class Visitor:
    """One at the window."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self.view: Any = None

    async def ask(self, action: str, **given: Any) -> Any:
        await self._socket.send_str(json.dumps({"id": action, "do": action} | given))
        while True:
            told = json.loads((await self._socket.receive()).data)
            self.view = told.get("view", self.view)
            if told.get("id") == action:
                assert "error" not in told, told
                return told["result"]

    async def use(self, control: str) -> None:
        await self.ask("control", name=control)

    async def type(self, command: str, **options: Any) -> str:
        await self.ask("type", place=self.view["open"]["id"], command=command, options=options)
        return str(self.view["open"]["messages"][-1]["content"])


async def test_a_visit_goes_from_the_invitation_over_a_week_to_a_restart() -> None:
    async with open_playground(Visit(port=0)) as address, aiohttp.ClientSession() as session:
        visitor = Visitor(await session.ws_connect(address + "window"))
        await visitor.use("invite")
        await visitor.type("digest add", channel=visitor.view["open"]["id"], time="09:00")
        await visitor.use("week")
        editions = [each for each in visitor.view["open"]["messages"] if each["embeds"] and not each["ephemeral"]]
        assert len(editions) == 4  # the seeds' newest papers make four mornings
        assert visitor.view["now"].startswith("2024-02-26T09:00")
        await visitor.use("restart")
        await visitor.ask("press", message=editions[0]["id"], custom_id=editions[0]["rows"][-1][0]["custom_id"])
        assert visitor.view["open"]["messages"][-1]["ephemeral"]


async def test_every_fault_can_begin_and_end() -> None:
    async with open_playground(Visit(port=0)) as address, aiohttp.ClientSession() as session:
        visitor = Visitor(await session.ws_connect(address + "window"))
        await visitor.use("invite")
        faults = [each["name"] for each in visitor.view["controls"] if each["group"] == "fault"]
        assert faults == ["away", "no-permission", "dms-closed", "thread-locked", "rate-limit"]
        for fault in faults:
            for on in (True, False):
                await visitor.use(fault)
                assert {each["name"]: each["on"] for each in visitor.view["controls"]}[fault] is on


async def test_a_taken_port_is_one_line_of_error() -> None:
    async with open_playground(Visit(port=0)) as address:
        taken = int(address.rstrip("/").rpartition(":")[2])
        with pytest.raises(SettingsError, match=f"port {taken} can't be used.*--port"):
            async with open_playground(Visit(port=taken)):
                pass


async def test_an_operators_database_is_played_with_as_a_copy(tmp_path: Any) -> None:
    original = tmp_path / "paperboy.db"
    async with Database.open(original) as database:
        await Digests(database).add(4_000_000_000, order(channel_id=5_000_000_000), 1, utc(2024, 1, 1), 10)
    before = original.read_bytes()
    async with open_playground(Visit(port=0, database=original)) as address, aiohttp.ClientSession() as session:
        visitor = Visitor(await session.ws_connect(address + "window"))
        await visitor.use("hour")
        servers = {server["id"]: server for server in visitor.view["servers"]}
        assert servers["4000000000"]["channels"][0]["id"] == "5000000000"
        await visitor.ask("open", place="5000000000")
        assert "#1" in json.dumps(
            await visitor.ask("complete", place="5000000000", command="digest why", options={"digest": ""})
        )
    assert original.read_bytes() == before


@pytest.mark.parametrize("model", [False, True])
async def test_new_papers_come_by_a_local_site_and_are_summarised_where_a_model_is_asked_for(*, model: bool) -> None:
    if model:
        pytest.importorskip("openai")
    visit = Visit(port=0, site=True, model=model)
    async with open_playground(visit) as address, aiohttp.ClientSession() as session:
        visitor = Visitor(await session.ws_connect(address + "window"))
        await visitor.use("invite")
        await visitor.type("digest add", channel=visitor.view["open"]["id"], time="09:00")
        await visitor.use("morning")
        edition = visitor.view["open"]["messages"][-1]
        assert ("stands in for the abstract" in json.dumps(edition["embeds"])) is not model
        if not model:
            return  # the days after are alike
        await visitor.use("morning")
        await visitor.use("morning")
        first, *others = [each for each in visitor.view["open"]["messages"] if each["embeds"] and not each["ephemeral"]]
        assert len(others) == 2
        assert (first["id"], first["edited"]) == (edition["id"], True)
