"""A visitor's actions, read from JSON and carried out as the person whom the visitor plays."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from sandbox.payloads.components import CHANNEL_SELECT
from sandbox.payloads.errors import Json, NotAllowed
from sandbox.window.offers import commands_for
from sandbox.window.view import writes
from sandbox.world.places import Channel, Thread

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sandbox.sandbox import Sandbox
    from sandbox.window.controls import Controls
    from sandbox.window.view import Seat
    from sandbox.world.interactions import Reply
    from sandbox.world.messages import Message
    from sandbox.world.people import User
    from sandbox.world.places import Place

_FILE_BYTES = 256 * 1024


class Actions:
    """The actions of one seat. Raises NotAllowed or NoAnswer, and KeyError or TypeError for invalid JSON."""

    def __init__(self, discord: Sandbox, seat: Seat, controls: Controls) -> None:
        self._discord = discord
        self._seat = seat
        self._controls = controls
        self._forms: dict[str, Reply] = {}
        self._known: dict[str, Callable[[Json], Awaitable[object]]] = {
            "become": self._become,
            "open": self._open,
            "close": self._close,
            "commands": self._commands,
            "complete": self._complete,
            "type": self._type,
            "press": self._press,
            "choose": self._choose,
            "use": self._use,
            "submit": self._submit,
            "say": self._say,
            "dismiss": self._dismiss,
            "download": self._download,
            "control": self._control,
        }

    async def do(self, asked: Json) -> object:
        """Carry out an action and return its result."""
        action = self._known.get(str(asked.get("do")))
        if action is None:
            raise NotAllowed(f"there is no {asked.get('do')!r} to do")
        return await action(asked)

    async def _become(self, asked: Json) -> None:
        person = self._discord.users.get(int(asked["person"]))
        if person is None or person.bot:
            raise NotAllowed("there is nobody of this id")
        seat = self._seat
        seat.person = person
        if person not in seat.place.audience():
            seat.place = first_place(self._discord, person)
        seat.thread = None

    async def _open(self, asked: Json) -> None:
        place = self._place(asked)
        if isinstance(place, Thread):
            self._seat.thread = place
        else:
            self._seat.place, self._seat.thread = place, None

    async def _close(self, asked: Json) -> None:
        del asked
        self._seat.thread = None

    async def _commands(self, asked: Json) -> list[Json]:
        return commands_for(self._discord, self._seat.person, self._place(asked))

    async def _complete(self, asked: Json) -> list[Json]:
        place, person = self._place(asked), self._seat.person
        choices = await person.complete(str(asked["command"]), in_=place, **_options(asked))
        return [{"name": choice.name, "value": choice.value} for choice in choices]

    async def _type(self, asked: Json) -> Json:
        place, person = self._place(asked), self._seat.person
        command = str(asked["command"])
        kinds = {
            option["name"]: option["type"]
            for offer in commands_for(self._discord, person, place)
            if offer["path"] == command
            for option in offer["options"]
        }
        options = {name: self._value(kinds.get(name, ""), value) for name, value in _options(asked).items()}
        return self._told(await person.type(command, in_=place, **options))

    async def _press(self, asked: Json) -> Json:
        return self._told(await self._seat.person.press(self._message(asked), str(asked["custom_id"])))

    async def _choose(self, asked: Json) -> Json:
        message = self._message(asked)
        menu = str(asked["custom_id"])
        is_channels = any(each.custom_id == menu and each.kind == CHANNEL_SELECT for each in message.selects)
        values = [self._value("channel", value) if is_channels else str(value) for value in asked["values"]]
        return self._told(await self._seat.person.choose(message, values, menu=menu))

    async def _use(self, asked: Json) -> Json:
        return self._told(await self._seat.person.use_menu(str(asked["name"]), self._message(asked)))

    async def _submit(self, asked: Json) -> Json:
        reply = self._forms.pop(str(asked["form"]), None)
        if reply is None:
            raise NotAllowed("the form is not open any more")
        values = {str(name): str(value) for name, value in dict(asked["values"]).items()}
        return self._told(await self._seat.person.submit(reply, **values))

    async def _say(self, asked: Json) -> None:
        place = self._place(asked)
        if not writes(self._seat.person, place):
            raise NotAllowed(f"{self._seat.person.name} may not write in {place.name}")
        content = str(asked["content"])
        for user in place.audience():
            content = re.sub(rf"@{re.escape(user.name)}(?!\w)", f"<@{user.id}>", content)
        self._seat.person.say(content, in_=place)

    async def _dismiss(self, asked: Json) -> None:
        message = self._message(asked)
        if not message.ephemeral:
            raise NotAllowed("only a private answer can be dismissed")
        self._seat.dismissed.add(message.id)

    async def _download(self, asked: Json) -> Json:
        wanted = int(asked["file"])
        for file in self._message(asked).attachments:
            if file.id == wanted:
                return {"name": file.filename, "content": base64.b64encode(file.content).decode()}
        raise NotAllowed("this file is gone")

    async def _control(self, asked: Json) -> object:
        return await self._controls.use(str(asked["name"]), asked)

    def _told(self, reply: Reply) -> Json:
        if reply.kind != "modal":
            message = str(reply.message.id) if reply.kind in ("message", "update") else None
            return {"kind": reply.kind, "message": message}
        self._forms[str(reply.interaction.id)] = reply
        return {"kind": "modal", "form": str(reply.interaction.id), "modal": reply.modal}

    def _place(self, asked: Json) -> Place:
        place = self._discord.places.get(int(asked["place"]))
        if place is None or self._seat.person not in place.audience():
            raise NotAllowed("this channel is gone")
        return place

    def _message(self, asked: Json) -> Message:
        wanted = int(asked["message"])
        for place in filter(None, (self._seat.place, self._seat.thread)):
            if (message := place.find(wanted)) is not None and message.seen_by(self._seat.person):
                return message
        raise NotAllowed("this message is gone")

    def _value(self, kind: str, value: object) -> object:
        """The value of an option: a channel is given by its id, a file by its name and content."""
        if kind == "channel":
            channel = self._discord.places.get(int(str(value)))
            if not isinstance(channel, Channel | Thread):
                raise NotAllowed("this channel is gone")
            return channel
        if kind == "file" and isinstance(value, dict):
            return self._discord.upload(str(value["name"]), _content(str(value["content"])))
        return value


def first_place(discord: Sandbox, person: User) -> Place:
    """The place that is opened first: the first channel that the person sees, or else the DM with the bot."""
    for server in discord.servers.values():
        for channel in server.channels:
            if person in channel.audience():
                return channel
    return discord.dm_with(person)


def _options(asked: Json) -> dict[str, object]:
    return {str(name): value for name, value in dict(asked.get("options") or {}).items()}


def _content(encoded: str) -> bytes:
    try:
        content = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise NotAllowed("the file did not arrive whole") from None
    if len(content) > _FILE_BYTES:
        raise NotAllowed(f"the window takes files of at most {_FILE_BYTES // 1024} KiB")
    return content
