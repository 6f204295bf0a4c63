"""Validates what the bot asks, and what the sandbox answers, against Discord's published REST specification.

The specification lies beside the project; where it is absent, nothing is validated. It knows nothing of the gateway
and of the 6,000 characters of all embeds; its content limit is not Discord's.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.exceptions import best_match
from jsonschema.validators import extend

from sandbox import Request
from sandbox.world.places import MEDIA
from tests.shared import SPECIFICATION

Json = dict[str, Any]

_JSON = "application/json"
_FORMATS = FormatChecker(())
_WORDS = {"type": "string"}
_ERROR = {"type": "object", "required": ["code", "message"], "properties": {"code": _WORDS, "message": _WORDS}}
_INNER_ERRORS = {
    "type": "object",
    "required": ["_errors"],
    "properties": {"_errors": {"type": "array", "items": _ERROR}},
    "additionalProperties": False,
}

_RATE_LIMITED = {
    "type": "object",
    "required": ["message", "retry_after", "global"],
    "properties": {
        "message": _WORDS,
        "code": {"type": "integer"},
        "retry_after": {"type": "number"},
        "global": {"type": "boolean"},
    },
}


@_FORMATS.checks("date-time", ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@_FORMATS.checks("int32")
def _is_int32(value: object) -> bool:
    return not isinstance(value, int) or -(1 << 31) <= value < 1 << 31


def _one_of(validator: Any, alternatives: list[Json], value: object, schema: Json) -> Iterator[ValidationError]:
    """JSON Schema's `oneOf`. Alternatives whose `type` is not the value's can't fit: they are left out first."""
    possible = [alternative for alternative in alternatives if _may_be(alternative, value)]
    yield from Draft202012Validator.VALIDATORS["oneOf"](validator, possible or alternatives, value, schema)


def _may_be(schema: Json, value: object) -> bool:
    if "const" in schema:
        return bool(schema["const"] == value)
    if not isinstance(value, dict) or "type" not in value:
        return True
    kinds = schema.get("properties", {}).get("type", {}).get("enum")
    return kinds is None or value["type"] in kinds


_Validator = extend(Draft202012Validator, {"oneOf": _one_of})  # type: ignore[no-untyped-call]


_ID = re.compile(r'"\d{17,20}"')


class Shape:
    """What a JSON document has to look like.

    Tests send the same ones again and again: each is validated once, also if only its ids are others.
    """

    def __init__(self, schema: Json) -> None:
        self._validator = _Validator(schema, format_checker=_FORMATS)
        self._known: dict[str, list[str]] = {}

    def problems(self, value: object) -> list[str]:
        """What is wrong with a document, in at most one sentence."""
        text = _ID.sub('"id"', json.dumps(value))
        if text not in self._known:
            error = best_match(self._validator.iter_errors(value))
            self._known[text] = [] if error is None else [f"{error.json_path} {error.message}"]
        return self._known[text]


@dataclass(frozen=True)
class Operation:
    """What the specification says of one method at one path. A status without a body has the shape None."""

    query: frozenset[str]
    body: Shape | None
    needs_body: bool
    answers: Mapping[str, Shape | None]


class Schemas:
    """The specification with its references resolved, each once."""

    def __init__(self, raw: Json) -> None:
        self._raw = raw
        self._known: dict[str, Json] = {}

    def resolve(self, node: Any) -> Any:
        """A copy of a node in which what it refers to stands in the references' places."""
        if isinstance(node, list):
            return [self.resolve(item) for item in node]
        if not isinstance(node, dict):
            return node
        if isinstance(reference := node.get("$ref"), str):
            return self._referred(reference)
        return {key: self.resolve(value) for key, value in node.items()}

    def _referred(self, reference: str) -> Json:
        if reference not in self._known:
            resolved = self._known[reference] = {}  # kept before it is filled: a message may hold a message
            found = self._raw
            for step in reference.removeprefix("#/").split("/"):
                found = found[step]
            resolved |= self.resolve(found)
        return self._known[reference]


class Spec:
    """The specification. What it says of a route is read once.

    It is put right in four places. Its ids are strings alone, as those of all answers are; in requests Discord takes
    numbers, too, and discord.py sends them in a few places. Its errors of single fields have numbers for codes, where
    Discord's documentation shows words ("Error Messages"). Its answers of 429 always have a code, which
    the documentation calls optional ("Rate Limits"). It lacks media channels, which the documentation has as type 16
    ("Channel Types").
    """

    def __init__(self, raw: Json) -> None:
        schemas = raw["components"]["schemas"]
        schemas |= {"InnerErrors": _INNER_ERRORS, "RatelimitedResponse": _RATE_LIMITED}
        schemas["ChannelTypes"]["oneOf"].append({"title": "GUILD_MEDIA", "const": MEDIA})
        schemas["GuildChannelResponse"]["properties"]["type"]["enum"].append(MEDIA)
        id_ = {"anyOf": [schemas["SnowflakeType"], {"type": "integer", "minimum": 0}]}
        asked = raw | {"components": raw["components"] | {"schemas": schemas | {"SnowflakeType": id_}}}
        self._paths: Json = raw["paths"]
        self._asked, self._answered = Schemas(asked), Schemas(raw)
        self._patterns = {template: _pattern(template) for template in self._paths}
        self._operations: dict[tuple[str, str], Operation | None] = {}

    def operation(self, request: Request) -> Operation | None:
        """The operation that a request asks for; kept by its route, as paths differ by their ids."""
        key = request.method, request.route or request.path
        if key not in self._operations:
            self._operations[key] = self._read(request.method.lower(), self._template(request.path))
        return self._operations[key]

    def _template(self, path: str) -> str:
        """The specification's path for a path: of those that fit the one with the fewest parameters."""
        fitting = [template for template, pattern in self._patterns.items() if pattern.fullmatch(path)]
        return min(fitting, key=lambda template: template.count("{"), default="")

    def _read(self, method: str, template: str) -> Operation | None:
        found = self._paths.get(template, {})
        if method not in found:
            return None
        raw = found[method]
        parameters = self._asked.resolve([*found.get("parameters", []), *raw.get("parameters", [])])
        body = self._asked.resolve(raw.get("requestBody"))
        answers = self._answered.resolve(raw["responses"])
        return Operation(
            query=frozenset(parameter["name"] for parameter in parameters if parameter["in"] == "query"),
            body=None if body is None else _compiled(body),
            needs_body=body is not None and bool(body.get("required")),
            answers={status: _compiled(answer) for status, answer in answers.items()},
        )


_UNDOCUMENTED = frozenset({"use_nested_fields"})
"""Query parameters that discord.py sends and the specification does not list: the form of a forum's post."""


@cache
def find_spec() -> Spec | None:
    """The specification, or None where it is not there."""
    return Spec(json.loads(SPECIFICATION.read_text("utf-8"))) if SPECIFICATION.is_file() else None


def problems(request: Request, spec: Spec) -> list[str]:
    """What the specification says against a request and against what it was answered."""
    return request_problems(request, spec) + answer_problems(request, spec)


def request_problems(request: Request, spec: Spec) -> list[str]:
    """What the specification says against a request, its query and its JSON."""
    operation = spec.operation(request)
    if operation is None:
        return [f"{request.method} {request.path}: no such operation"]
    unknown = [name for name in request.query if name not in operation.query and name not in _UNDOCUMENTED]
    found = [f"{request!r}: unknown query parameter {name}" for name in unknown]
    return found + _body_problems(request, operation)


def answer_problems(request: Request, spec: Spec) -> list[str]:
    """What the specification says against an answer of the sandbox's.

    What a fault made is let be, as is a 5xx: the specification knows none.
    """
    operation, status = spec.operation(request), str(request.status)
    if operation is None or request.status is None or request.faked or status.startswith("5"):
        return []
    known = next((key for key in (status, f"{status[0]}XX") if key in operation.answers), None)
    if known is None:
        return [f"{request!r}: no such status"]
    shape = operation.answers[known]
    if shape is None or request.answer is None:
        return [] if shape is request.answer else [f"{request!r}: answered {request.answer}"]
    return [f"{request!r}: answered {told}" for told in shape.problems(request.answer)]


def _body_problems(request: Request, operation: Operation) -> list[str]:
    if request.body is None:
        return [f"{request!r}: needs a body"] if operation.needs_body else []
    if operation.body is None:
        return [f"{request!r}: takes no body"]
    return [f"{request!r}: {told}" for told in operation.body.problems(request.body)]


def _compiled(holder: Json) -> Shape | None:
    content = holder.get("content")
    return None if content is None else Shape(content[_JSON]["schema"])


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"(\{\w+\})", template)
    return re.compile("".join("[^/]+" if part.startswith("{") else re.escape(part) for part in parts))
