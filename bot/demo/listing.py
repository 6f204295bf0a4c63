"""Papers that a local site lists: for `paperboy try --site` and `paperboy demo --live`."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import ceil

from bot.papers import Day, Listing, ranked
from sandbox import LocalSite

LEAD = timedelta(days=2)
"""How long before a visit its first day begins at the site, so that the day is over when the visitor arrives."""
_HOUR = timedelta(hours=1)
_LAST_LISTED = 18  # hours after the day's beginning
_LATE = 24.2  # hours: after the day has ended, and editions at 09:00 in Seoul were posted
_COUNTED, _SETTLED = 30, 60  # hours until a paper has the votes of its page, and until twice as many


class Listed:
    """Days whose papers a site lists hour by hour, the second best of each late, and whose votes grow for 60 hours."""

    def __init__(self, site: LocalSite, days: Sequence[Day]) -> None:
        self._site = site
        self._days = {day.date: _late_last(ranked(day)) for day in days}

    def come(self, now: datetime) -> None:
        """Bring the site up to a moment."""
        for day, listings in self._days.items():
            hours = max(0.0, (now - datetime.combine(day, time(), UTC)) / _HOUR)
            records = self._site.day(day).records
            timely = max(1, len(listings) - 1)
            come = ceil(timely * min(1.0, hours / _LAST_LISTED)) if hours < _LATE else len(listings)
            for listing in listings[len(records) : come]:
                list_paper(self._site, day, listing)
            for position, record in enumerate(records):
                votes = listings[position].votes or len(listings) - position
                record["paper"]["upvotes"] = max(1, round(votes * min(hours, _SETTLED) / _COUNTED))


def _late_last(listings: Sequence[Listing]) -> Sequence[Listing]:
    """The listings with the second one at the end."""
    return (*listings[:1], *listings[2:], *listings[1:2])


def list_paper(site: LocalSite, day: date, listing: Listing) -> None:
    """List a paper with one vote, and with a stand-in for its abstract."""
    paper = listing.paper
    tasks = 3 + int(paper.arxiv_id[-1])
    abstract = (
        f"This stands in for the abstract of “{paper.title}”. A method is described and tried on {tasks} tasks, where"
        f" it is right in {70 + tasks}.5% of all cases."
    )
    media = [link for link in (paper.image, paper.video) if link and link.startswith("http")]
    authors = [{"name": name} for name in paper.authors]
    site.day(day).add(
        paper.arxiv_id,
        title=paper.title,
        votes=1,
        summary=abstract,
        authors=authors,
        mediaUrls=media,
        githubStars=tasks,
    )
