"""A local Hugging Face on loopback: its daily papers, for tests and the demo. It also plays arXiv's API.

async with LocalSite(clock) as site:
    today = site.day(date(2024, 2, 23))
    today.add("2402.13616", title="YOLOv9", votes=12, abstract="...")
    today.paper("2402.13616")["paper"]["upvotes"] = 40        # records are returned as they are; change them freely
    site.add_paper("1706.03762", title="Attention", summary="...")  # known to the site, and listed on no day
    site.fault(status=500, times=2)                           # or delay, cut, body, disconnect, headers
    site.authors["2402.13616"] = ("Chien-Yao Wang", ...)      # as arXiv has them
    ...                                                       # a client uses site.url; site.asked lists its requests
"""

import asyncio
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from types import TracebackType
from typing import Any, Self
from xml.sax.saxutils import escape

from aiohttp import web

_HOST = "127.0.0.1"
_MOST = 100
_ARXIV = "/api/query"
_ARXIV_ID = re.compile(r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?", re.ASCII)
_WINDOW = timedelta(minutes=5)

_FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><title>ArXiv</title>{}</feed>
"""

Record = dict[str, Any]


@dataclass(slots=True)
class SiteDay:
    """The papers listed on a day."""

    records: list[Record] = field(default_factory=list)

    def add(self, arxiv_id: str, *, title: str = "A paper", votes: int = 1, **paper: object) -> Record:
        """List a paper. Further arguments are fields of the record's `paper`."""
        record: Record = {
            "paper": {"id": arxiv_id, "title": title, "summary": "", "upvotes": votes, "authors": []} | paper,
            "title": title,
            "numComments": 0,
        }
        self.records.append(record)
        return record

    def paper(self, arxiv_id: str) -> Record:
        """The record of a paper."""
        return next(record for record in self.records if record["paper"]["id"] == arxiv_id)


@dataclass(slots=True)
class SiteFault:
    """A fault for the next `times` requests. `delay` is in seconds of real time."""

    status: int | None = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: bool = False
    disconnect: bool = False
    repeat: bool = False
    times: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its query, headers and the status of the response (0 if the connection was cut)."""

    query: dict[str, str]
    headers: dict[str, str]
    status: int


class LocalSite:
    """Serves `GET /api/daily_papers` as the site does: by date, in pages, with Date, ETag and rate limit headers.

    Papers are sorted by votes. A future date is refused with 400. `clock` returns the site's time, in UTC. `limit`
    requests are allowed in 5 minutes. A page after the last one is an empty list, or has the status `past_the_end`.

    `GET /api/papers/ID` answers with a paper of `papers` or of any day, or with 404.

    `GET /api/query` answers as arXiv does: a feed with an entry for each paper of `authors` that is asked for. A
    malformed identifier is refused with 400.
    """

    def __init__(self, clock: Callable[[], datetime], limit: int = 500) -> None:
        self.asked: list[Asked] = []
        self.papers: dict[str, Record] = {}
        self.authors: dict[str, Sequence[str]] = {}
        self.past_the_end: int | None = None
        self.down = False
        self._clock = clock
        self._limit = limit
        self._days: dict[date, SiteDay] = {}
        self._faults: list[SiteFault] = []
        self._moments: list[datetime] = []
        application = web.Application()
        application.router.add_get("/api/daily_papers", self._handle)
        application.router.add_get("/api/papers/{arxiv_id}", self._handle)
        application.router.add_get(_ARXIV, self._handle)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        self.url = ""

    async def __aenter__(self) -> Self:
        """Start to listen on a free port."""
        await self._runner.setup()
        await web.TCPSite(self._runner, _HOST, 0).start()
        self.url = f"http://{_HOST}:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections and the port."""
        await self._runner.cleanup()

    def day(self, when: date) -> SiteDay:
        """The list of a day, created on first use."""
        return self._days.setdefault(when, SiteDay())

    def add_paper(self, arxiv_id: str, *, title: str = "A paper", **paper: object) -> Record:
        """Add a paper that no day lists. Further arguments are its fields."""
        self.papers[arxiv_id] = {"id": arxiv_id, "title": title, "summary": "", "upvotes": 0, "authors": []} | paper
        return self.papers[arxiv_id]

    def fault(self, **what: Any) -> SiteFault:  # noqa: ANN401 - the fields of SiteFault
        """Let the next requests fail. Arguments are the fields of SiteFault."""
        fault = SiteFault(**what)
        self._faults.append(fault)
        return fault

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        fault = self._take()
        if self.down or (fault and fault.disconnect):
            self._note(request, 0)
            return _cut_off(request)
        if fault:
            await asyncio.sleep(fault.delay)
        status, body, headers = self._feed(request) if request.path == _ARXIV else self._answer(request, fault)
        if fault:
            status = fault.status or status
            body = body if fault.body is None else fault.body
            body = body[: len(body) // 2] if fault.cut else body
            headers |= fault.headers
        self._note(request, status)
        headers = {"Date": format_datetime(self._clock(), usegmt=True)} | headers
        return web.Response(status=status, body=body, headers=headers)

    def _take(self) -> SiteFault | None:
        for fault in self._faults:
            if fault.times > 0:
                fault.times -= 1
                return fault
        return None

    def _answer(self, request: web.Request, fault: SiteFault | None) -> tuple[int, bytes, dict[str, str]]:
        left, wait = self._allowance()
        rates = {
            "RateLimit": f'"api";r={max(left, 0)};t={wait}',
            "RateLimit-Policy": f'"fixed window";"api";q={self._limit}',
        }
        if left < 0:
            return 429, _json({"error": "We had to rate limit you"}), rates | {"Retry-After": str(wait)}
        if "arxiv_id" in request.match_info:
            return *self._paper(request.match_info["arxiv_id"]), rates
        return self._list(request, fault, rates)

    def _list(
        self, request: web.Request, fault: SiteFault | None, rates: dict[str, str]
    ) -> tuple[int, bytes, dict[str, str]]:
        try:
            day = date.fromisoformat(request.query["date"]) if "date" in request.query else self._newest()
            page, size = int(request.query.get("p", "0")), min(int(request.query.get("limit", "50")), _MOST)
        except ValueError:
            return 400, _json({"error": '"date" must be a valid date'}), rates
        if day > self._clock().date():
            return 400, _json({"error": '"date" must not be in the future'}), rates
        records = sorted(self._days[day].records, key=_votes, reverse=True) if day in self._days else []
        if self.past_the_end and page and page * size >= len(records):
            return self.past_the_end, _json({"error": "no such page"}), rates
        start = 0 if fault and fault.repeat else page * size
        body = _json(records[start : start + size])
        name = f'W/"{hashlib.sha1(body, usedforsecurity=False).hexdigest()}"'
        spoilt = fault and (fault.cut or fault.body is not None)
        if request.headers.get("If-None-Match") == name and not spoilt:
            return 304, b"", rates | {"ETag": name}
        return 200, body, rates | {"ETag": name, "Content-Type": "application/json; charset=utf-8"}

    def _paper(self, arxiv_id: str) -> tuple[int, bytes]:
        papers = {record["paper"]["id"]: record["paper"] for day in self._days.values() for record in day.records}
        found = (papers | self.papers).get(arxiv_id)
        return (404, _json({"error": "Paper not found"})) if found is None else (200, _json(found))

    def _feed(self, request: web.Request) -> tuple[int, bytes, dict[str, str]]:
        """What arXiv answers: the newest version of each paper, in the order of the request."""
        asked = request.query.get("id_list", "").split(",")
        kind = {"Content-Type": "application/atom+xml; charset=utf-8"}
        if wrong := [each for each in asked if not _ARXIV_ID.fullmatch(each)]:
            refused = _FEED.format(f"<entry><id>http://arxiv.org/api/errors</id><title>Error</title>{wrong[0]}</entry>")
            return 400, refused.encode(), kind
        most = int(request.query.get("max_results", "10"))
        found = [(each, self.authors[each]) for each in asked if each in self.authors]
        return 200, _FEED.format("".join(_entry(*each) for each in found[:most])).encode(), kind

    def _allowance(self) -> tuple[int, int]:
        """How many requests are left after this one, and the seconds until the oldest one no longer counts."""
        now = self._clock()
        self._moments = [*(moment for moment in self._moments if now - moment < _WINDOW), now]
        wait = self._moments[0] + _WINDOW - now
        return self._limit - len(self._moments), int(wait.total_seconds())

    def _newest(self) -> date:
        return max((day for day, listed in self._days.items() if listed.records), default=self._clock().date())

    def _note(self, request: web.Request, status: int) -> None:
        self.asked.append(Asked(dict(request.query), dict(request.headers), status))


def _entry(arxiv_id: str, authors: Iterable[str]) -> str:
    """A paper's entry, with the namespace that arXiv gives affiliations."""
    names = "".join(
        f"<author><name>{escape(name)}</name><arxiv:affiliation>A lab</arxiv:affiliation></author>" for name in authors
    )
    return f"<entry><id>http://arxiv.org/abs/{arxiv_id}v2</id><title>A paper</title>{names}</entry>"


def _votes(record: object) -> int:
    """The votes of a record; 0 if a test has made the record invalid."""
    paper = record.get("paper") if isinstance(record, dict) else None
    votes = paper.get("upvotes") if isinstance(paper, dict) else None
    return votes if isinstance(votes, int) else 0


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode(errors="surrogatepass")


def _cut_off(request: web.Request) -> web.Response:
    """Cut the connection. aiohttp needs a response, but nobody receives it."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=503)
