from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest

from bot.archive.loader import find_pages
from bot.archive.reader import read_file
from bot.papers import Bullet, Day, Listing
from bot.search.subjects.trends import MOST_LINES, Trends, TrendService
from bot.storage.papers.library import Library
from tests.builders import paper, utc
from tests.shared import ARCHIVE, needs_archive

NOW = utc(2024, 2, 23, 8)
MONTHS = [date(2024, month, 1) for month in range(1, 5)]
PAPERS = 60
"""Papers of each month: enough for either half of two months to be compared."""
PLAIN = "A Study of Vegetables"
Titles = Callable[[int, int], str]
"""The title of a paper, by the index of its month and its own."""


async def hold(library: Library, titles: Titles, summary: str = "Nothing.", months: Sequence[date] = MONTHS) -> None:
    """Load months of papers, all on the 20th."""
    for number, month in enumerate(months):
        first = 1 + number * PAPERS
        listings = tuple(
            Listing(paper(first + index, title=titles(number, index), summary=(Bullet(summary),)))
            for index in range(PAPERS)
        )
        on = month + timedelta(days=19)
        await library.store_page(f"{on:%Y/%m/%d}.md", "hash", Day(on, listings), NOW)


def rising(*counts: int, title: str) -> Titles:
    """So many papers of each month have a title; the others have a plain one."""
    return lambda month, index: title if index < counts[month] else PLAIN


async def risen(library: Library, months: int = 4) -> list[str]:
    return [line.term for line in (await TrendService(library).rising(months)).lines]


async def test_what_more_titles_name_than_before_has_risen(library: Library) -> None:
    await hold(library, rising(2, 3, 12, 15, title="Gaussian Splatting for Gardens"))
    trends = await TrendService(library).rising(4)
    assert (trends.months, trends.totals) == (tuple(MONTHS), (PAPERS,) * 4)
    [line] = [line for line in trends.lines if "Gaussian Splatting" in line.term]
    assert line.papers == (2, 3, 12, 15)
    assert trends.halves(line) == (5 / 120, 27 / 120)
    assert trends.shares(line)[-1] == 0.25


async def test_what_became_rarer_or_stayed_has_not(library: Library) -> None:
    await hold(library, rising(15, 12, 3, 2, title="Gaussian Splatting"))
    assert await risen(library) == []


async def test_of_topics_of_the_same_papers_one_is_told_and_the_longer_if_nearly_all_have_it(library: Library) -> None:
    await hold(library, rising(0, 0, 10, 12, title="Speculative Decoding"))
    assert await risen(library) == ["Speculative Decoding"]


async def test_filler_words_have_never_risen(library: Library) -> None:
    await hold(library, rising(0, 0, 30, 30, title="Towards Efficient, Robust and Novel Methods"))
    assert await risen(library) == []


async def test_a_single_word_has_risen_only_if_it_is_a_name(library: Library) -> None:
    titles = {0: "Mamba", 1: "Bananas"}
    await hold(
        library,
        lambda month, index: titles[index % 2] if month > 1 and index < 24 else PLAIN,
        "We build on Mamba, with bananas.",
    )
    assert await risen(library) == ["Mamba"]


async def test_what_search_takes_for_the_same_is_counted_together(library: Library) -> None:
    titles = {0: "RAG", 1: "Retrieval Augmented Generation"}
    await hold(
        library,
        lambda month, index: titles[index % 2] if month > 1 and index < 20 else PLAIN,
        "검색 증강 생성(RAG), Retrieval Augmented Generation(RAG).",
    )
    trends = await TrendService(library).of(["RAG", "검색 증강 생성", "없는 것"], 4)
    assert [line.papers for line in trends.lines] == [(0, 0, 20, 20), (0, 0, 10, 10), (0,) * 4]
    [line] = (await TrendService(library).rising(4)).lines
    assert line.papers == (0, 0, 20, 20)


async def test_no_more_than_a_few_are_told_the_surest_first(library: Library) -> None:
    names = [f"{letter * 2}X" for letter in "ABCDEFG"]
    await hold(library, lambda month, index: names[index % 7] if month > 1 and index < 7 * (4 + index % 7) else PLAIN)
    found = await risen(library)
    assert len(found) == MOST_LINES
    assert "AAX" not in found


async def test_a_month_counts_from_its_middle_on(library: Library) -> None:
    await hold(library, lambda *_: PLAIN)
    on = date(2024, 5, 14)
    await library.store_page("2024/05/14.md", "hash", Day(on, (Listing(paper(900)),)), NOW)
    assert (await TrendService(library).rising(2)).months == tuple(MONTHS[-2:])
    on = date(2024, 5, 15)
    await library.store_page("2024/05/15.md", "hash", Day(on, (Listing(paper(901)),)), NOW)
    found = await TrendService(library).rising(2)
    assert (found.months, found.totals) == ((MONTHS[-1], date(2024, 5, 1)), (PAPERS, 2))


async def test_too_few_papers_have_no_trends(library: Library) -> None:
    await hold(library, rising(0, 30, title="Gaussian Splatting"), months=MONTHS[:2])
    found = await TrendService(library).rising(2)
    assert (found.lines, found.are_enough) == ((), False)
    assert await TrendService(library).rising_until(date(2024, 2, 20)) == ()


async def test_an_empty_archive_has_none(library: Library) -> None:
    assert await TrendService(library).rising() == Trends((), (), ())


async def test_a_recap_hears_of_four_weeks_against_twelve(library: Library) -> None:
    service = TrendService(library)
    await hold(library, rising(0, 0, 0, 12, title="LLM Agents"))
    plain = tuple(Listing(paper(1000 + index, title=PLAIN)) for index in range(PAPERS))
    await library.store_page("2024/04/22.md", "hash", Day(date(2024, 4, 22), plain), NOW)
    assert await service.rising_until(date(2024, 4, 22)) == ("LLM Agents",)
    assert await service.rising_until(date(2024, 3, 20)) == ()


async def test_an_answer_is_kept_until_the_archive_has_other_papers(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hold(library, lambda *_: PLAIN)
    service, asked, search = TrendService(library), list[bool](), library.search

    async def counted(*args: object, **options: object) -> object:
        asked.append(True)
        return await search(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(library, "search", counted)
    for _ in range(2):
        await service.rising(4)
    assert len(asked) == 1
    await library.store_page("2024/04/21.md", "hash", Day(date(2024, 4, 21), (Listing(paper(990)),)), NOW)
    await service.rising(4)
    assert len(asked) == 2


@pytest.mark.thorough
@needs_archive
async def test_a_reader_of_that_time_says_yes_that_was_it(library: Library) -> None:
    """What the titles of the Korean archive named more in the summer of 2024 than in the spring."""
    for file in find_pages(ARCHIVE).pages:
        await library.store_page(file.key, "hash", read_file(file.path).day, NOW)
    service = TrendService(library)
    found = [line.term for line in (await service.rising(10)).lines]
    assert {"Retrieval-Augmented Generation", "Hallucination", "Mathematical Reasoning"} <= set(found)
    assert "Mamba" in await service.rising_until(date(2024, 4, 12))
    assert "Gaussian Splatting" in await service.rising_until(date(2024, 4, 12))
    assert "Agents" in await service.rising_until(date(2024, 8, 2))
