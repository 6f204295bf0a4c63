"""Every route answers once; the fixtures hold each request and its answer against Discord's specification."""

from typing import Any

from sandbox import Channel, Member, Sandbox, Server
from sandbox.api.server import _ROUTES
from tests.sandbox.newsbot import NewsBot
from tests.sandbox.rest import Rest
from tests.shared import needs_specification

COMMAND = {"name": "hello", "description": "Says hello.", "type": 1}


async def ask_for_channels(rest: Rest, channel: Channel, mina: Member) -> None:
    async def ask(method: str, path: str, body: object = None) -> Any:
        reached = await rest(method, path, body)
        assert reached.status < 300, (method, path, reached)
        return reached.body

    here = f"/channels/{channel.id}"
    await ask("GET", here)
    await ask("POST", f"{here}/typing")
    message = f"{here}/messages/{(await ask('POST', f'{here}/messages', {'content': 'one'}))['id']}"
    await ask("GET", f"{here}/messages")
    await ask("GET", message)
    await ask("PATCH", message, {"content": "two"})
    started = await ask("POST", f"{message}/threads", {"name": "under a message"})
    thread = f"/channels/{started['id']}"
    await ask("PUT", f"{thread}/thread-members/@me")
    await ask("DELETE", f"{thread}/thread-members/@me")
    await ask("PATCH", thread, {"archived": True})
    await ask("GET", f"{here}/threads/archived/public")
    await ask("POST", f"{here}/threads", {"name": "alone", "type": 11})
    await ask("DELETE", message)
    news = f"/channels/{channel.home.add_channel('news', kind='announcement').id}/messages"
    await ask("POST", f"{news}/{(await ask('POST', news, {'content': 'news'}))['id']}/crosspost")
    await ask("POST", "/users/@me/channels", {"recipient_id": str(mina.id)})


async def ask_for_the_application(rest: Rest, bot: NewsBot, server: Server, mina: Member) -> None:
    guild, application = f"/guilds/{server.id}", f"/applications/{bot.application_id}"
    paths = ["/gateway/bot", "/users/@me", "/users/@me/guilds", f"/users/{mina.id}", "/applications/@me"]
    paths += ["/oauth2/applications/@me", guild, f"{guild}/channels", f"{guild}/threads/active", f"{guild}/roles"]
    paths += [f"{guild}/integrations", f"{application}{guild}/commands/permissions"]
    for path in (*paths, f"{guild}/members/{mina.id}"):
        assert (await rest("GET", path)).status == 200, path
    for scope in (f"{application}/commands", f"{application}{guild}/commands"):
        made = await rest("POST", scope, COMMAND)
        assert made.status in {200, 201}
        assert (await rest("PUT", scope, [COMMAND])).status == 200
        [listed] = (await rest("GET", scope)).body
        assert (await rest("GET", f"{scope}/{listed['id']}")).status == 200
        assert (await rest("DELETE", f"{scope}/{listed['id']}")).status == 204
    assert (await rest("DELETE", f"/users/@me/guilds/{server.id}")).status == 204


async def ask_for_an_interaction(rest: Rest, world: Sandbox, bot: NewsBot, mina: Member) -> None:
    await mina.type("/pages")
    [answered] = [one for one in world.requests if one.path.endswith("/callback")]
    _, _, _, token, _ = answered.path.split("/")
    webhook = f"/webhooks/{bot.application_id}/{token}"
    made = await rest("POST", webhook, {"content": "more"})
    assert made.status == 200
    for message in (f"{webhook}/messages/{made.body['id']}", f"{webhook}/messages/@original"):
        assert (await rest("GET", message)).status == 200
        assert (await rest("PATCH", message, {"content": "other"})).status == 200
        assert (await rest("DELETE", message)).status == 204


@needs_specification
async def test_every_route_answers_as_specified(
    world: Sandbox, rest: Rest, server: Server, channel: Channel, mina: Member, bot: NewsBot
) -> None:
    await ask_for_an_interaction(rest, world, bot, mina)
    await ask_for_channels(rest, channel, mina)
    server.bot_role.allow("manage_server")
    await ask_for_the_application(rest, bot, server, mina)
    asked = {(one.method, one.route) for one in world.requests if one.succeeded}
    assert sorted({(route.method, route.path) for route in _ROUTES} - asked) == []
