"""Discord's client: it offers and accepts what Discord's own client does, and raises NotAllowed otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.payloads.command_form import MESSAGE_MENU
from sandbox.payloads.components import STRING_SELECT, TEXT_INPUT, Button, Select, modal_inputs
from sandbox.payloads.errors import Json, NoAnswer, NotAllowed
from sandbox.payloads.permissions import Permission
from sandbox.world import wire
from sandbox.world.installs import owners_of
from sandbox.world.interactions import Callback, Choice, Interaction, Kind, Reply
from sandbox.world.resolving import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sandbox.world.messages import Message
    from sandbox.world.people import User
    from sandbox.world.places import Place
    from sandbox.world.world import World

_OPTION_KIND = {5: 6, 6: 8, 7: 9, 8: 7}  # types of entity selects to types of command options


class Client:
    """Carries out what people do."""

    def __init__(self, discord: World) -> None:
        self._discord = discord

    async def use_command(self, user: User, place: Place, words: str, options: Mapping[str, object]) -> Reply:
        """Use a slash command and wait for the response."""
        typed = self._discord.commands.find(words, place, user)
        data = typed.fill(options, user, place)
        return _reply(await self._act(Kind.COMMAND, user, place, data))

    async def complete(self, user: User, place: Place, words: str, options: Mapping[str, object]) -> list[Choice]:
        """The choices offered for the last of the options."""
        typed = self._discord.commands.find(words, place, user)
        interaction = await self._act(Kind.AUTOCOMPLETE, user, place, typed.fill_focused(options, user))
        return interaction.offered

    async def press(self, user: User, shown: Message | Reply, label: str) -> Reply:
        """Press a button and wait for the response."""
        message = _message_of(shown, user)
        wanted = [b for b in message.buttons if label in (b.custom_id, b.label, b.emoji, f"{b.emoji} {b.label}")]
        if not wanted:
            raise NotAllowed(f"there is no button {label!r}, but {[b.label or b.emoji for b in message.buttons]}")
        _check_enabled(wanted[0], label)
        if wanted[0].url:
            raise NotAllowed(f"{label!r} is a link to {wanted[0].url}: it leads out of Discord")
        data = {"component_type": 2, "custom_id": wanted[0].custom_id, "id": wanted[0].id}
        return _reply(await self._act(Kind.COMPONENT, user, message.place, data, message))

    async def choose(self, user: User, shown: Message | Reply, picked: Sequence[object], menu: str | None) -> Reply:
        """Choose from a select menu and wait for the response."""
        message = _message_of(shown, user)
        select = _menu(message, menu)
        _check_enabled(select, menu or select.placeholder)
        if not select.min_values <= len(picked) <= select.max_values:
            raise NotAllowed(f"the menu takes {select.min_values} to {select.max_values}, not {len(picked)}")
        data: Json = {"component_type": select.kind, "custom_id": select.custom_id, "id": select.id}
        if select.kind == STRING_SELECT:
            data["values"] = [_option_value(select, item) for item in picked]
        else:
            data["resolved"] = {}
            kind = _OPTION_KIND[select.kind]
            types = list(select.channel_types)
            data["values"] = [resolve(data["resolved"], it, user, message.place, kind, types) for it in picked]
        return _reply(await self._act(Kind.COMPONENT, user, message.place, data, message))

    async def submit(self, user: User, reply: Reply, values: Mapping[str, str]) -> Reply:
        """Fill in a modal, submit it and wait for the response."""
        modal, left = reply.modal, dict(values)
        filled: dict[str, Json] = {}
        for _, item, label in modal_inputs(modal):
            key = next((key for key in (item["custom_id"], label) if key in left), None)
            filled[item["custom_id"]] = _filled(item, label, None if key is None else left.pop(key))
        if left:
            raise NotAllowed(f"the form has no {', '.join(left)}")
        data = {"custom_id": modal["custom_id"], "components": [_submitted(r, filled) for r in modal["components"]]}
        trigger = reply.interaction
        return _reply(await self._act(Kind.MODAL, user, trigger.place, data, trigger.source, trigger))

    async def use_menu(self, user: User, name: str, shown: Message | Reply) -> Reply:
        """Use an entry of a message's Apps menu and wait for the response."""
        message = _message_of(shown, user)
        if message.ephemeral:
            raise NotAllowed("a private answer has no Apps menu")
        command = self._discord.commands.find_menu(name, message.place, user)
        target = str(message.id)
        data = {"id": command["id"], "name": command["name"], "type": MESSAGE_MENU, "target_id": target}
        resolved = {"messages": {target: wire.message(message)}}  # whole, also without the intent for content
        return _reply(await self._act(Kind.COMMAND, user, message.place, data | {"resolved": resolved}))

    def _owners(
        self, user: User, place: Place, data: Json, source: Message | None, trigger: Interaction | None
    ) -> Json:
        """Those of the command; below a message that answers one, those of that command."""
        if trigger is not None:
            return trigger.owners
        if source is not None and source.interaction is not None:
            owners: Json = source.interaction["authorizing_integration_owners"]
            return owners
        return owners_of(user, place, self._discord.commands.integration_types(data.get("id")))

    async def _act(
        self,
        kind: Kind,
        user: User,
        place: Place,
        data: Json,
        source: Message | None = None,
        trigger: Interaction | None = None,
    ) -> Interaction:
        discord = self._discord
        if Permission.VIEW_CHANNEL not in place.permissions_of(user):
            raise NotAllowed(f"{user.name} does not see {place.name}")
        server_id = None if place.server is None else place.server.id
        if not discord.dispatcher.knows(server_id):
            raise NoAnswer("the bot is not connected to the gateway")
        interaction = Interaction(
            discord=discord,
            id=discord.ids.next(),
            kind=kind,
            user=user,
            place=place,
            data=data,
            created=discord.time(),
            owners=self._owners(user, place, data, source, trigger),
            source=source,
            trigger=trigger,
        )
        discord.interactions.add(interaction)
        discord.dispatcher.dispatch("INTERACTION_CREATE", interaction.payload(), server_id=server_id)
        await interaction.until_answered(discord.patience)
        return interaction


def _reply(interaction: Interaction) -> Reply:
    original, source, followups = interaction.original, interaction.source, interaction.followups
    if interaction.answered is Callback.MODAL:
        return Reply(interaction, "modal", None)
    if original is not None and original is not source:
        original.read = True
        return Reply(interaction, "message", original)
    if followups and not interaction.updated:
        followups[0].read = True
        return Reply(interaction, "message", followups[0], 1)
    return Reply(interaction, "update" if interaction.updated else "acknowledged", source)


def _message_of(shown: Message | Reply, user: User) -> Message:
    message = shown.message if isinstance(shown, Reply) else shown
    if not message.seen_by(user):
        gone = "deleted" if message.deleted else f"visible only to {message.only_for and message.only_for.name}"
        raise NotAllowed(f"{user.name} does not see the message: it is {gone}")
    return message


def _check_enabled(item: Button | Select, name: str) -> None:
    if item.disabled:
        raise NotAllowed(f"{name!r} is greyed out")


def _menu(message: Message, menu: str | None) -> Select:
    for select in message.selects:
        if menu in (None, select.custom_id, select.placeholder):
            return select
    raise NotAllowed(f"there is no menu {menu or ''}, but {[s.placeholder or s.custom_id for s in message.selects]}")


def _option_value(select: Select, picked: object) -> str:
    for option in select.options:
        if picked in (option.value, option.label):
            return option.value
    raise NotAllowed(f"the menu has no {picked!r}, but {[option.label for option in select.options]}")


def _filled(item: Json, label: str, value: str | None) -> Json:
    if item["type"] != TEXT_INPUT:
        raise NotAllowed(f"{label!r} is no text: the sandbox fills in texts only")
    value = item.get("value") or "" if value is None else value
    if (item.get("required", True) and not value) or len(value) < (item.get("min_length") or 0) * bool(value):
        raise NotAllowed(f"{label!r} wants more text than {value!r}")
    if len(value) > (item.get("max_length") or 4000):
        raise NotAllowed(f"{label!r} takes no more than {item['max_length']} characters")
    return {"type": TEXT_INPUT, "id": 1, "custom_id": item["custom_id"], "value": value}


def _submitted(row: Json, filled: dict[str, Json]) -> Json:
    if "component" in row:
        return {"type": row["type"], "id": 1, "component": filled[row["component"]["custom_id"]]}
    return {"type": row["type"], "id": 1, "components": [filled[i["custom_id"]] for i in row["components"]]}
