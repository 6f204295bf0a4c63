"""What the sandbox tells of what the bot sent, as far as it differs from what was sent."""

from typing import Any

import pytest

from sandbox import Channel, Member, Sandbox
from tests.sandbox.newsbot import NewsBot
from tests.sandbox.rest import Rest
from tests.sandbox.test_limits import button, menu, row


async def stored(rest: Rest, channel: Channel, **body: object) -> dict[str, Any]:
    """A message as it comes back when it is asked for."""
    sent = (await rest.post(channel, **body)).body
    asked = (await rest("GET", f"/channels/{channel.id}/messages/{sent['id']}")).body
    assert isinstance(asked, dict)
    assert asked["components"] == sent["components"]
    return asked


async def test_components_come_back_with_ids_that_count_on(rest: Rest, channel: Channel) -> None:
    rows = [row(button(id=2), button(custom_id="y")), row(menu())]
    first, second = (await stored(rest, channel, components=rows))["components"]
    assert [first["id"], *(item["id"] for item in first["components"])] == [1, 2, 3]
    assert [second["id"], *(item["id"] for item in second["components"])] == [4, 5]


async def test_a_menu_comes_back_with_how_many_values_it_takes(rest: Rest, channel: Channel) -> None:
    message = await stored(rest, channel, components=[row(menu()), row({"type": 8, "custom_id": "c", "min_values": 0})])
    (one,), (other,) = (shown["components"] for shown in message["components"])
    assert (one["min_values"], one["max_values"]) == (1, 1)
    assert (other["min_values"], other["max_values"]) == (0, 1)


async def test_nothing_that_is_null_comes_back_in_components(rest: Rest, channel: Channel) -> None:
    emoji = {"id": None, "name": "▶️"}
    choice = {"label": "a", "value": "a", "description": None, "emoji": emoji}
    rows = [row(button(label=None, emoji=emoji)), row(menu(options=[choice], placeholder=None))]
    pressed, chosen = [shown["components"][0] for shown in (await stored(rest, channel, components=rows))["components"]]
    assert pressed == {"type": 2, "id": 2, "style": 1, "custom_id": "x", "emoji": {"name": "▶️"}}
    assert chosen["options"] == [{"label": "a", "value": "a", "emoji": {"name": "▶️"}}]
    assert "placeholder" not in chosen


async def test_fields_come_back_with_whether_they_are_inline(rest: Rest, channel: Channel) -> None:
    fields = [{"name": "a", "value": "b"}, {"name": "c", "value": "d", "inline": True}]
    message = await stored(rest, channel, embeds=[{"fields": fields}])
    assert [field["inline"] for field in message["embeds"][0]["fields"]] == [False, True]


async def test_a_list_that_is_too_long_is_refused_for_that_alone(rest: Rest, channel: Channel) -> None:
    refused = await rest.post(channel, components=[row(button())] * 6)
    assert list(refused.body["errors"]["components"]) == ["_errors"]


@pytest.mark.parametrize(
    ("command", "type_"), [("/pages", 4), ("/secret", 4), ("/slow", None), ("/thinking", None), ("/ask", None)]
)
async def test_a_callback_is_answered_with_the_message_that_it_made_and_with_none_that_is_to_come(
    bot: NewsBot, world: Sandbox, mina: Member, command: str, type_: int | None
) -> None:
    await mina.type(command)
    (answer,) = [request.answer for request in world.requests if request.path.endswith("/callback")]
    assert isinstance(answer, dict)
    assert answer.get("resource", {}).get("type") == type_
    assert ("resource" in answer) == (type_ is not None)
    assert ("response_message_id" in answer["interaction"]) == (command != "/ask")


async def test_what_a_form_was_opened_by_is_told_with_its_answer(bot: NewsBot, mina: Member) -> None:
    form = await mina.type("/ask")
    answer = await mina.submit(form, Question="why?")
    told = answer.message.interaction
    assert told is not None
    assert told["triggering_interaction_metadata"]["id"] == str(form.interaction.id)
