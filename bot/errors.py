"""Every error that Paperboy raises on purpose.

PaperboyError
├── SettingsError      a setting is unknown, missing or wrong
├── ArchiveError       the archive's folder can't be read
├── PageError          a page of the archive can't be read: its line and what is wrong
├── StorageError
│   ├── DatabaseTooNewError   the file was written by a newer program
│   └── DatabaseDamagedError  the file is no database of ours
├── RefusalError       a person asked for something that can't be done; worded by the catalogue
└── DeliveryError      a message could not be delivered; says whether to try again
"""

from enum import StrEnum


class PaperboyError(Exception):
    """The root: its text is one sentence that a person can act on."""


class SettingsError(PaperboyError):
    """A setting is unknown, missing or wrong; the text names it, its place and what is allowed."""


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


class StorageError(PaperboyError):
    """The database can't be used as it is."""


class DatabaseTooNewError(StorageError):
    """The database was written by a newer program than this one."""


class DatabaseDamagedError(StorageError):
    """The file is not a sound SQLite database of this program."""


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
    THREAD_CLOSED = "thread-closed"
    REJECTED = "rejected"
    UNAUTHORISED = "unauthorised"
    RATE_LIMITED = "rate-limited"
    UNAVAILABLE = "unavailable"


class DeliveryError(PaperboyError):
    """A message could not be delivered, and why. `detail` is for the log and never holds a secret."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}" if detail else str(fault))
        self.fault = fault
        self.detail = detail
