"""A small HTTP proxy on loopback: CONNECT, and requests with a whole address. It knows made-up hosts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit


class Proxy:
    """Passes on what is for a host that it knows, and notes every host that it was asked for.

    `hosts` tells on which port of this machine a host is; another host is answered with 503. `asked` has "METHOD host".
    """

    def __init__(self, hosts: dict[str, int]) -> None:
        self.hosts = hosts
        self.asked: list[str] = []
        self.authorisations: set[str] = set()
        self.url = ""
        self._open: set[asyncio.StreamWriter] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        host = target.rpartition(":")[0] if method == "CONNECT" else urlsplit(target).hostname or ""
        self.asked.append(f"{method} {host}")
        for line in head.decode().split("\r\n"):
            if line.lower().startswith("proxy-authorization:"):
                self.authorisations.add(line.partition(":")[2].strip())
        if host not in self.hosts:
            writer.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.hosts[host])
        self._open.add(up_writer)
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            up_writer.write(head)
        await asyncio.gather(_pump(reader, up_writer), _pump(up_reader, writer))

    def cut(self) -> None:
        for writer in self._open:
            writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


@asynccontextmanager
async def proxying(hosts: dict[str, int]) -> AsyncIterator[Proxy]:
    """A proxy that listens as long as the block runs."""
    proxy = Proxy(hosts)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield proxy
        proxy.cut()
