from typing import Any

import pytest

from sandbox import Channel, Member, NotAllowed, Sandbox, Server
from tests.sandbox.newsbot import NewsBot
from tests.sandbox.rest import Rest

STRING, INTEGER, CHANNEL = 3, 4, 7


def command(**changes: object) -> dict[str, Any]:
    return {"name": "paper", "description": "A paper", "type": 1} | changes


def option(**changes: object) -> dict[str, Any]:
    return {"name": "number", "description": "Its number", "type": STRING} | changes


NAME = "APPLICATION_COMMAND_INVALID_NAME"
TAKEN = "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"
NESTING = "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"

REFUSED: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    (command(name="Paper"), ("name",), NAME),
    (command(name="two words"), ("name",), NAME),
    (command(name="가" * 33), ("name",), "BASE_TYPE_BAD_LENGTH"),
    (command(name=""), ("name",), "BASE_TYPE_REQUIRED"),
    (command(description=""), ("description",), "BASE_TYPE_REQUIRED"),
    (command(description="x" * 101), ("description",), "BASE_TYPE_BAD_LENGTH"),
    (command(name_localizations={"kr": "논문"}), ("name_localizations", "kr"), "BASE_TYPE_CHOICES"),
    (command(name_localizations={"ko": "논 문"}), ("name_localizations", "ko"), NAME),
    (
        command(description_localizations={"ko": "가" * 101}),
        ("description_localizations", "ko"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    (command(options=[option(name=f"o{n}") for n in range(26)]), ("options",), "BASE_TYPE_MAX_LENGTH"),
    (command(options=[option(), option()]), ("options", 1, "name"), TAKEN),
    (
        command(options=[option(name_localizations={"ko": "수"}), option(name="n", name_localizations={"ko": "수"})]),
        ("options", 1, "name"),
        TAKEN,
    ),
    (
        command(options=[option(), option(name="n", required=True)]),
        ("options", 1),
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    (command(options=[option(type=12)]), ("options", 0, "type"), "BASE_TYPE_CHOICES"),
    (command(options=[option(type=1), option(name="n")]), ("options",), NESTING),
    (
        command(options=[option(type=2, options=[option(type=2, options=[])])]),
        ("options", 0, "options", 0, "type"),
        NESTING,
    ),
    (
        command(options=[option(choices=[{"name": "x", "value": "x"}] * 26)]),
        ("options", 0, "choices"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        command(options=[option(choices=[{"name": "x" * 101, "value": "x"}])]),
        ("options", 0, "choices", 0, "name"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        command(options=[option(choices=[{"name": "x", "value": "x" * 101}])]),
        ("options", 0, "choices", 0, "value"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        command(options=[option(type=INTEGER, choices=[{"name": "x", "value": "x"}])]),
        ("options", 0, "choices", 0, "value"),
        "NUMBER_TYPE_COERCE",
    ),
    (
        command(options=[option(autocomplete=True, choices=[{"name": "x", "value": "x"}])]),
        ("options", 0, "choices"),
        "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID",
    ),
    (command(contexts=[7]), ("contexts",), "NUMBER_TYPE_MAX"),
    (
        command(
            options=[
                option(name=f"o{n}", choices=[{"name": f"{c}" + "x" * 90, "value": "y" * 90} for c in range(25)])
                for n in range(2)
            ]
        ),
        (),
        "APPLICATION_COMMAND_TOO_LARGE",
    ),
]


@pytest.fixture
def commands_path(world: Sandbox) -> str:
    return f"/applications/{world.bot.id}/commands"


@pytest.mark.parametrize(("raw", "path", "code"), REFUSED)
async def test_commands_that_break_a_rule_are_refused(
    rest: Rest, world: Sandbox, commands_path: str, raw: dict[str, Any], path: tuple[str | int, ...], code: str
) -> None:
    answer = await rest("PUT", commands_path, [raw])
    assert (answer.status, answer.code) == (400, 50035)
    assert code in answer.errors(0, *path)
    assert world.commands.in_scope(None) == []


async def test_commands_have_names_of_their_own_and_are_at_most_a_hundred(rest: Rest, commands_path: str) -> None:
    twice = await rest("PUT", commands_path, [command(), command()])
    assert twice.errors(1, "name") == ["APPLICATION_COMMANDS_DUPLICATE_NAME"]
    many = await rest("PUT", commands_path, [command(name=f"c{n}") for n in range(101)])
    assert (many.status, many.code) == (400, 30032)


async def test_overwriting_keeps_ids_and_drops_what_is_not_named(rest: Rest, commands_path: str) -> None:
    first = (await rest("PUT", commands_path, [command(), command(name="더보기")])).body
    second = (await rest("PUT", commands_path, [command(description="New", name_localizations={"ko": "논문"})])).body
    assert [each["name"] for each in second] == ["paper"]
    assert second[0]["id"] == first[0]["id"]
    assert second[0]["version"] != first[0]["version"]
    assert "name_localizations" not in (await rest("GET", commands_path)).body[0]
    listed = (await rest("GET", commands_path + "?with_localizations=true")).body
    assert listed[0]["name_localizations"] == {"ko": "논문"}


async def test_single_commands_and_those_of_a_server(rest: Rest, server: Server, commands_path: str) -> None:
    scope = commands_path.replace("/commands", f"/guilds/{server.id}/commands")
    made = (await rest("POST", scope, command())).body
    assert made["guild_id"] == str(server.id)
    assert (await rest("GET", commands_path)).body == []
    assert (await rest("GET", f"{scope}/{made['id']}")).body["name"] == "paper"
    assert (await rest("DELETE", f"{scope}/{made['id']}")).status == 204
    assert (await rest("GET", f"{scope}/{made['id']}")).code == 10063
    assert (await rest("GET", "/applications/1/commands")).code == 20012


async def test_discord_py_reads_back_what_it_registered(bot: NewsBot) -> None:
    known = {command.name: command for command in await bot.tree.fetch_commands()}
    assert known["paper"].options[0].name == "show"
    assert known["setup"].default_member_permissions is not None
    assert known["setup"].default_member_permissions.manage_guild


async def test_what_a_member_may_use(bot: NewsBot, mina: Member, jun: Member, channel: Channel) -> None:
    assert (await mina.type("/setup", where=channel, count=3)).content == "papers 3 True True"
    with pytest.raises(NotAllowed, match="not offered to jun"):
        await jun.type("/setup", where=channel, count=3)
    with pytest.raises(NotAllowed, match="not offered here"):
        await mina.type("/setup", in_=mina.dm, where=channel, count=3)
    assert (await jun.server.owner.type("/setup", where=channel, count=1)).content == "papers 1 True True"
    channel.deny(jun, "use_application_commands")
    with pytest.raises(NotAllowed, match="may not use commands"):
        await jun.type("/secret")


@pytest.mark.parametrize(
    ("words", "options", "told"),
    [
        ("/nothing", {}, "there is no command /nothing"),
        ("/paper", {}, "goes on with one of show"),
        ("/paper hide", {}, "there is no hide, but show"),
        ("/hello", {}, "requires the option name"),
        ("/hello", {"name": "x", "age": 1}, "has no option age"),
        ("/hello", {"name": 5}, "does not take 5"),
        ("/setup", {"count": 11}, "takes 1 to 10, not 11"),
        ("/setup", {"count": True}, "does not take True"),
    ],
)
async def test_what_the_client_does_not_let_through(
    bot: NewsBot, mina: Member, channel: Channel, words: str, options: dict[str, Any], told: str
) -> None:
    if words == "/setup":
        options = {"where": channel} | options
    with pytest.raises(NotAllowed, match=told):
        await mina.type(words, **options)


async def test_channels_that_cannot_be_picked(bot: NewsBot, world: Sandbox, mina: Member, channel: Channel) -> None:
    voice = mina.server.add_channel("talk", kind="voice")
    hidden = mina.server.add_channel("hidden")
    hidden.deny(mina, "view_channel")
    for picked in (voice, hidden, world.add_server("other").add_channel("x"), mina):
        with pytest.raises(NotAllowed):
            await mina.type("/setup", where=picked, count=1)


async def test_what_does_not_complete(bot: NewsBot, mina: Member) -> None:
    with pytest.raises(NotAllowed, match="does not complete"):
        await mina.complete("/hello", name="x")
    with pytest.raises(NotAllowed, match="has no option x"):
        await mina.complete("/paper show", x="x")


async def test_too_many_completions_are_refused(bot: NewsBot, world: Sandbox, mina: Member) -> None:
    world.patience = 0.05
    with pytest.raises(Exception, match="did not answer"):
        await mina.complete("/paper show", number="x" * 100)
    await world.until(lambda: world.requests[-1].status == 400)  # a busy machine may refuse later
    assert world.requests[-1].code == 50035


async def test_localised_choices_are_picked_and_offered(
    rest: Rest, world: Sandbox, mina: Member, commands_path: str
) -> None:
    order = option(choices=[{"name": "Newest", "name_localizations": {"ko": "최신"}, "value": "new"}])
    await rest("PUT", commands_path, [command(options=[order])])
    user = mina.user
    typed = world.commands.find("/paper", user.dm, user)
    for word in ("최신", "Newest", "new"):
        assert typed.fill({"number": word}, user, user.dm)["options"][0]["value"] == "new"
    with pytest.raises(NotAllowed, match="no choice '오래된'"):
        typed.fill({"number": "오래된"}, user, user.dm)
