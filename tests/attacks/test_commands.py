"""What a stranger may try with commands: what Discord hides, other servers' things, and values that can't be."""

import asyncio

import pytest

from bot.chat.interactions.cooldowns import SERVER_TIMES, Cooldowns, Cost
from sandbox import NotAllowed, Sandbox
from tests.attacks.conftest import CHANNEL, INTEGER, STRING, Attacker, Scene, quiet

LONG = "x" * 6000
_MINUTE = 60
WHAT_NO_CLIENT_SENDS: tuple[tuple[str, dict[str, tuple[int, object]]], ...] = (
    ("digest edit", {"digest": (STRING, "one")}),
    ("digest edit", {"time": (INTEGER, 900)}),
    ("digest edit", {"channel": (STRING, "lobby")}),
    ("digest edit", {"style": (STRING, "poster")}),
    ("digest edit", {"language": (STRING, "fr")}),
    ("digest edit", {"when": (STRING, "yesterday")}),
    ("digest edit", {"weekly": (STRING, "someday")}),
    ("digest edit", {"weekly": (INTEGER, 1)}),
    ("digest edit", {"count": (INTEGER, 10**18)}),
    ("digest edit", {"count": (STRING, "5")}),
    ("digest edit", {"timezone": (STRING, LONG)}),
    ("digest edit", {"weekdays": (STRING, LONG)}),
    ("digest edit", {"weekdays": (STRING, "mon" + " " * 5990 + "-")}),
    ("digest edit", {"time": (STRING, LONG)}),
    ("digest edit", {"replay_from": (STRING, LONG)}),
    ("digest why", {"date": (STRING, LONG)}),
    ("digest import", {"file": (STRING, "hello")}),
    ("paper search", {}),
    ("paper search", {"query": (INTEGER, 5)}),
    ("paper search", {"query": (STRING, LONG)}),
    ("paper search", {"query": (STRING, "a"), "since": (STRING, LONG)}),
    ("paper search", {"query": (STRING, "a"), "sort": (STRING, "by-hand")}),
    ("paper search", {"query": (STRING, "a"), "min_votes": (INTEGER, -5)}),
    ("paper search", {"query": (STRING, '"' * 200)}),
    ("paper search", {"query": (STRING, "a* OR NEAR(b) AND ^c {x} : -")}),
    ("paper search", {"query": (STRING, "\0\u202e\u200b")}),
    ("paper show", {"paper": (STRING, LONG)}),
    ("paper top", {"period": (STRING, "century")}),
    ("paper day", {"date": (STRING, "9" * 6000)}),
    ("subscribe add", {"query": (STRING, LONG)}),
    ("subscribe add", {"query": (STRING, "a"), "where": (STRING, "everywhere")}),
    ("subscribe remove", {"subscription": (STRING, LONG)}),
    ("subscribe remove", {"subscription": (STRING, "#" + "9" * 30)}),
    ("subscribe preview", {"subscription": (INTEGER, 1)}),
    ("digest unheard-of", {}),
)


async def test_digest_is_hidden_from_a_member_who_may_not_manage_the_server(scene: Scene) -> None:
    """Discord checks that itself, also for a hand-written request, and lets through whom the server has chosen."""
    with pytest.raises(NotAllowed, match="MANAGE"):
        await scene.attacker.member.type("/digest list", in_=scene.lobby)


async def test_a_digest_command_in_a_dm_is_refused(scene: Scene) -> None:
    in_dm = Attacker(scene.attacker.member, scene.attacker.member.dm)  # type: ignore[arg-type]  # a DM in a channel's place
    assert "only works in a server" in (await in_dm.command("digest list", {})).text


async def test_the_number_of_another_servers_digest_names_nothing_here(scene: Scene) -> None:
    forged = Attacker(scene.admin, scene.lobby)
    told = dict.fromkeys((1, 2, 0, -1, 2**53), "no digest") | dict.fromkeys((2**63, -(10**30)), "has changed")
    for command in ("edit", "remove", "pause", "resume", "preview", "now", "why"):
        for number, expected in told.items():
            reply = await forged.command(f"digest {command}", {"digest": (INTEGER, number)})
            assert expected in reply.text, (command, number)
        scene.pass_a_minute()
    [standing] = await scene.app.services.digests.of_server(scene.victim.server.id)
    assert standing.digest.pause is None


async def test_autocompletion_offers_ones_own_servers_digests_alone(scene: Scene) -> None:
    await scene.admin.type("/digest add", channel=scene.lobby, time="09:00", timezone="UTC")
    for typed in ("", "1", "secret", "03:33", LONG):
        offered = await scene.admin.complete("/digest edit", digest=typed)
        assert all("lobby" in choice.name for choice in offered)


async def test_the_channel_of_another_server_is_not_taken(scene: Scene) -> None:
    """The client offers only the server's own; the id and its object are forged here."""
    forged = Attacker(scene.admin, scene.lobby)
    there = scene.victim.secret
    reply = await forged.command(
        "digest add",
        {"channel": (CHANNEL, str(there.id)), "time": (STRING, "09:00")},
        {"channels": {str(there.id): {"id": str(there.id), "type": 0, "name": "lobby", "permissions": "8"}}},
    )
    assert "can't see that channel" in reply.text
    assert await scene.app.services.digests.of_server(scene.home.id) == []


async def test_what_no_client_would_send_is_answered_in_a_sentence(scene: Scene) -> None:
    await scene.admin.type("/digest add", channel=scene.lobby, time="09:00", timezone="UTC")
    before = await scene.app.services.digests.of_server(scene.home.id)
    for row in WHAT_NO_CLIENT_SENDS:
        reply = await Attacker(scene.admin, scene.lobby).command(*row)
        assert reply.ephemeral, row
        assert 0 < len(reply.text) < 2000, row
        assert "Something went wrong" not in reply.text, row
        assert "slower" not in reply.text, row
        assert await scene.app.services.digests.of_server(scene.home.id) == before, row
        scene.pass_a_minute()


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("digest edit", "digest"),
        ("digest edit", "count"),
        ("paper search", "min_votes"),
        ("subscribe add", "min_votes"),
    ],
)
async def test_a_forged_option_with_a_huge_number_is_refused_quietly(
    scene: Scene, command: str, option: str, caplog: pytest.LogCaptureFixture
) -> None:
    for value in (2**53 + 1, 2**63, -(2**63) - 1, 10**400):
        options: dict[str, tuple[int, object]] = {option: (INTEGER, value)}
        if command != "digest edit":
            options["query"] = (STRING, "a")
        reply = await Attacker(scene.admin, scene.lobby).command(command, options)
        assert "Something went wrong" not in reply.text, value
        assert quiet(caplog), value


async def test_a_forged_channel_with_a_huge_number_is_refused_quietly(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    for forged in (2**63, "9" * 30, "9" * 90):
        options: dict[str, tuple[int, object]] = {
            "channel": (CHANNEL, forged),
            "time": (STRING, "09:00"),
            "timezone": (STRING, "UTC"),
        }
        channel = {"id": str(forged), "type": 0, "name": "lobby", "permissions": "8"}
        reply = await Attacker(scene.admin, scene.lobby).command(
            "digest add", options, {"channels": {str(forged): channel}}
        )
        assert "Something went wrong" not in reply.text, forged
        assert await scene.app.services.digests.of_server(scene.home.id) == [], forged
        assert quiet(caplog), forged


async def test_the_subscriptions_of_another_are_neither_listed_nor_offered_nor_reached(
    discord: Sandbox, scene: Scene
) -> None:
    """Not by their ids typed by hand, not for an admin of the server whose channel they go to."""
    await scene.victim.admin.type("/subscribe add", query="secretword", where="here")
    [theirs] = await scene.app.services.subscriptions.of_member(scene.victim.admin.id)
    curious = scene.victim.server.add_member("eve", manage_server=True)
    assert "secretword" not in (await curious.type("/subscribe list")).text
    assert await curious.complete("/subscribe remove", subscription="") == []
    for command in ("remove", "preview", "pause", "resume"):
        for typed in (f"#{theirs.id}", "secretword"):
            reply = await curious.type(f"/subscribe {command}", subscription=typed)
            assert "gone" in reply.text
    assert await scene.app.services.subscriptions.of_member(scene.victim.admin.id) == [theirs]


async def test_what_costs_is_refused_after_a_while_with_a_time_and_what_is_completed_is_not(scene: Scene) -> None:
    member = scene.attacker.member
    allowed = scene.house.settings.limits.searches_per_minute
    for _ in range(allowed):
        assert "slower" not in (await member.type("/paper search", query="number")).text
    for command, options in (
        ("/paper search", {"query": "number"}),
        ("/paper similar", {"paper": "2402.00001"}),
        ("/subscribe add", {"query": "number"}),
        ("/paper foryou", {}),
    ):
        reply = await scene.attacker.command(command.strip("/"), {k: (STRING, v) for k, v in options.items()})
        assert "A little slower, please. Try again in" in reply.text
    assert await member.complete("/paper show", paper="number") != []
    assert "slower" not in (await scene.admin.type("/paper search", query="number")).text


async def test_posting_by_hand_is_refused_after_a_while(scene: Scene) -> None:
    await scene.admin.type("/digest add", channel=scene.lobby, time="09:00", timezone="UTC")
    replies = [await scene.admin.type("/digest now") for _ in range(scene.house.settings.limits.orders_per_minute + 1)]
    assert "slower" in replies[-1].text
    assert "slower" not in replies[-2].text
    assert "slower" in (await scene.admin.type("/digest export")).text


async def test_a_servers_members_together_have_an_allowance_too() -> None:
    seconds = [1000.0]
    cooldowns = Cooldowns({Cost.SEARCH: 2}, clock=lambda: seconds[0])
    for user in range(1, 2 * SERVER_TIMES + 1):
        cooldowns.spend(Cost.SEARCH, user, 7)
    with pytest.raises(Exception, match="cooldown") as refused:
        cooldowns.spend(Cost.SEARCH, 99, 7)
    assert refused.value.retry_after == pytest.approx(_MINUTE)  # type: ignore[attr-defined]  # of CommandOnCooldown
    cooldowns.spend(Cost.SEARCH, 98, 8)
    cooldowns.spend(Cost.SEARCH, 98, None)
    seconds[0] += _MINUTE + 1
    cooldowns.spend(Cost.SEARCH, 99, 7)
    assert len(cooldowns._members[Cost.SEARCH]._cache) == 1  # who was quiet for a minute is forgotten


async def test_many_at_once_are_all_answered(scene: Scene) -> None:
    replies = await asyncio.gather(*(scene.attacker.member.type("/paper search", query="number") for _ in range(40)))
    assert all(reply.ephemeral for reply in replies)
    assert sum("slower" in reply.text for reply in replies) == 40 - scene.house.settings.limits.searches_per_minute
