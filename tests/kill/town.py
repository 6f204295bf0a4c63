"""A Discord with servers and members, what they are owed, and the count of what came."""

import re
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.alerts.model import Subscription, Where
from bot.digests.model import Style
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.members.subscriptions import Subscriptions
from sandbox import Channel, Member, Message, Sandbox, Server
from tests.builders import day, order
from tests.pages import put_page

SERVERS, DIGESTS, PAPERS, MEMBERS = 10, 10, 3, 6
_STYLES = Style.CARDS, Style.THREAD, Style.POSTS
_LATER_PAPERS = 100  # the numbers of papers of older pages begin after this
_TITLE = re.compile(r"Paper number (\d+)")


class Town:
    """Servers with digests of all kinds, each in a channel of its own, and members who are alerted by DM and here."""

    def __init__(self, discord: Sandbox, folder: Path) -> None:
        self.discord = discord
        self.archive, self.database = folder / "archive", folder / "paperboy.db"
        self.archive.mkdir(parents=True)
        self._today = datetime.now(UTC).date()
        self._pages = 1
        self._servers: list[Server] = [discord.add_server(f"server {number}") for number in range(SERVERS)]
        self._editions: dict[Channel, Style] = {}
        self._alerted: list[Channel | Member] = []

    # -- what is owed ----------------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Let admins order digests that were due an hour ago, and members subscribe; put in the day's page."""
        now = datetime.now(UTC)
        due = (now - timedelta(hours=1)).time().replace(second=0, microsecond=0)
        async with Database.open(self.database) as database:
            digests, subscriptions = Digests(database), Subscriptions(database)
            for number in range(SERVERS * DIGESTS):
                server, style = self._servers[number % SERVERS], _STYLES[number // SERVERS % len(_STYLES)]
                kind = "forum" if style is Style.POSTS else "text"
                channel = server.add_channel(f"papers-{number}", kind=kind)
                self._editions[channel] = style
                wish = order(channel_id=channel.id, time=due, timezone="UTC", style=style, count=PAPERS)
                assert await digests.add(server.id, wish, 1, now - timedelta(hours=2), DIGESTS)
            for number in range(MEMBERS):
                await subscriptions.add(self._subscription(number, now - timedelta(days=400)), 25)
        put_page(self.archive, day(self._today, votes=[9, 8, 7, 6]))

    def _subscription(self, number: int, since: datetime) -> Subscription:
        server = self._servers[number % SERVERS]
        member = server.add_member(f"member {number}")
        here = server.add_channel(f"alerts-{number}") if number % 2 else None
        self._alerted.append(here or member)
        channel_id, guild_id = (here.id, server.id) if here else (None, None)
        where = Where.HERE if here else Where.DM
        return Subscription(0, member.id, "강화학습", where, channel_id, guild_id, 0, False, "ko", since)

    def arrive(self) -> None:
        """Put an older day's page into the archive, which owes each member an alert."""
        on = self._today - timedelta(days=self._pages)
        put_page(self.archive, day(on, votes=[5], first=_LATER_PAPERS + self._pages))
        self._pages += 1

    @property
    def owed(self) -> int:
        """How many messages are owed in all, threads aside."""
        styles = Counter(self._editions.values())
        editions = styles.total() + styles[Style.THREAD] * PAPERS + styles[Style.POSTS] * (PAPERS - 1)
        return editions + len(self._alerted) * self._pages

    # -- what the ledger says --------------------------------------------------------------------------------------

    def ledger(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the database; none before it is there."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)) as connection:
            return connection.execute(sql).fetchall()

    def is_owing(self) -> bool:
        """Whether anything is still to be planned or sent."""
        arrivals, editions, open_ones = self.ledger(
            "SELECT (SELECT count(*) FROM arrivals), (SELECT count(*) FROM editions),"
            " (SELECT count(*) FROM deliveries WHERE state IN ('pending', 'sending', 'retrying'))"
        )[0]
        return bool(arrivals or open_ones or editions < len(self._editions) or self._days_known() < self._pages)

    def _days_known(self) -> int:
        return int(self.ledger("SELECT count(DISTINCT day) FROM appearances")[0][0])

    # -- what came -------------------------------------------------------------------------------------------------

    def count(self) -> Counter[str]:
        """Hold what stands in Discord against what was owed; raises AssertionError, else counts the messages."""
        came = Counter[str]()
        ids = set[int]()
        for channel, style in self._editions.items():
            if style is Style.POSTS:
                posts = [post.messages for post in channel.threads]
                ids.update(message.id for messages in posts for message in messages)
                assert [list(map(_papers, messages)) for messages in posts] == [[[1]], [[2]], [[3]]]
                came["post"] += PAPERS
                continue
            [first] = channel.messages
            ids.add(first.id)
            came[style] += 1
            if style is Style.THREAD:
                assert first.thread is not None
                ids.update(message.id for message in first.thread.messages)
                assert [_papers(message) for message in first.thread.messages] == [[1], [2], [3]]
                came["paper"] += PAPERS
        for place in self._alerted:
            alerts = place.messages if isinstance(place, Channel) else place.dms
            ids.update(message.id for message in alerts)
            about = Counter(_papers(message)[0] for message in alerts)
            assert about == dict.fromkeys([1, *range(_LATER_PAPERS + 1, _LATER_PAPERS + self._pages)], 1)
            came["alert"] += len(alerts)
        self._compare(ids)
        assert came.total() == self.owed
        return came

    def _compare(self, ids: set[int]) -> None:
        """The ledger says that all is sent, and where each message lies."""
        assert self.ledger("SELECT DISTINCT state FROM deliveries") == [("sent",)]
        assert self.ledger("SELECT DISTINCT state FROM editions") == [("posted",)]
        recorded = [row[0] for row in self.ledger("SELECT message_id FROM deliveries WHERE part <> 'thread'")]
        assert len(recorded) == len(set(recorded))
        assert set(recorded) == ids


def _papers(message: Message) -> list[int]:
    return sorted({int(number) for number in _TITLE.findall(message.text)})
