"""What a stranger may try with /digest import: files that lie, burst, or name what is another's."""

import gzip
import json
from typing import Any

from bot.digests.document import MAX_BYTES
from sandbox import Sandbox
from sandbox.world.interactions import Reply
from tests.attacks.conftest import Scene

_MIB = 2**20
BOMBS = {
    "arrays": b"[" * MAX_BYTES,
    "objects": b'{"a":' * (MAX_BYTES // 5),
    "number": b"9" * MAX_BYTES,
    "infinity": b'{"version": 1e999}',
    "surrogates": b'"' + b"\\ud800" * 1000 + b'"',
    "zeros": b"\x00" * 100,
    "picture": b"\x89PNG\r\n",
    "packed": gzip.compress(b" " * _MIB),
    "xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "a">]>',
}


async def bring(scene: Scene, content: bytes, *, told_size: int | None = None, name: str = "digests.json") -> Reply:
    file = scene.admin.user.discord.upload(name, content, told_size=told_size)
    return await scene.admin.type("/digest import", in_=scene.lobby, file=file)


def document(channel: object, **changes: object) -> bytes:
    digest: dict[str, Any] = {
        "number": 1,
        "channel": str(channel),
        "time": "09:00",
        "timezone": "UTC",
        "weekdays": ["mon"],
        "count": 5,
        "min_votes": 0,
        "style": "cards",
        "language": None,
        "replay_from": None,
        "paused": False,
    }
    return json.dumps({"format": "paperboy-digests", "version": 1, "digests": [digest | changes]}).encode()


async def nothing_is_there(scene: Scene) -> bool:
    return await scene.app.services.digests.of_server(scene.home.id) == []


async def test_the_same_file_is_taken_when_it_is_honest(scene: Scene) -> None:
    assert "1 added" in (await bring(scene, document(scene.lobby.id))).text
    assert not await nothing_is_there(scene)


async def test_a_file_that_is_told_to_be_large_is_not_asked_for(scene: Scene) -> None:
    reply = await bring(scene, b"{}", told_size=MAX_BYTES + 1)
    assert "too large" in reply.text


async def test_a_file_that_lies_about_its_size_is_read_no_further_than_the_limit(scene: Scene) -> None:
    for told_size in (0, 10, MAX_BYTES):
        reply = await bring(scene, b" " * (20 * _MIB), told_size=told_size)
        assert "too large" in reply.text, told_size
        assert await nothing_is_there(scene), told_size


async def test_a_bomb_is_a_sentence(scene: Scene) -> None:
    for name, content in BOMBS.items():
        reply = await bring(scene, content)
        assert reply.ephemeral, name
        assert "/digest export" in reply.text, name
        assert await nothing_is_there(scene), name
        scene.pass_a_minute()


async def test_a_file_that_is_gone_is_asked_for_again(discord: Sandbox, scene: Scene) -> None:
    file = discord.upload("digests.json", document(scene.lobby.id))
    discord.files.clear()
    reply = await scene.admin.type("/digest import", in_=scene.lobby, file=file)
    assert "Attach it again" in reply.text


async def test_another_servers_channel_is_as_unknown_as_none_at_all(scene: Scene) -> None:
    theirs = await bring(scene, document(scene.victim.secret.id))
    nobodys = await bring(scene, document(10**17))
    assert theirs.text == nobodys.text
    assert "“channel” must be" in theirs.text
    assert await nothing_is_there(scene)


async def test_a_channel_that_takes_no_editions_is_refused(scene: Scene) -> None:
    voice = scene.home.add_channel("talk", kind="voice")
    assert "“channel” must be" in (await bring(scene, document(voice.id))).text
    assert "“channel” must be" in (await bring(scene, document(scene.home.id))).text
    assert await nothing_is_there(scene)


async def test_one_wrong_digest_in_ten_leaves_all_as_it_was(scene: Scene) -> None:
    whole = json.loads(document(scene.lobby.id))
    [digest] = whole["digests"]
    whole["digests"] = [digest | {"number": number} for number in range(1, 11)]
    whole["digests"][9]["channel"] = str(scene.victim.secret.id)
    reply = await bring(scene, json.dumps(whole).encode())
    assert "Digest 10 of the file" in reply.text
    assert await nothing_is_there(scene)


async def test_no_text_of_a_file_is_shown_again(scene: Scene) -> None:
    """What a stranger wrote is never said in the bot's name."""
    evil = "@everyone [free](https://evil.example)"
    for content in (document(scene.lobby.id, timezone=evil), document(scene.lobby.id, **{evil: 1})):
        reply = await bring(scene, content, name=f"{evil[:9]}.json")
        assert "evil" not in reply.text
        assert reply.message.pinged == frozenset()
