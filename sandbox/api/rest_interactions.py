"""REST routes of interactions: the first response, and followups through the interaction's webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.api.rest_channels import change
from sandbox.api.routing import DONE, Answer, Call, Route, ok
from sandbox.payloads.command_form import check_choices
from sandbox.payloads.components import check_modal
from sandbox.payloads.drafts import Body, Draft, read_draft
from sandbox.payloads.errors import FormErrors, Json, already_acknowledged, invalid_webhook_token, refused, unknown
from sandbox.world import wire
from sandbox.world.interactions import TOKEN_LIVES, Callback, Choice, Interaction, Kind

if TYPE_CHECKING:
    from sandbox.world.messages import Message
    from sandbox.world.people import User

_ALLOWED = {
    Kind.COMMAND: (Callback.MESSAGE, Callback.DEFERRED_MESSAGE, Callback.MODAL),
    Kind.COMPONENT: (
        Callback.MESSAGE,
        Callback.DEFERRED_MESSAGE,
        Callback.DEFERRED_UPDATE,
        Callback.UPDATE,
        Callback.MODAL,
    ),
    Kind.AUTOCOMPLETE: (Callback.CHOICES,),
    Kind.MODAL: (Callback.MESSAGE, Callback.DEFERRED_MESSAGE, Callback.DEFERRED_UPDATE, Callback.UPDATE),
}
_STRING = 3
_FOLLOWUPS = 5
"""How many an app may send where only a user has added it (Discord's change log, June 27, 2024)."""


def answer(call: Call) -> Answer:
    """The first response to an interaction: once, within 3 seconds, and of a type that its kind allows."""
    interaction = call.discord.interactions.to_answer(call.id("interaction_id"), call.params["token"])
    if interaction.answered is not None:
        raise already_acknowledged()
    callback = _callback(interaction, int(call.json.get("type") or 0))
    data = call.json.get("data") or {}
    _ANSWERS[callback](interaction, Body(data, call.files))
    interaction.acknowledge(callback)
    if call.query.get("with_response") in ("1", "true"):
        return ok(_response(interaction, callback))
    return DONE


def _callback(interaction: Interaction, number: int) -> Callback:
    allowed = _ALLOWED[interaction.kind]
    if interaction.source is None and interaction.kind is Kind.MODAL:
        allowed = allowed[:2]
    if number not in allowed:
        errors = FormErrors()
        errors.choice(("type",), ", ".join(str(callback.value) for callback in allowed))
        errors.check()
    return Callback(number)


def _new_message(interaction: Interaction, draft: Draft, *, original: Message | None = None) -> Message:
    draft.check_not_empty()
    message = interaction.place.post(interaction.discord.bot, draft, only_for=_audience(interaction, draft))
    message.interaction = interaction.metadata(original=original)
    return message


def _audience(interaction: Interaction, draft: Draft) -> User | None:
    """The only user who sees an answer; None for everyone."""
    return interaction.user if draft.ephemeral or interaction.hushed else None


def _with_message(interaction: Interaction, body: Body) -> None:
    interaction.original = _new_message(interaction, read_draft(body))


def _deferring_message(interaction: Interaction, body: Body) -> None:
    draft = Draft(flags=int(body.data.get("flags") or 0))
    only_for = _audience(interaction, draft)
    message = interaction.place.post(interaction.discord.bot, draft, only_for=only_for, loading=True)
    message.interaction = interaction.metadata()
    interaction.original = message


def _deferring_update(interaction: Interaction, body: Body) -> None:  # noqa: ARG001 - one signature for all responses
    interaction.original = interaction.source


def _with_update(interaction: Interaction, body: Body) -> None:
    if interaction.source is None or interaction.source.deleted:
        raise unknown("Message")
    change(interaction.source, read_draft(body))
    interaction.original, interaction.updated = interaction.source, True


def _with_choices(interaction: Interaction, body: Body) -> None:
    errors, path = FormErrors(), ("data", "choices")
    raw = check_choices(errors, path, body.data.get("choices") or [], text=_focused(interaction.data) == _STRING)
    errors.check()
    locale = interaction.user.locale
    for choice in raw:
        name = (choice.get("name_localizations") or {}).get(locale) or choice["name"]
        interaction.offered.append(Choice(name, choice["value"]))


def _focused(data: Json) -> int:
    """The type of the option that is being typed."""
    for option in data["options"]:
        if option.get("focused"):
            return int(option["type"])
        if "options" in option:
            return _focused(option)
    raise LookupError("an autocompletion has its focused option")


def _with_modal(interaction: Interaction, body: Body) -> None:
    errors = FormErrors()
    check_modal(errors, body.data)
    errors.check()
    interaction.modal = body.data


_ANSWERS = {
    Callback.MESSAGE: _with_message,
    Callback.DEFERRED_MESSAGE: _deferring_message,
    Callback.DEFERRED_UPDATE: _deferring_update,
    Callback.UPDATE: _with_update,
    Callback.CHOICES: _with_choices,
    Callback.MODAL: _with_modal,
}


def _response(interaction: Interaction, callback: Callback) -> Json:
    """The response to a callback. It has a resource only if a message was created or changed immediately."""
    about: Json = {"id": str(interaction.id), "type": interaction.kind.value, "activity_instance_id": None}
    data: Json = {"interaction": about}
    message = interaction.original
    if message is not None:
        about["response_message_id"] = str(message.id)
        about["response_message_loading"] = message.loading
        about["response_message_ephemeral"] = message.ephemeral
        if callback in (Callback.MESSAGE, Callback.UPDATE):
            data["resource"] = {"type": callback.value, "message": wire.message(message)}
    return data


def _interaction(call: Call) -> Interaction:
    """The interaction of a webhook. Refused with 10015 before its first response, 50027 after 15 minutes."""
    if call.id("webhook_id") != call.discord.bot.id:
        raise unknown("Webhook")
    interaction = call.discord.interactions.by_token(call.params["token"])
    if interaction is None or interaction.age > TOKEN_LIVES:
        raise invalid_webhook_token()
    if interaction.answered is None:
        raise unknown("Webhook")
    return interaction


def _own_message(call: Call, interaction: Interaction) -> Message:
    """The message of the path. Only messages of the interaction are known to its webhook."""
    message = interaction.original
    if "message_id" in call.params:
        wanted = call.id("message_id")
        own = [interaction.original, *interaction.followups]
        message = next((known for known in own if known is not None and known.id == wanted), None)
    if message is None or message.deleted:
        raise unknown("Message")
    return message


def follow_up(call: Call) -> Answer:
    """Send a followup. After a deferred response, the first followup replaces its "thinking..."."""
    interaction = _interaction(call)
    draft = read_draft(call.body)
    original = interaction.original
    if original is not None and original.loading:
        return ok(wire.message(_fill_original(interaction, original, draft)))
    if "0" not in interaction.owners and len(interaction.followups) >= _FOLLOWUPS:
        raise refused(40094)
    message = _new_message(interaction, draft, original=original)
    interaction.follow_up(message)
    return ok(wire.message(message))


def _fill_original(interaction: Interaction, original: Message, draft: Draft) -> Message:
    draft.check_not_empty()
    original.fill(draft)
    original.loading = False
    original.place.announce(original)
    interaction.settle()
    return original


def get_message(call: Call) -> Answer:
    """The first response, or a followup."""
    return ok(wire.message(_own_message(call, _interaction(call))))


def edit_message(call: Call) -> Answer:
    """Edit the first response, or a followup."""
    interaction = _interaction(call)
    message, draft = _own_message(call, interaction), read_draft(call.body)
    if message.loading:
        return ok(wire.message(_fill_original(interaction, message, draft)))
    change(message, draft)
    interaction.updated = interaction.updated or message is interaction.source
    interaction.settle()
    return ok(wire.message(message))


def delete_message(call: Call) -> Answer:
    """Delete the first response, or a followup."""
    interaction = _interaction(call)
    _own_message(call, interaction).delete()
    interaction.settle()
    return DONE


_WEBHOOK = "/webhooks/{webhook_id}/{token}"

ROUTES = [
    Route("POST", "/interactions/{interaction_id}/{token}/callback", answer, with_token=False),
    Route("POST", _WEBHOOK, follow_up, with_token=False),
    *(
        Route(method, _WEBHOOK + path, handler, with_token=False)
        for path in ("/messages/@original", "/messages/{message_id}")
        for method, handler in (("GET", get_message), ("PATCH", edit_message), ("DELETE", delete_message))
    ),
]
