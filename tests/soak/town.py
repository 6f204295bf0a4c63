"""Two hundred servers with their people, what has come to them, and what is still owed."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sandbox import Channel, Member, Sandbox
from sandbox.world.messages import Message
from sandbox.world.places import Thread
from tests.soak import expected
from tests.soak.expected import Ids
from tests.soak.plan import DigestPlan, MemberPlan, digest_plans, member_plans, pages

_PAPER = re.compile(r"arxiv\.org/abs/(\d{4}\.\d{5})")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(slots=True)
class Home:
    """A server with its digest, and the editions that it is still owed."""

    plan: DigestPlan
    admin: Member
    papers: Channel
    owed: deque[Ids]

    async def order(self) -> None:
        """Type the command for the digest."""
        reply = await self.admin.type(
            "/digest add",
            channel=self.papers,
            time=f"{self.plan.time:%H:%M}",
            timezone=self.plan.timezone,
            weekdays=",".join(_DAYS[day] for day in sorted(self.plan.weekdays)),
            count=self.plan.count,
            min_votes=self.plan.min_votes,
            style=self.plan.style,
        )
        assert "#1" in reply.text, reply.text

    async def pause_or_resume(self, at: datetime) -> None:
        """Type the command for a pause that begins or ends at the moment."""
        for begin, end in self.plan.pauses:
            if at in (begin, end):
                await self.admin.type("/digest pause" if at == begin else "/digest resume")


@dataclass(slots=True)
class Reader:
    """A member with subscriptions, and the alerts still owed. `alerts` is None where they come by DM."""

    wish: MemberPlan
    member: Member
    alerts: Channel | None
    owed: deque[Ids]

    async def subscribe(self) -> None:
        """Type the commands."""
        for word in self.wish.words:
            await self.member.type("/subscribe add", query=word, where=self.wish.where, in_=self.alerts)

    @property
    def messages(self) -> list[Message]:
        """What came for the member."""
        return self.member.dms if self.alerts is None else self.alerts.messages


@dataclass(slots=True)
class Town:
    """All servers. `came` counts what came by kind; `problems` tells what did not come as it ought to."""

    homes: list[Home] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)
    came: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    @classmethod
    def found(cls, discord: Sandbox, servers: int, days: int, start: datetime, end: datetime) -> "Town":
        """Make the servers and their people, and work out what they will be owed between two moments."""
        town, every_page = cls(), pages(days)
        for index, plan in enumerate(digest_plans(servers, days)):
            server = discord.add_server(f"Server {index}", locale="ko" if index % 2 else "en-US")
            admin = server.add_member("admin", manage_server=True)
            owed = expected.editions(plan, every_page, days, start, end)
            town.homes.append(Home(plan, admin, server.add_channel("papers"), owed))
        for wish in member_plans(servers):
            server = town.homes[wish.server].admin.server
            alerts = server.add_channel("alerts") if wish.where == "here" else None
            owed = expected.alerts(wish, every_page)
            town.readers.append(Reader(wish, server.add_member("reader"), alerts, owed))
        return town

    def gather(self) -> None:
        """Hold what came against what is owed. Threads are archived, as Discord does after a day."""
        for home in self.homes:
            for message in home.papers.messages:
                self._check(home.owed, self._edition(message), str(home.plan))
            for thread in list(home.papers.threads):
                _close(thread)
        for reader in self.readers:
            for message in reader.messages:
                self.came["alert"] += 1
                self._check(reader.owed, tuple(sorted(_PAPER.findall(message.text))), str(reader.wish))

    def missing(self) -> Iterator[str]:
        """What never came."""
        for home in self.homes:
            if home.owed:
                yield f"{home.plan}: {len(home.owed)} editions never came, the first {home.owed[0]}"
        for reader in self.readers:
            if reader.owed:
                yield f"{reader.wish}: {len(reader.owed)} alerts never came, the first {reader.owed[0]}"

    def _edition(self, message: Message) -> Ids:
        """The papers of an edition, in the order in which they stand in it."""
        self.came["cards" if message.thread is None else "headline"] += 1
        if message.thread is None:
            return _papers(message)
        parts = message.thread.messages
        self.came["paper"] += len(parts)
        return tuple(paper for part in parts for paper in _papers(part))

    def _check(self, owed: deque[Ids], came: Ids, whose: str) -> None:
        if owed and owed[0] == came:
            owed.popleft()
        else:
            self.problems.append(f"{whose}: {came} came, and {owed[0] if owed else 'nothing'} was owed")


def _papers(message: Message) -> Ids:
    return tuple(_PAPER.findall(" ".join(f"{embed.url} {embed.description}" for embed in message.embeds)))


def _close(thread: Thread) -> None:
    thread.archive()
    thread.parent.threads.remove(thread)
    thread.discord.forget(thread)
