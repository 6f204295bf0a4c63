"""A local Discord: REST and gateway v10 on loopback, driven by a test or the demo in a few lines.

async with Sandbox() as discord:
    server = discord.add_server("ML Korea", locale="ko")
    channel = server.add_channel("papers")
    mina = server.add_member("mina", locale="ko", manage_server=True)
    ...                                                # a bot connects to discord.url with discord.token
    reply = await mina.type("/digest add", channel=channel, time="09:00")
    reply = await mina.press(reply, "Confirm")
    message = await channel.next_message()

What a person can do: `type` a command, `complete` an option, `press` a button, `choose` from a menu, `submit` a form,
`use_menu` of a message, `say` something, `add_app` to their account, `close_dms`. `discord.add_chat` makes a DM or a
group chat of people, which the bot can't see.

What a test can read: a `Reply`; `channel.messages` as everyone sees them; `member.sees(channel)`, including ephemeral
messages; `member.dms`, `message.pinged`, `message.thread`, `message.published`; and `discord.requests`, all requests of
the bot.
`next_message` and `next_dm` wait for a message, `discord.until(...)` for any other condition.

What a test can change: `channel.deny(discord.bot, "send_messages")` and `allow`, roles, `channel.delete()` and
`sync_threads()`, `message.delete()`, `thread.archive()`, `server.join(user)` and `kick(member)`, `server.kick_bot()`
and `invite_bot()`, `server.go_down()` and `come_back()`, `discord.disconnect(resume=...)`, `invalidate(resume=...)`,
`request_reconnect()` and `request_heartbeat()`, `discord.close_gateway()` and `open_gateway()`, and `discord.fail(...)`
for error codes, statuses, delays and cut connections.

Where Discord would refuse the bot, the sandbox refuses it with Discord's error codes. Where Discord's client would not
let a person do something, the sandbox raises NotAllowed. Time limits of the bot (3 s, 15 min, nonces, archiving of
threads) use the `time` that is passed in; people wait in real time. Rates are limited only if `global_rate`,
`route_limits` or `gateway.identify_pause` is set.

Not supported: reactions, pins, invites, voice, scheduled events, webhooks of channels, followed channels, components V2
and MESSAGE_* events, but MESSAGE_UPDATE when a message is published.

The package is built in layers, each of which imports only those below it:

- `window`: what one person sees and does, as JSON for a web page
- `sandbox`: the `Sandbox` that a test opens
- `api`: REST and the gateway
- `world`: servers, channels, messages, people, interactions
- `payloads`: Discord's JSON, its limits and error codes

Two more local servers stand apart: `LocalSite`, a Hugging Face, and `ModelServer`, OpenAI's API.
"""

from sandbox.api.rates import GLOBAL_RATE, ROUTE_LIMITS
from sandbox.model_server import Conduct, ModelServer, Question
from sandbox.payloads.errors import NoAnswer, NotAllowed, SandboxError
from sandbox.sandbox import Sandbox
from sandbox.site_server import LocalSite
from sandbox.world.chats import Chat
from sandbox.world.interactions import Choice, Reply
from sandbox.world.messages import Message
from sandbox.world.people import Member, User
from sandbox.world.places import Channel, DirectMessages, Thread
from sandbox.world.servers import Role, Server
from sandbox.world.traffic import Request

__all__ = [
    "GLOBAL_RATE",
    "ROUTE_LIMITS",
    "Channel",
    "Chat",
    "Choice",
    "Conduct",
    "DirectMessages",
    "LocalSite",
    "Member",
    "Message",
    "ModelServer",
    "NoAnswer",
    "NotAllowed",
    "Question",
    "Reply",
    "Request",
    "Role",
    "Sandbox",
    "SandboxError",
    "Server",
    "Thread",
    "User",
]
