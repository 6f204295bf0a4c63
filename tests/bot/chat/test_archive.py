"""Every page of the archive, in every style and both languages."""

from collections.abc import Container
from pathlib import Path

import pytest

from bot.archive.reader import read_file
from bot.chat.papers.editions import edition_cards, edition_full, edition_headline, edition_paper, thread_name
from bot.chat.papers.paper import paper_view
from bot.chat.papers.rows import papers_list
from bot.digests.model import MAX_COUNT, Selection
from bot.locale import Language, catalogue
from bot.papers import Appearance, Day, ranked
from tests.bot.chat.checks import assert_fits, assert_safe, units
from tests.shared import ARCHIVE, SEEDS, needs_archive

MONTHS = sorted(path for path in ARCHIVE.glob("*/*") if path.is_dir())


@needs_archive
@pytest.mark.thorough
@pytest.mark.parametrize("month", MONTHS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_page_of_the_archive_fits(month: Path) -> None:
    for number, path in enumerate(sorted(month.glob("*.md"))):
        _check(read_file(path).day, list(Language)[number % 2])


@needs_archive
def test_one_page_in_ten_of_the_archive_fits() -> None:
    """What `make test` has time for; the longest page of each month is among them.

    An edition of each page has as many papers as fit, another has a number that goes round.
    """
    pages = sorted(ARCHIVE.glob("*/*/*.md"))
    longest = [max(month.glob("*.md"), key=lambda path: path.stat().st_size) for month in MONTHS]
    for number, path in enumerate([*pages[::10], *longest]):
        _check(read_file(path).day, list(Language)[number % 2], {1 + number // 2 % MAX_COUNT})


def test_every_page_of_the_seeds_fits() -> None:
    for path in sorted(SEEDS.glob("*/*/*.md")):
        for language in Language:
            _check(read_file(path).day, language)


def _check(day: Day, language: Language, counts: Container[int] = range(MAX_COUNT + 1)) -> None:
    """Check the day's list, its papers, and editions of as many papers as `counts` has."""
    said = catalogue(language)
    best = ranked(day)
    found = [Appearance(day.date, one) for one in best[:MAX_COUNT]]
    assert_fits(papers_list(found, said, heading="h"))
    assert_safe(papers_list(found, said, heading="h"))
    most = min(MAX_COUNT, len(best))
    for count in range(1, most + 1):
        selection = Selection(day.date, len(best), best[:count])
        messages = [edition_paper(selection, count - 1, said), paper_view(found[count - 1], said)]
        if count in counts or count == most:
            editions = [write(selection, said) for write in (edition_cards, edition_full, edition_headline)]
            assert len(editions[0].embeds) == len(editions[1].embeds) == count
            messages += editions
        assert units(thread_name(selection, said)) <= 100
        for message in messages:
            assert_fits(message)
            assert_safe(message)
