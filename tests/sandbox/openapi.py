"""Validates the bot's requests against Discord's published REST specification, where it lies beside the project."""

import json
import re
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from sandbox import Request

Spec = dict[str, Any]

_SPEC = Path(__file__).resolve().parents[3] / "shared" / "discord" / "openapi.json"


def find_spec() -> Spec | None:
    """The specification, or None where it is not there.

    Its ids are strings alone. Discord takes numbers, too, and discord.py sends them in a few places.
    """
    if not _SPEC.exists():
        return None
    spec: Spec = json.loads(_SPEC.read_text("utf-8"))
    schemas = spec["components"]["schemas"]
    schemas["SnowflakeType"] = {"anyOf": [schemas["SnowflakeType"], {"type": "integer", "minimum": 0}]}
    return spec


def problems(request: Request, spec: Spec) -> list[str]:
    """What the specification says against a request: its path, its query and its JSON.

    It knows nothing of the gateway and of the 6,000 characters of all embeds; its content limit is not Discord's.
    """
    template = _template(request.path, spec)
    operation = spec["paths"].get(template, {}).get(request.method.lower())
    if operation is None:
        return [f"{request.method} {request.path}: no such operation"]
    parameters = [*spec["paths"][template].get("parameters", []), *operation.get("parameters", [])]
    known = {parameter["name"] for parameter in parameters if parameter.get("in") == "query"}
    found = [f"{request!r}: unknown query parameter {name}" for name in request.query if name not in known]
    return found + _body_problems(request, operation, spec)


def _template(path: str, spec: Spec) -> str:
    """The specification's path for a path: of those that fit the one with the fewest parameters."""
    fitting = [template for template in spec["paths"] if _pattern(template).fullmatch(path)]
    return min(fitting, key=lambda template: template.count("{"), default="")


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("".join("[^/]+" if part.startswith("{") else re.escape(part) for part in _parts(template)))


def _parts(template: str) -> list[str]:
    return re.split(r"(\{\w+\})", template)


def _body_problems(request: Request, operation: Spec, spec: Spec) -> list[str]:
    wanted = operation.get("requestBody")
    if wanted is None:
        return [] if request.body is None else [f"{request!r}: takes no body"]
    if request.body is None:
        return [f"{request!r}: needs a body"] if wanted.get("required") else []
    schema = wanted["content"]["application/json"]["schema"] | {"components": spec["components"]}
    error = best_match(Draft202012Validator(schema).iter_errors(request.body))
    return [] if error is None else [f"{request!r}: {error.json_path} {error.message}"]
