"""The sandbox as a test opens it: a world, and the server that a bot connects to."""

from __future__ import annotations

import time
from random import Random
from typing import TYPE_CHECKING, Self

from sandbox.api.faults import Fault, Faults
from sandbox.api.gateway import Gateway, Op
from sandbox.api.rates import Rates
from sandbox.api.server import API, HttpServer
from sandbox.payloads.errors import NoAnswer, SandboxError
from sandbox.world.bell import PATIENCE
from sandbox.world.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType


class Sandbox(World):
    """A Discord on loopback. Use it as `async with Sandbox() as discord:`.

    `time`, `wall`, `patience` and `nonce_window` are those of `World`. `shards` is the number that Discord recommends.
    `global_rate` is the limit of requests per second (Discord's is 50). `route_limits` maps a route to the number of
    requests per channel and the period in seconds (Discord's are ROUTE_LIMITS). By default, rates are not limited.
    `seed` seeds the faults that happen by chance.
    """

    def __init__(
        self,
        *,
        time: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        patience: float = PATIENCE,
        nonce_window: float = 300.0,
        shards: int = 1,
        global_rate: int | None = None,
        route_limits: Mapping[str, tuple[int, float]] | None = None,
        seed: int = 0,
    ) -> None:
        self.gateway = Gateway(self, shards)
        super().__init__(self.gateway, time=time, wall=wall, patience=patience, nonce_window=nonce_window)
        self._faults = Faults(Random(seed))  # noqa: S311 - chance, not a secret
        self._http = HttpServer(self, self.gateway, Rates(global_rate, route_limits or {}), self._faults)

    async def __aenter__(self) -> Self:
        await self._http.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.stop()
        if self._http.broken is not None:
            raise SandboxError("the sandbox itself failed") from self._http.broken

    @property
    def url(self) -> str:
        """The base URL of the REST API, for `discord.http.Route.BASE`."""
        return f"http://{self.address}{API}"

    @property
    def gateway_url(self) -> str:
        """The URL of the gateway, for `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY`."""
        return self.gateway.url

    @property
    def connected(self) -> bool:
        """Whether any shard of the bot is connected."""
        return bool(self.gateway.shards)

    async def until_connected(self, shards: int = 1, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109 - as next_message
        """Wait until this many shards are connected. Raises NoAnswer after `timeout` seconds of real time."""
        try:
            await self.bell.until(lambda: len(self.gateway.shards) >= shards, timeout)
        except TimeoutError:
            raise NoAnswer(f"the bot did not connect {shards} shards within {timeout} s") from None

    def forget_past(self) -> None:
        """Drop everything so far, the gateway's events included: sessions can be resumed, but not from before."""
        super().forget_past()
        self.gateway.forget_past()

    def disconnect(self, *, resume: bool = True) -> None:
        """Close the bot's gateway connections. Without `resume` its sessions end and it has to identify again."""
        self.gateway.disconnect(resume=resume)

    def request_heartbeat(self) -> None:
        """Ask the bot for an immediate heartbeat (op 1)."""
        self.gateway.request(Op.HEARTBEAT)

    def request_reconnect(self) -> None:
        """Ask the bot to reconnect and resume (op 7)."""
        self.gateway.request(Op.RECONNECT)

    def invalidate(self, *, resume: bool) -> None:
        """Tell the bot that its sessions are invalid (op 9). With `resume` they can be resumed, otherwise they end."""
        self.gateway.request(Op.INVALID_SESSION, resume)
        if not resume:
            self.gateway.end_sessions()

    def close_gateway(self) -> None:
        """Close the bot's gateway connections and refuse new ones. REST still works."""
        self.gateway.is_open = False
        self.gateway.disconnect(resume=True)

    def open_gateway(self) -> None:
        """Accept gateway connections again."""
        self.gateway.is_open = True

    async def close_port(self) -> None:
        """Refuse new connections, both REST and gateway. Open ones stay open."""
        await self._http.close_port()

    async def open_port(self) -> None:
        """Accept connections again, on the same port."""
        await self._http.open_port()

    def fail(  # noqa: PLR0913 - each a way to fail, named where it is used
        self,
        *,
        method: str = "*",
        path: str = "*",
        status: int | None = None,
        times: int = 1,
        chance: float = 1.0,
        delay: float = 0.0,
        hold: bool = False,
        disconnect: bool = False,
        after: bool = False,
        retry_after: float = 0.01,
        is_global: bool = False,
        code: int = 0,
        message: str = "",
        page: str | None = None,
    ) -> Fault:
        """Fail the next `times` requests with this method and a path that matches, such as "/channels/*/messages".

        The answer has `status`, with Discord's `code` and `message`, and `retry_after` seconds if the status is 429.
        For a code in payloads/codes.py, status and message default to Discord's. With `page`, the body is that HTML
        instead, as Cloudflare sends it. `disconnect` cuts the connection. With neither status nor disconnect, the
        request is only delayed: by `delay` seconds of real time or, with `hold`, until `release` of the returned fault
        is called. With `after`, the request is carried out first and fails or is delayed then. `chance` is the share
        of matching requests that fail. The returned fault counts the failed requests in `seen`.
        """
        fault = Fault(
            method=method,
            path=path,
            status=status,
            code=code,
            message=message,
            times=times,
            chance=chance,
            delay=delay,
            hold=hold,
            disconnect=disconnect,
            after=after,
            retry_after=retry_after,
            is_global=is_global,
            page=page,
        )
        return self._faults.add(fault)
