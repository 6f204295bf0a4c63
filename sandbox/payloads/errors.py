"""What goes wrong: for the test that drives the sandbox, and for the bot that asks it.

SandboxError            the test asked for what Discord's own client would not let a person do
+-- NotAllowed          the person may not do that here, or does not see it
+-- NoAnswer            the bot did not answer in time, or no message came
Refusal                 an HTTP answer of Discord's that is no success
"""

from typing import Any, TypeAlias

from sandbox.payloads.codes import CODES

Json: TypeAlias = dict[str, Any]
"""A JSON object as it goes over the wire."""


class SandboxError(Exception):
    """The test or the demo asked for something that Discord's own client would not let a person do."""


class NotAllowed(SandboxError):  # noqa: N818 - it says what happened
    """The person may not do this here, or does not see it at all."""


class NoAnswer(SandboxError):  # noqa: N818 - it says what happened
    """The bot did not answer in time, or the message waited for did not come."""


class Refusal(Exception):  # noqa: N818 - an answer of Discord's, not a failure of ours
    """An answer of Discord's that is no success: HTTP status, Discord's code, its words and its tree of errors."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.body: Json = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors


def refused(code: int, errors: Json | None = None) -> Refusal:
    """The refusal with one of Discord's error codes, as `sandbox.payloads.codes` has it."""
    status, words = CODES[code]
    return Refusal(status, code, words, errors)


def unauthorized() -> Refusal:
    """The token is missing or is not the bot's."""
    return Refusal(401, 0, "401: Unauthorized")


def no_such_route() -> Refusal:
    """Nothing answers at this path."""
    return Refusal(404, 0, "404: Not Found")


def unknown(thing: str) -> Refusal:
    """There is no such thing. `thing` is one of the keys below."""
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
    """The bot does not see this server or channel."""
    return refused(50001)


def missing_permissions() -> Refusal:
    """The bot sees the channel and lacks the permission for this."""
    return refused(50013)


def already_acknowledged() -> Refusal:
    """The interaction has had its one first answer."""
    return refused(40060)


def empty_message() -> Refusal:
    """Nothing would be left to see."""
    return refused(50006)


def direct_messages_closed() -> Refusal:
    """The person takes no direct messages from the bot."""
    return refused(50007)


def system_message() -> Refusal:
    """Discord itself wrote the message: nobody edits or deletes it."""
    return refused(50021)


def invalid_webhook_token() -> Refusal:
    """The interaction's token is unknown, or older than fifteen minutes."""
    return refused(50027)


def thread_archived() -> Refusal:
    """The thread is archived."""
    return refused(50083)


def thread_locked() -> Refusal:
    """The thread is locked and the bot is no moderator of threads."""
    return refused(160005)


def thread_exists() -> Refusal:
    """The message already has its thread."""
    return refused(160004)


class FormErrors:
    """Gathers everything wrong with a request's body, as the tree that Discord sends with code 50035."""

    def __init__(self) -> None:
        self._tree: Json = {}

    def add(self, path: tuple[str | int, ...], code: str, message: str) -> None:
        """Note one error. `path` leads to the field; an empty one means the body as a whole.

        A field that is wrong itself tells nothing of what is in it.
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
        """Note that a field is missing."""
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required")

    def choice(self, path: tuple[str | int, ...], allowed: str) -> None:
        """Note that a field's value is none of those allowed."""
        self.add(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{allowed}}}.")

    def text(self, path: tuple[str | int, ...], value: object, low: int, high: int) -> None:
        """Note whatever is wrong with a text of `low` to `high` UTF-16 code units."""
        if not isinstance(value, str):
            self.add(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        elif low <= len(value) <= high // 2:
            return  # no character has more than two code units: most texts need no counting
        elif not low <= utf16_length(value) <= high:
            if not value:
                self.required(path)
            elif low:
                self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")
            else:
                self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length.")

    def number(self, path: tuple[str | int, ...], value: object, low: int, high: int) -> None:
        """Note whatever is wrong with a whole number of `low` to `high`."""
        if not isinstance(value, int) or isinstance(value, bool):
            self.add(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif value < low:
            self.add(path, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {low}.")
        elif value > high:
            self.add(path, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {high}.")

    def count(self, path: tuple[str | int, ...], value: object, low: int, high: int) -> list[Json]:
        """A list of `low` to `high` items, and a note where it is none; what is no list counts as empty."""
        items = value if isinstance(value, list) else []
        if not low <= len(items) <= high:
            words = f"Must be between {low} and {high} in length." if low else f"Must be {high} or fewer in length."
            self.add(path, "BASE_TYPE_BAD_LENGTH" if low else "BASE_TYPE_MAX_LENGTH", words)
        return items

    def check(self) -> None:
        """Refuse the request if anything was noted."""
        if self._tree:
            raise refused(50035, self._tree)


def utf16_length(text: str) -> int:
    """How many UTF-16 code units a text has: the safe upper bound of what Discord counts as characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
