from typing import Any

import pytest

from sandbox import Channel
from tests.sandbox.rest import Rest

LONG = "가" * 3000
TITLE = ("embeds", 0, "title")


def row(*items: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(items)}


def button(**changes: object) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "x", "custom_id": "x"} | changes


def menu(**changes: object) -> dict[str, Any]:
    return {"type": 3, "custom_id": "m", "options": [{"label": "a", "value": "a"}]} | changes


FIRST = ("components", 0, "components", 0)

REFUSED: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    ({"content": "x" * 2001}, ("content",), "BASE_TYPE_MAX_LENGTH"),
    ({"content": "😀" * 1001}, ("content",), "BASE_TYPE_MAX_LENGTH"),
    ({"content": 5}, ("content",), "STRING_TYPE_CONVERT"),
    ({"embeds": [{"title": "x"}] * 11}, ("embeds",), "BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"description": LONG}, {"description": LONG, "title": "x"}]}, ("embeds",), "MAX_EMBED_SIZE_EXCEEDED"),
    ({"embeds": [{"title": "x" * 257}]}, TITLE, "BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"description": "x" * 4097}]}, ("embeds", 0, "description"), "BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{}]}, ("embeds", 0, "description"), "BASE_TYPE_REQUIRED"),
    ({"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]}, ("embeds", 0, "fields"), "BASE_TYPE_MAX_LENGTH"),
    (
        {"embeds": [{"fields": [{"name": "x" * 257, "value": "v"}]}]},
        ("embeds", 0, "fields", 0, "name"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"embeds": [{"fields": [{"name": "n", "value": " "}]}]},
        ("embeds", 0, "fields", 0, "value"),
        "BASE_TYPE_REQUIRED",
    ),
    ({"embeds": [{"fields": [{"value": "v"}]}]}, ("embeds", 0, "fields", 0, "name"), "BASE_TYPE_REQUIRED"),
    ({"embeds": [{"footer": {"text": "x" * 2049}}]}, ("embeds", 0, "footer", "text"), "BASE_TYPE_BAD_LENGTH"),
    ({"embeds": [{"author": {"name": "x" * 257}}]}, ("embeds", 0, "author", "name"), "BASE_TYPE_BAD_LENGTH"),
    ({"embeds": [{"title": "x", "url": "ftp://x.org"}]}, ("embeds", 0, "url"), "URL_TYPE_INVALID_SCHEME"),
    ({"embeds": [{"title": "x", "url": "/papers"}]}, ("embeds", 0, "url"), "URL_TYPE_INVALID_URL"),
    (
        {"embeds": [{"image": {"url": "https://example.org/a.png", "description": "x" * 4097}}]},
        ("embeds", 0, "image", "description"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    ({"embeds": [{"image": {"url": "data:image/png,x"}}]}, ("embeds", 0, "image", "url"), "URL_TYPE_INVALID_URL"),
    ({"embeds": [{"image": {}}]}, ("embeds", 0, "image", "url"), "BASE_TYPE_REQUIRED"),
    ({"embeds": [{"title": "x", "color": 1 << 24}]}, ("embeds", 0, "color"), "NUMBER_TYPE_MAX"),
    ({"embeds": [{"title": "x", "timestamp": "noon"}]}, ("embeds", 0, "timestamp"), "DATE_TIME_TYPE_PARSE"),
    ({"components": [row(button())] * 6}, ("components",), "BASE_TYPE_MAX_LENGTH"),
    (
        {"components": [row(*(button(custom_id=str(n)) for n in range(6)))]},
        ("components", 0, "components"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    ({"components": [row()]}, ("components", 0, "components"), "BASE_TYPE_BAD_LENGTH"),
    ({"components": [button()]}, ("components", 0, "type"), "BASE_TYPE_CHOICES"),
    (
        {"components": [row(button(), button())]},
        ("components", 0, "components", 1, "custom_id"),
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    ({"components": [row(button(custom_id="x" * 101))]}, (*FIRST, "custom_id"), "BASE_TYPE_BAD_LENGTH"),
    ({"components": [row({"type": 2, "style": 1, "label": "x"})]}, (*FIRST, "custom_id"), "BASE_TYPE_REQUIRED"),
    ({"components": [row(button(label="x" * 81))]}, (*FIRST, "label"), "BASE_TYPE_MAX_LENGTH"),
    ({"components": [row(button(label=None))]}, (*FIRST, "label"), "BASE_TYPE_REQUIRED"),
    ({"components": [row(button(style=9))]}, (*FIRST, "style"), "BASE_TYPE_CHOICES"),
    (
        {"components": [row({"type": 2, "style": 5, "label": "x", "url": "ftp://x.org"})]},
        (*FIRST, "url"),
        "URL_TYPE_INVALID_SCHEME",
    ),
    ({"components": [row({"type": 2, "style": 5, "label": "x"})]}, (*FIRST, "url"), "BASE_TYPE_REQUIRED"),
    ({"components": [row({"type": 4})]}, (*FIRST, "type"), "BASE_TYPE_CHOICES"),
    ({"components": [row(menu(), button())]}, ("components", 0, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    ({"components": [row(menu(options=[]))]}, (*FIRST, "options"), "BASE_TYPE_BAD_LENGTH"),
    (
        {"components": [row(menu(options=[{"label": "a", "value": str(n)} for n in range(26)]))]},
        (*FIRST, "options"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"components": [row(menu(options=[{"label": "a", "value": "a"}] * 2))]},
        (*FIRST, "options", 1, "value"),
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    (
        {"components": [row(menu(options=[{"label": "x" * 101, "value": "a"}]))]},
        (*FIRST, "options", 0, "label"),
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"components": [row(menu(options=[{"label": "x", "value": "a", "description": "x" * 101}]))]},
        (*FIRST, "options", 0, "description"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    ({"components": [row(menu(placeholder="x" * 151))]}, (*FIRST, "placeholder"), "BASE_TYPE_MAX_LENGTH"),
    ({"components": [row(menu(max_values=2))]}, (*FIRST, "max_values"), "SELECT_COMPONENT_MAX_VALUES_EXCEEDS_OPTIONS"),
    ({"content": "x", "nonce": "n" * 26}, ("nonce",), "NONCE_TYPE_TOO_LONG"),
    ({"content": "x", "flags": 1 << 15}, ("flags",), "SANDBOX_COMPONENTS_V2"),
    ({"content": "x", "flags": 1}, ("flags",), "BASE_TYPE_CHOICES"),
    ({"content": "x", "allowed_mentions": {"parse": ["all"]}}, ("allowed_mentions", "parse"), "BASE_TYPE_CHOICES"),
    (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        ("allowed_mentions",),
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    ({"content": "x", "message_reference": {"message_id": "1"}}, ("message_reference",), "REPLIES_UNKNOWN_MESSAGE"),
]


@pytest.mark.parametrize(("body", "path", "code"), REFUSED)
async def test_what_breaks_a_limit_is_refused(
    rest: Rest, channel: Channel, body: dict[str, Any], path: tuple[str | int, ...], code: str
) -> None:
    answer = await rest.post(channel, **body)
    assert (answer.status, answer.code, answer.body["message"]) == (400, 50035, "Invalid Form Body")
    assert code in answer.errors(*path)
    assert channel.messages == []


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x" * 2000},
        {"content": "😀" * 1000},
        {"embeds": [{"description": LONG}, {"description": LONG}]},
        {"embeds": [{"title": "가" * 256, "fields": [{"name": "n", "value": "v"}] * 25}]},
        {"embeds": [{"image": {"url": "attachment://x.png"}}]},
        {"components": [row(button(label="가" * 80, custom_id="x" * 100)), row(menu(placeholder="가" * 150))]},
        {"content": "x", "nonce": "n" * 25, "allowed_mentions": {"parse": [], "users": ["1"]}},
    ],
)
async def test_what_just_fits_is_posted(rest: Rest, channel: Channel, body: dict[str, Any]) -> None:
    assert (await rest.post(channel, **body)).status == 200
    assert len(channel.messages) == 1


@pytest.mark.parametrize("body", [{}, {"content": ""}, {"content": " \n "}, {"content": None, "embeds": []}])
async def test_an_empty_message_is_refused(rest: Rest, channel: Channel, body: dict[str, Any]) -> None:
    answer = await rest.post(channel, **body)
    assert (answer.status, answer.code) == (400, 50006)


@pytest.mark.parametrize("name", ["", "x" * 101, None])
async def test_thread_names(rest: Rest, channel: Channel, name: str | None) -> None:
    await rest.post(channel, content="edition")
    path = f"/channels/{channel.id}/messages/{channel.messages[0].id}/threads"
    answer = await rest("POST", path, {"name": name, "auto_archive_duration": 5})
    assert (answer.status, answer.code) == (400, 50035)
    assert answer.errors("auto_archive_duration") == ["BASE_TYPE_CHOICES"]
    assert answer.errors("name")


async def test_paths_and_bodies_that_make_no_sense(rest: Rest, channel: Channel) -> None:
    assert (await rest("GET", "/nonsense")).status == 404
    assert (await rest("GET", "/channels/papers")).code == 50035
    assert (await rest("GET", "/channels/1")).code == 10003
    assert (await rest("POST", f"/channels/{channel.id}/messages", [])).code == 50035
    for query in ("limit=101", "limit=0", "limit=many", "after=yesterday", "around=x"):
        assert (await rest("GET", f"/channels/{channel.id}/messages?{query}")).code == 50035
    assert (await rest("GET", "/users/@me", token="wrong")).status == 401
    assert (await rest("POST", "/webhooks/1/token", {"content": "x"})).code == 10015
    assert (await rest("POST", "/interactions/1/token/callback", {"type": 4})).code == 10062
