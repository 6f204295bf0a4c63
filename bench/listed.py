"""Days of papers as a site lists them: real ones from facts beside the project, and made-up ones that grow all day.

Each paper has the hour at which it is listed and its votes at some hours, all since the day began (UTC).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bench.corpus import ROOT

LISTED = ROOT.parent / "shared" / "listed.jsonl"
"""Facts of real days; without this file only the made-up days are simulated."""
_HOUR = timedelta(hours=1)
_LATE_READING = 18.0  # a day is measured if a reading after this hour knows its later votes
_MADE_UP_DAYS = 40
_MADE_UP_PAPERS = 48
_VOTED = 48.0  # hours for which made-up papers gain votes


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper: the hour from which on it is listed, and its votes at some hours, in order."""

    arxiv_id: str
    hour: float
    votes: tuple[tuple[float, int], ...]

    def votes_at(self, hour: float) -> int:
        """Its votes at an hour: in between by proportion, from none when it is listed, and constant at the end."""
        before, had = self.hour, 0
        for after, has in self.votes:
            if hour < after:
                share = max(0.0, hour - before) / (after - before) if after > before else 0.0
                return round(had + (has - had) * share)
            before, had = after, has
        return had

    @property
    def final_votes(self) -> int:
        """Its votes at the last known hour."""
        return self.votes[-1][1] if self.votes else 0


@dataclass(frozen=True, slots=True)
class ListedDay:
    """A day; `is_measured` if it is known how its papers did later."""

    day: date
    papers: tuple[ListedPaper, ...]
    is_measured: bool

    def best(self, count: int) -> set[str]:
        """The arXiv ids of the papers that have the most votes in the end."""
        ranked = sorted(self.papers, key=lambda paper: (-paper.final_votes, paper.arxiv_id))
        return {paper.arxiv_id for paper in ranked[:count]}

    def listed_by(self, moment: datetime) -> list[tuple[str, int]]:
        """The papers that the site lists at a moment, with their votes then, in the site's order."""
        hour = (moment - datetime.combine(self.day, time(), UTC)) / _HOUR
        found = [(paper.arxiv_id, paper.votes_at(hour)) for paper in self.papers if paper.hour <= hour]
        return sorted(found, key=lambda each: -each[1])


def real_days(path: Path = LISTED) -> list[ListedDay]:
    """The real days. A paper that only the second reading has is taken to be listed between the two.

    It is not known when: such papers are spread evenly over that time.
    """
    with path.open(encoding="utf-8") as lines:
        return [_real_day(json.loads(line)) for line in lines]


def _real_day(told: dict[str, Any]) -> ListedDay:
    day, readings, papers = date.fromisoformat(told["day"]), told["readings"], told["papers"]
    hours = [float(hour) for hour in readings]
    begun = datetime.combine(day, time(), UTC)
    found = []
    new = [one for one in papers if str(readings[0]) not in one["votes"]]
    for one in papers:
        votes = tuple(sorted((float(hour), count) for hour, count in one["votes"].items() if count is not None))
        if "listed_at" in one:
            hour = max(0.0, (datetime.fromisoformat(one["listed_at"]) - begun) / _HOUR)
        elif one in new:
            hour = hours[0] + (hours[-1] - hours[0]) * (new.index(one) + 0.5) / len(new)
        else:
            hour = 0.0
        found.append(ListedPaper(one["id"], hour, votes))
    return ListedDay(day, tuple(found), is_measured=hours[-1] > _LATE_READING and len(hours) > 1)


def made_up_days(first: date = date(2024, 1, 1), count: int = _MADE_UP_DAYS) -> list[ListedDay]:
    """Weekdays on which a paper is listed every half hour until midnight, and votes grow for two days."""
    return [_made_up_day(day, number) for number, day in enumerate(_weekdays(first, count))]


def _made_up_day(day: date, number: int) -> ListedDay:
    papers = []
    for index in range(_MADE_UP_PAPERS):
        hour = 24.0 * index / _MADE_UP_PAPERS
        worth = 1 + (index * 29 + number * 17) % _MADE_UP_PAPERS  # each of the 48 values once a day, at changing hours
        papers.append(ListedPaper(f"{day:%y%m}.{day.day:02}{index:03}", hour, ((hour, 0), (hour + _VOTED, worth))))
    return ListedDay(day, tuple(papers), is_measured=True)


def _weekdays(first: date, count: int) -> Iterator[date]:
    day = first
    while count:
        if day.weekday() < 5:  # noqa: PLR2004  Saturday
            yield day
            count -= 1
        day += timedelta(days=1)


def span(days: Sequence[ListedDay]) -> list[date]:
    """All dates from the first day to the day after the last."""
    first, last = days[0].day, days[-1].day
    return [first + timedelta(days=later) for later in range((last - first).days + 2)]
