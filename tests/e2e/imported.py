"""Starts the program in processes that have imported it already: to import it takes most of a start.

One process imports what commands use, and forks for each command. Only then does the command get its arguments, its
environment and its streams, so that it is a process of its own as `python -m bot` would be.
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from asyncio import StreamReader, StreamReaderProtocol
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import NoReturn

from tests.shared import ROOT

LONGEST_LINE = 2**20
"""The longest line of a log, in bytes: at level DEBUG, one holds all commands in all languages."""
_MODULES = ("bot.app", "bot.cli", "bot.client", "bot.tools.health", "bot.tools.inspect")


class Started:
    """A running command, with as much of `asyncio.subprocess.Process` as the tests use."""

    def __init__(self, pid: int, ended: "asyncio.Task[int]", stdout: StreamReader, stderr: StreamReader) -> None:
        self.pid = pid
        self.stdout = stdout
        self.stderr = stderr
        self._ended = ended

    @property
    def returncode(self) -> int | None:
        return self._ended.result() if self._ended.done() else None

    async def wait(self) -> int:
        return await asyncio.shield(self._ended)

    async def communicate(self) -> tuple[bytes, bytes]:
        """Read to the end of both streams."""
        out, err, _ = await asyncio.gather(self.stdout.read(), self.stderr.read(), self.wait())
        return out, err

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)


async def start(arguments: Sequence[str], environment: Mapping[str, str]) -> Started:
    """Start a command of the program."""
    (out, written), (err, complained), (ours, theirs) = os.pipe(), os.pipe(), socket.socketpair()
    asked = json.dumps([arguments, dict(environment)]).encode()
    socket.send_fds(_forking()[0], [asked], [written, complained, theirs.fileno()])
    os.close(written)
    os.close(complained)
    theirs.close()
    told, writer = await asyncio.open_unix_connection(sock=ours)
    pid = int(await told.readline())

    async def status() -> int:
        try:
            return int(await told.readline())
        finally:
            writer.close()

    return Started(pid, asyncio.create_task(status()), await _reader(out), await _reader(err))


async def _reader(end: int) -> StreamReader:
    reader = StreamReader(limit=LONGEST_LINE)
    await asyncio.get_running_loop().connect_read_pipe(lambda: StreamReaderProtocol(reader), os.fdopen(end, "rb"))
    return reader


@cache
def _forking() -> "tuple[socket.socket, subprocess.Popen[bytes]]":
    """The process that forks, and where it is asked to; it ends when that is closed, as when this process ends."""
    ours, theirs = socket.socketpair()
    with theirs:
        code = "from tests.e2e.imported import serve; serve()"
        return ours, subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env={}, stdin=theirs.fileno())  # noqa: S603  our own words


def serve() -> None:
    """Import the program, then fork for each command that is asked for on standard input."""
    for name in _MODULES:
        import_module(name)
    for cog in import_module("bot.client").COGS:
        import_module(cog)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that wait for commands
    with socket.socket(fileno=os.dup(0)) as asking:
        while True:
            asked, given, _, _ = socket.recv_fds(asking, 1 << 20, 3)
            if not asked:
                return
            if os.fork() == 0:
                asking.close()
                _keep(*json.loads(asked), *given)
            for each in given:
                os.close(each)


def _keep(arguments: list[str], environment: dict[str, str], out: int, err: int, told: int) -> NoReturn:
    """Fork the command; tell its number, wait for it, and tell its status."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    command = os.fork()
    if command == 0:
        os.close(told)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
    os.close(out)
    os.close(err)
    if command == 0:
        _become(arguments, environment)
    os.write(told, f"{command}\n".encode())
    os.write(told, f"{os.waitstatus_to_exitcode(os.waitpid(command, 0)[1])}\n".encode())
    os._exit(0)


def _become(arguments: list[str], environment: dict[str, str]) -> NoReturn:
    """Run the command, and end with its status."""
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[1:] = arguments
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)
    status = 1
    try:
        status = import_module("bot.__main__").main()
    except BaseException:  # noqa: BLE001  Python itself would print it and end
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
