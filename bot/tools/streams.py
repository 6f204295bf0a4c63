"""Standard input, output and error for all commands, robust to whatever they are connected to."""

import errno
import io
import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import Any, TextIO, cast

from bot.errors import InputError, OutputError, ReaderGoneError


@contextmanager
def standard_streams() -> Iterator[None]:
    """Make the standard streams robust while the block runs.

    Characters that standard output can't encode are replaced. Output that can't be written raises OutputError; for
    standard error it is dropped, as nobody is left to tell. A closed stream counts as empty.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123  os.devnull is a name, not a path
        out, err = cast("TextIO", _Output(sys.stdout or nowhere)), cast("TextIO", _Remarks(sys.stderr or nowhere))
        with redirect_stdout(out), redirect_stderr(err):
            yield


def input_lines() -> Iterator[str]:
    """The lines of standard input without line ends. Undecodable bytes become lone surrogates.

    Raises InputError if it can't be read.
    """
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")
    try:
        for line in sys.stdin or ():
            yield line.rstrip("\r\n")
    except OSError as error:
        raise InputError(f"standard input can't be read: {error.strerror or error}") from error


class _Stream(ABC):
    """A stream that wraps another and handles its write errors."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with self._failing():
            return self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with self._failing():
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the stream has
        return getattr(self._stream, name)

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._drop_the_rest()
            self._failed(error)

    @abstractmethod
    def _failed(self, error: OSError) -> None:
        """End the program, or go on without the stream."""

    def _drop_the_rest(self) -> None:
        """Send what is still in the stream's buffer to nowhere, or Python would try to write it at exit."""
        with suppress(OSError), open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123  a name, no path
            os.dup2(nowhere.fileno(), self._stream.fileno())


class _Output(_Stream):
    def _failed(self, error: OSError) -> None:
        if error.errno == errno.EPIPE:
            raise ReaderGoneError("standard output was closed") from error
        raise OutputError(f"standard output can't be written: {error.strerror or error}") from error


class _Remarks(_Stream):
    def _failed(self, error: OSError) -> None:
        pass
