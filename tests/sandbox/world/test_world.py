from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.world.world import World

if TYPE_CHECKING:
    from sandbox.payloads.errors import Json


class Recorder:
    """A dispatcher that keeps the events."""

    def __init__(self) -> None:
        self.events: list[tuple[str, int | None]] = []

    def knows(self, server_id: int | None) -> bool:
        del server_id
        return True

    def dispatch(self, event: str, data: Json, *, server_id: int | None) -> None:
        del data
        self.events.append((event, server_id))


def test_a_world_sends_its_events_to_the_dispatcher_without_a_server_of_its_own() -> None:
    recorder = Recorder()
    world = World(recorder)
    server = world.add_server("ML")
    server.add_channel("papers").rename("news")
    server.kick_bot()
    server.add_channel("unseen by the bot")
    events = ["GUILD_CREATE", "CHANNEL_CREATE", "CHANNEL_UPDATE", "GUILD_DELETE"]
    assert recorder.events == [(event, server.id) for event in events]
