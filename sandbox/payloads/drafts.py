"""Messages to post or to change, read from a request body and checked against Discord's limits."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sandbox.payloads.components import check_components
from sandbox.payloads.embeds import check_embeds
from sandbox.payloads.errors import FormErrors, Json, empty_message, refused, utf16_length

MAX_CONTENT = 2000
MAX_NONCE = 25
MAX_MENTIONS = 100
MAX_DESCRIPTION = 1024

CROSSPOSTED = 1 << 0
SUPPRESS_EMBEDS = 1 << 2
EPHEMERAL = 1 << 6
SUPPRESS_NOTIFICATIONS = 1 << 12
COMPONENTS_V2 = 1 << 15


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to a message or to a command.

    `told_size` is the size that Discord reports, if a test wants it to differ from the real one.
    """

    id: int
    filename: str
    content_type: str
    content: bytes
    told_size: int | None = None
    description: str | None = None
    """The alternative text of a picture."""

    @property
    def is_picture(self) -> bool:
        """Whether Discord shows it as a picture."""
        return self.content_type.startswith("image/")

    @property
    def size(self) -> int:
        """The size in bytes that Discord reports."""
        return len(self.content) if self.told_size is None else self.told_size


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to post, or the changes to one. None means that the body does not have the field."""

    content: str | None = None
    embeds: list[Json] | None = None
    components: list[Json] | None = None
    flags: int = 0
    attachments: tuple[Attachment, ...] | None = None
    allowed_mentions: Json | None = None
    nonce: str | None = None
    enforce_nonce: bool = False
    reply_to: int | None = None
    """The id of the message that this one replies to."""

    @property
    def ephemeral(self) -> bool:
        """Whether only one member will see it."""
        return bool(self.flags & EPHEMERAL)

    def without_embeds(self) -> Draft:
        """The draft without embeds, as Discord posts it for a bot that lacks EMBED_LINKS."""
        return replace(self, embeds=None if self.embeds is None else [])

    def check_not_empty(self) -> None:
        """Refuse an empty message."""
        if not (self.content or self.embeds or self.components or self.attachments):
            raise empty_message()


@dataclass(frozen=True, slots=True)
class Body:
    """A request body: its JSON and, if it is multipart, its files."""

    data: Json = field(default_factory=dict)
    files: tuple[Attachment, ...] = ()


def read_draft(body: Body) -> Draft:
    """Read a message from a body. Refused with code 50035 if it breaks a limit."""
    data, errors = body.data, FormErrors()
    draft = Draft(
        content=_content(errors, data),
        embeds=check_embeds(errors, data["embeds"] or []) if "embeds" in data else None,
        components=check_components(errors, data["components"] or []) if "components" in data else None,
        flags=_flags(errors, data),
        attachments=_attachments(errors, body),
        allowed_mentions=_allowed_mentions(errors, data),
        nonce=_nonce(errors, data),
        enforce_nonce=bool(data.get("enforce_nonce")),
        reply_to=int(data["message_reference"]["message_id"]) if data.get("message_reference") else None,
    )
    errors.check()
    return draft


def _content(errors: FormErrors, data: Json) -> str | None:
    if "content" not in data:
        return None
    content = data["content"]
    if content is None:
        return ""
    errors.text(("content",), content, 0, MAX_CONTENT)
    return str(content).strip()


def _flags(errors: FormErrors, data: Json) -> int:
    flags = int(data.get("flags") or 0)
    if flags & COMPONENTS_V2:
        errors.add(("flags",), "SANDBOX_COMPONENTS_V2", "The sandbox knows action rows, buttons and selects only.")
    if flags & ~(SUPPRESS_EMBEDS | EPHEMERAL | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2):
        errors.add(("flags",), "BASE_TYPE_CHOICES", "Only flags that an application may set are allowed.")
    return flags


def _attachments(errors: FormErrors, body: Body) -> tuple[Attachment, ...] | None:
    if not body.files:
        return () if body.data.get("attachments") == [] else None
    errors.count(("attachments",), list(body.files), 0, 10)
    described: dict[int, str] = {}
    for index, told in enumerate(body.data.get("attachments") or ()):
        if told.get("description") is not None:
            errors.text(("attachments", index, "description"), told["description"], 0, MAX_DESCRIPTION)
            described[int(told["id"])] = told["description"]
    return tuple(replace(file, description=described.get(index)) for index, file in enumerate(body.files))


def _nonce(errors: FormErrors, data: Json) -> str | None:
    if data.get("nonce") is None:
        return None
    nonce = str(data["nonce"])
    if utf16_length(nonce) > MAX_NONCE:
        errors.add(("nonce",), "NONCE_TYPE_TOO_LONG", f"Nonce cannot be longer than {MAX_NONCE} characters.")
    return nonce


def _allowed_mentions(errors: FormErrors, data: Json) -> Json | None:
    raw = data.get("allowed_mentions")
    if raw is None:
        return None
    allowed = {key: value for key, value in dict(raw).items() if value is not None}
    path = ("allowed_mentions",)
    for word in allowed.get("parse", []):
        if word not in ("users", "roles", "everyone"):
            errors.choice((*path, "parse"), "'users', 'roles', 'everyone'")
    for key in ("users", "roles"):
        errors.count((*path, key), allowed.get(key, []), 0, MAX_MENTIONS)
        if key in allowed.get("parse", []) and allowed.get(key):
            message = f'parse:["{key}"] and {key}: [ids...] are mutually exclusive.'
            errors.add(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)
    return allowed


def must_be_object(data: object) -> Json:
    """The body as a JSON object. Any other JSON is refused."""
    if not isinstance(data, dict):
        raise refused(50035, {"_errors": [_NOT_AN_OBJECT]})
    return data


_NOT_AN_OBJECT = {
    "code": "MODEL_TYPE_CONVERT",
    "message": "Only dictionaries may be used in a ModelType",
}
