"""A Discord with servers and members, what they are owed, and the count of what came."""

import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
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
_LATER_PAPERS = 100  # the numbers of papers of older pages begin after this
_TITLE = re.compile(r"Paper number (\d+)")


@dataclass(frozen=True)
class Kind:
    """A kind of digest: its style, its kind of channel, and what else is asked for."""

    name: str
    style: Style
    channel: str = "text"
    publish: bool = False
    discuss: bool = False


_KINDS = (
    Kind("cards", Style.CARDS),
    Kind("thread", Style.THREAD),
    Kind("post", Style.POSTS, "forum"),
    Kind("published", Style.CARDS, "announcement", publish=True),
    Kind("discussed", Style.THREAD, "announcement", publish=True, discuss=True),
)


class Town:
    """Servers with digests of all kinds, each in a channel of its own, and members who are alerted by DM and here."""

    def __init__(self, discord: Sandbox, folder: Path) -> None:
        self.discord = discord
        self.archive, self.database = folder / "archive", folder / "paperboy.db"
        self.archive.mkdir(parents=True)
        self._today = datetime.now(UTC).date()
        self._pages = 1
        self._servers: list[Server] = [discord.add_server(f"server {number}") for number in range(SERVERS)]
        self._editions: dict[Channel, Kind] = {}
        self._alerted: list[Channel | Member] = []

    # -- what is owed ----------------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Let admins order digests that were due an hour ago, and members subscribe; put in the day's page."""
        now = datetime.now(UTC)
        due = (now - timedelta(hours=1)).time().replace(second=0, microsecond=0)
        async with Database.open(self.database) as database:
            digests, subscriptions = Digests(database), Subscriptions(database)
            for number in range(SERVERS * DIGESTS):
                server, kind = self._servers[number % SERVERS], _KINDS[number // SERVERS % len(_KINDS)]
                channel = server.add_channel(f"papers-{number}", kind=kind.channel)
                self._editions[channel] = kind
                asked = {"style": kind.style, "publish": kind.publish, "discuss": kind.discuss, "count": PAPERS}
                wish = order(channel_id=channel.id, time=due, timezone="UTC", **asked)
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
        """How many messages and publications are owed in all, threads aside."""
        editions = 0
        for kind in self._editions.values():
            messages = {Style.CARDS: 1, Style.THREAD: 1 + PAPERS, Style.POSTS: PAPERS}[kind.style]
            standing = messages if kind.discuss else 1
            editions += messages + (standing if kind.publish else 0)
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

    def told(self) -> str:
        """What is still owed, for a test that fails."""
        open_ones = self.ledger(
            "SELECT id, part, state, attempts, due, unsure_since, fault FROM deliveries"
            " WHERE state IN ('pending', 'sending', 'retrying')"
        )
        counts = self.ledger("SELECT (SELECT count(*) FROM arrivals), (SELECT count(*) FROM editions)")[0]
        days = f"{self._days_known()} of {self._pages} days known"
        return f"{days}; arrivals and editions: {counts}; deliveries: {open_ones[:20]}"

    def _days_known(self) -> int:
        return int(self.ledger("SELECT count(DISTINCT day) FROM appearances")[0][0])

    # -- what came -------------------------------------------------------------------------------------------------

    def count(self) -> Counter[str]:
        """Hold what stands in Discord against what was owed; raises AssertionError, else counts the messages."""
        came = Counter[str]()
        ids = set[int]()
        for channel, kind in self._editions.items():
            if kind.style is Style.POSTS:
                posts = [post.messages for post in channel.threads]
                ids.update(message.id for messages in posts for message in messages)
                assert [list(map(_papers, messages)) for messages in posts] == [[[3]], [[2]], [[1]]]
                came["post"] += PAPERS
                continue
            first, *papers = channel.messages
            assert len(papers) == (PAPERS if kind.discuss else 0)
            came[kind.name] += 1
            if kind.discuss:
                threads = [paper.thread and paper.thread.name for paper in papers]
                assert threads == [f"Paper number {number}" for number in (1, 2, 3)]
            elif kind.style is Style.THREAD:
                assert first.thread is not None
                papers = first.thread.messages
            if papers:
                assert list(map(_papers, papers)) == [[1], [2], [3]]
                came["paper"] += PAPERS
            ids.update(message.id for message in (first, *papers))
            published = [message.published for message in channel.messages]
            assert set(published) == {kind.publish}
            came["publication"] += sum(published)
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
        recorded = [
            row[0]
            for row in self.ledger("SELECT message_id FROM deliveries WHERE follows IS NULL AND part <> 'thread'")
        ]
        assert len(recorded) == len(set(recorded))
        done = self.ledger("SELECT message_id FROM deliveries WHERE part IN ('discussion', 'publication')")
        assert {row[0] for row in done} <= ids
        assert set(recorded) == ids


def _papers(message: Message) -> list[int]:
    return sorted({int(number) for number in _TITLE.findall(message.text)})
