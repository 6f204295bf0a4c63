"""Errors: those raised in the test that uses the sandbox, and those that Discord answers to the bot.

SandboxError            the test used the sandbox in a way that Discord's client does not allow
+-- NotAllowed          the person may not do this here, or cannot see it
+-- NoAnswer            the bot did not answer in time, or no message arrived
Refusal                 an HTTP error response of Discord
"""

from typing import Any, TypeAlias

from sandbox.payloads.codes import CODES

Json: TypeAlias = dict[str, Any]
"""A JSON object as sent or received."""


class SandboxError(Exception):
    """The test or the demo did something that Discord's client does not allow."""


class NotAllowed(SandboxError):  # noqa: N818 - it says what happened
    """The person may not do this here, or cannot see it."""


class NoAnswer(SandboxError):  # noqa: N818 - it says what happened
    """The bot did not answer in time, or an expected message did not arrive."""


class Refusal(Exception):  # noqa: N818 - a response of Discord, not a failure of ours
    """An error response of Discord: HTTP status, error code, message and tree of form errors."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.body: Json = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors
        self.headers: dict[str, str] = {}


def refused(code: int, errors: Json | None = None) -> Refusal:
    """The refusal for an error code in `codes.CODES`."""
    status, words = CODES[code]
    return Refusal(status, code, words, errors)


def unauthorized() -> Refusal:
    """401: the token is missing or wrong."""
    return Refusal(401, 0, "401: Unauthorized")


def no_such_route() -> Refusal:
    """404: there is no such route."""
    return Refusal(404, 0, "404: Not Found")


def unknown(thing: str) -> Refusal:
    """404: the object does not exist. `thing` is a key of `_UNKNOWN`."""
    return refused(_UNKNOWN[thing])


_UNKNOWN = {
    "Channel": 10003,
    "Guild": 10004,
    "Member": 10007,
    "Message": 10008,
    "User": 10013,
    "Webhook": 10015,
    "interaction": 10062,
    "application command": 10063,
}


def missing_access() -> Refusal:
    """The bot cannot see this server or channel."""
    return refused(50001)


def missing_permissions() -> Refusal:
    """The bot can see the channel but lacks a permission."""
    return refused(50013)


def already_acknowledged() -> Refusal:
    """The interaction already has its first response."""
    return refused(40060)


def empty_message() -> Refusal:
    """The message would be empty."""
    return refused(50006)


def direct_messages_closed() -> Refusal:
    """The person does not accept DMs from the bot."""
    return refused(50007)


def system_message() -> Refusal:
    """The message was written by Discord and cannot be edited or deleted."""
    return refused(50021)


def invalid_webhook_token() -> Refusal:
    """The interaction's token is unknown or older than 15 minutes."""
    return refused(50027)


def thread_archived() -> Refusal:
    """The thread is archived."""
    return refused(50083)


def thread_locked() -> Refusal:
    """The thread is locked and the bot lacks MANAGE_THREADS."""
    return refused(160005)


def thread_exists() -> Refusal:
    """The message already has a thread."""
    return refused(160004)


class FormErrors:
    """Collects everything wrong with a request body, as the tree that Discord sends with code 50035."""

    def __init__(self) -> None:
        self._tree: Json = {}

    def add(self, path: tuple[str | int, ...], code: str, message: str) -> None:
        """Add one error. `path` leads to the field; an empty path means the whole body.

        An error of a field replaces the errors inside it.
        """
        node = self._tree
        for step in path:
            if "_errors" in node:
                return
            node = node.setdefault(str(step), {})
        told = node.get("_errors", [])
        node.clear()
        node["_errors"] = [*told, {"code": code, "message": message}]

    def required(self, path: tuple[str | int, ...]) -> None:
        """Add an error for a missing field."""
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required")

    def choice(self, path: tuple[str | int, ...], allowed: str) -> None:
        """Add an error for a value that is not one of those allowed."""
        self.add(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{allowed}}}.")

    def text(self, path: tuple[str | int, ...], value: object, low: int, high: int) -> None:
        """Check that a value is a string of `low` to `high` UTF-16 code units."""
        if not isinstance(value, str):
            self.add(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        elif low <= len(value) <= high // 2:
            return  # a character has at most two code units, so most strings need no counting
        elif not low <= utf16_length(value) <= high:
            if not value:
                self.required(path)
            elif low:
                self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")
            else:
                self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length.")

    def number(self, path: tuple[str | int, ...], value: object, low: int, high: int) -> None:
        """Check that a value is an integer of `low` to `high`."""
        if not isinstance(value, int) or isinstance(value, bool):
            self.add(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif value < low:
            self.add(path, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {low}.")
        elif value > high:
            self.add(path, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {high}.")

    def count(self, path: tuple[str | int, ...], value: object, low: int, high: int) -> list[Json]:
        """Check that a value is a list of `low` to `high` items, and return it; anything else counts as empty."""
        items = value if isinstance(value, list) else []
        if not low <= len(items) <= high:
            words = f"Must be between {low} and {high} in length." if low else f"Must be {high} or fewer in length."
            self.add(path, "BASE_TYPE_BAD_LENGTH" if low else "BASE_TYPE_MAX_LENGTH", words)
        return items

    def check(self) -> None:
        """Raise the refusal if there are any errors."""
        if self._tree:
            raise refused(50035, self._tree)


def utf16_length(text: str) -> int:
    """The length in UTF-16 code units, an upper bound of what Discord counts as characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
