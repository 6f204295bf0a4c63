"""A local Discord: REST and gateway v10 on loopback, driven by a test or the demo in a few lines.

async with Sandbox() as discord:
    server = discord.add_server("ML Korea", locale="ko")
    channel = server.add_channel("papers")
    mina = server.add_member("mina", locale="ko", manage_server=True)
    ...                                                # a bot connects to discord.url with discord.token
    reply = await mina.type("/digest add", channel=channel, time="09:00")
    reply = await mina.press(reply, "Confirm")
    message = await channel.next_message()

What a person can do: `type` a command, `complete` an option, `press` a button, `choose` from a menu, `submit` a
form, `say` something, `close_dms`. What can be read: a `Reply`, `channel.messages` as everyone sees them,
`member.sees(channel)` with the ephemeral ones, `member.dms`, `message.pinged`, `message.thread`; `next_message` and
`next_dm` wait, `discord.until(...)` waits for anything else. What can be changed under the bot:
`channel.deny(discord.bot, "send_messages")` and `allow`, roles, `channel.delete()` and `sync_threads()`,
`message.delete()`, `thread.archive()`, `join(user)` and `leave(user)`, `server.kick_bot()` and `invite_bot()`,
`server.go_down()` and `come_back()`, `discord.disconnect(resume=...)`, `invalidate(resume=...)`,
`request_reconnect()` and `request_heartbeat()`, `discord.close_gateway()` and `open_gateway()`, and
`discord.fail(...)` for Discord's error codes, statuses, delays and cut connections. `discord.requests` lists all that
the bot asked.

Where Discord would refuse the bot, the sandbox refuses it with Discord's codes; where Discord's client would not let
a person do a thing, the sandbox raises NotAllowed. The bot's side of the time rules (3 s, 15 min, nonces, threads that
archive themselves) goes by the `time` that is handed in; people wait in real time.

Beside it there is a local Hugging Face, `LocalSite` (sandbox/site_server.py).

It does not know: reactions, pins, invites, voice, scheduled events, webhooks of channels, the second generation of
components, and MESSAGE_* events. It limits rates where told to: `global_rate`, `route_limits` and
`gateway.identify_pause`.

Beside it stands a `ModelServer`: a local server that speaks OpenAI's API, for summaries.
"""

from sandbox.api.rates import GLOBAL_RATE, ROUTE_LIMITS
from sandbox.model_server import Conduct, ModelServer, Question
from sandbox.payloads.errors import NoAnswer, NotAllowed, SandboxError
from sandbox.sandbox import Sandbox
from sandbox.site_server import LocalSite
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
