"""A server whose edition waits for its votes to settle."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from bot.app import App
from bot.storage.engine.codec import moment
from sandbox import Channel, Member, Message, Sandbox
from tests.builders import FRIDAY, day, utc
from tests.conftest import House

MORNING = utc(2024, 2, 24, 0, 10)
SETTLED = utc(2024, 2, 25, 12)
"""A day and a half after Friday's end."""
LATER = SETTLED + timedelta(minutes=40)
ROUTE = "/channels/{channel_id}/messages/{message_id}"
NEWS = {"2402.00001": 25, "2402.00002": 31}


class Town:
    """A server with a digest of Friday's three papers."""

    def __init__(self, discord: Sandbox, house: House) -> None:
        self.discord, self.house = discord, house
        server = discord.add_server("ML")
        self.papers: Channel = server.add_channel("papers")
        self.admin: Member = server.add_member("mina", manage_server=True)
        house.page(day(FRIDAY, votes=(20, 10, 5)))
        house.clock.move_to(MORNING)

    async def post(self, app: App, **options: Any) -> Message:
        """Order a digest and have its edition posted."""
        await self.admin.type("/digest add", channel=self.papers, time="09:00", timezone="UTC", **options)
        await self.admin.type("/digest now")
        posted = await self.papers.next_message()

        async def done() -> bool:
            return (await app.services.digests.why(self.papers.server.id, 1)).editions[0].state == "posted"

        await self.house.until(done)
        return posted

    def read(self, votes: Mapping[str, int], at: datetime = SETTLED + timedelta(minutes=10)) -> None:
        """Let the site have been read."""
        with self.database() as database:
            database.executemany(
                "INSERT INTO votes (day, arxiv_id, hour, read_at, votes) VALUES (?, ?, ?, ?, ?)",
                [(FRIDAY.isoformat(), key, moment(at)[:13], moment(at), count) for key, count in votes.items()],
            )
            database.commit()

    def database(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(self.house.settings.database.path, timeout=20))

    def revisions(self) -> list[tuple[str, str | None]]:
        with self.database() as database:
            return [tuple(row) for row in database.execute("SELECT state, detail FROM revisions")]

    @property
    def edits(self) -> list[str]:
        """The messages that the bot asked to edit, by their ids."""
        edits = [one for one in self.discord.requests if (one.method, one.route) == ("PATCH", ROUTE)]
        return [one.path.rpartition("/")[2] for one in edits]

    @property
    def changes(self) -> list[Any]:
        """What the bot asked to change of threads."""
        asked = [one for one in self.discord.requests if (one.method, one.route) == ("PATCH", "/channels/{channel_id}")]
        return [one.body for one in asked]

    def picture_breaks(self) -> None:
        """Let the second paper have a picture that Discord finds ill-formed."""
        with self.database() as database:
            database.execute("UPDATE appearances SET content = replace(content, 'example.org/2', 'pictures.invalid/2')")
            database.commit()

    async def settle(self, app: App) -> None:
        """The time at which the votes have settled, at two looks."""
        self.house.clock.move_to(LATER)
        for _ in range(2):
            await app.reviser.work()


def ids_of(message: Message) -> list[str | None]:
    """What the controls below a message bear, the delivery's mark among it."""
    return [item.get("custom_id") for row in message.raw_components for item in row["components"]]
