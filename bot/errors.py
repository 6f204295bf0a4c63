"""Every error that Paperboy raises on purpose.

PaperboyError
├── UsageError         a command was called wrongly
├── InputError         standard input can't be read
├── OutputError        standard output can't be written
│   └── ReaderGoneError       its reader has closed it
├── SettingsError      a setting is unknown, missing or wrong
├── ArchiveError       the archive's folder can't be read
├── PageError          a page of the archive can't be read: its line and what is wrong
├── SourceError        the site can't be read now: what it answered
├── SummaryError       a model did not give a summary: why
│   ├── ModelFailedError      its server failed over this paper
│   └── ModelAwayError        its server can't be used now, whatever the paper
├── StorageError
│   ├── DatabaseTooNewError   the file was written by a newer program
│   ├── DatabaseDamagedError  the file is no sound database of ours
│   ├── DatabaseHeldError     another process runs on the file
│   └── DatabaseAwayError     it can't be used for now: it is locked, its disk is full or does not answer
├── RefusalError       a person asked for something that can't be done; worded by the catalogue
└── DeliveryError      a message could not be delivered; says whether to try again
"""

from enum import StrEnum


class PaperboyError(Exception):
    """The root: its text is one sentence that a person can act on."""


class UsageError(PaperboyError):
    """A command was called with options that do not go together; the text names them."""


class InputError(PaperboyError):
    """Standard input can't be read."""


class OutputError(PaperboyError):
    """Standard output can't be written, such as to a full disk."""


class ReaderGoneError(OutputError):
    """The reader of standard output has closed it, as `head` does; nothing is reported."""


class SettingsError(PaperboyError):
    """A setting is unknown, missing or wrong; the text names it, where it was set and what is wrong."""


UNAUTHORISED = "Discord no longer accepts the token: make a new one on the developer portal and set it"
"""The text of the SettingsError that ends a running bot."""


class PageError(PaperboyError):
    """A page can't be read; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class ArchiveError(PaperboyError):
    """The folder of the archive does not exist or is no folder; the text names it."""


class SourceError(PaperboyError):
    """The site did not give a day; the text says what it did instead, in one sentence.

    The catalogue has a message for each `fault` (`source-...`).
    """

    def __init__(self, fault: "SourceFault", message: str) -> None:
        super().__init__(message)
        self.fault = fault


class SourceFault(StrEnum):
    """What the site did instead of giving a day."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    RATE_LIMITED = "rate-limited"
    REFUSED = "refused"
    BROKEN = "broken"
    UNREADABLE = "unreadable"


class SummaryError(PaperboyError):
    """A model did not give a summary that can be used; the text says why, in one sentence.

    `calls` and `tokens` are what the attempt cost.
    """

    def __init__(self, message: str, *, calls: int = 0, tokens: int = 0) -> None:
        super().__init__(message)
        self.calls = calls
        self.tokens = tokens


class ModelFailedError(SummaryError):
    """The model's server failed or timed out on a paper, which may be the cause: the paper is tried again later."""


class ModelAwayError(SummaryError):
    """The model's server can't be used now, whatever the paper: it can't be reached, or refuses our requests."""


class StorageError(PaperboyError):
    """The database can't be used as it is, or not now."""


class DatabaseTooNewError(StorageError):
    """The database was written by a newer program than this one."""


class DatabaseDamagedError(StorageError):
    """The file is not a sound SQLite database of this program."""


class DatabaseHeldError(StorageError):
    """Another process runs on the database; the text says which."""


class DatabaseAwayError(StorageError):
    """The database can't be used for now: it is locked, or its disk is full or does not answer. It may pass."""


class RefusalError(PaperboyError):
    """A request that can't be granted: `key` names the catalogue's message, `values` fill it.

    Raised by services, shown to the person who asked as one sentence in their language.
    """

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class Fault(StrEnum):
    """Why a message could not be delivered, in the words of docs/operations.md."""

    CHANNEL_GONE = "channel-gone"
    MISSING_PERMISSION = "missing-permission"
    SERVER_LEFT = "server-left"
    DMS_CLOSED = "dms-closed"
    MEMBER_AWAY = "member-away"
    THREAD_CLOSED = "thread-closed"
    TOO_MANY_THREADS = "too-many-threads"
    TAG_REQUIRED = "tag-required"
    BLOCKED = "blocked"
    REJECTED = "rejected"
    UNAUTHORISED = "unauthorised"
    RATE_LIMITED = "rate-limited"
    UNAVAILABLE = "unavailable"
    HISTORY_HIDDEN = "history-hidden"
    MESSAGE_GONE = "message-gone"
    NOT_ANNOUNCING = "not-announcing"
    PUBLISHING_DENIED = "publishing-denied"
    PUBLISHING_LIMIT = "publishing-limit"


class DeliveryError(PaperboyError):
    """A message could not be delivered, and why. `detail` is for the log and never holds a secret.

    `unsure`: Discord may have stored the message nevertheless. `wait`: the seconds that Discord asks to wait.
    """

    def __init__(self, fault: Fault, detail: str = "", *, unsure: bool = False, wait: float = 0.0) -> None:
        super().__init__(f"{fault}: {detail}" if detail else str(fault))
        self.fault = fault
        self.detail = detail
        self.unsure = unsure
        self.wait = wait
