"""Pages of the site's days in the folder: which are written, and whose each is, whatever comes between."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.archive.loader import load
from bot.archive.reader import read_file
from bot.archive.scribe import Scribe, write_all
from bot.archive.thread import FileThread
from bot.errors import ArchiveError
from bot.papers import Bullet, Day, Details, Listing
from bot.papers.texts import day_for_reader
from bot.sources.model import Reading, SitePaper
from bot.sources.whole import CLOSES_AT, Closing, end_of
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from bot.storage.papers.site import SiteDays
from bot.storage.papers.summaries import Summaries
from bot.storage.papers.written import WrittenPages
from bot.summaries.model import Made, SummaryLanguage, Usage
from bot.summaries.service import Claim, Terms
from tests.builders import FRIDAY, paper

SETTLE = timedelta(hours=36)
LATER = timedelta(hours=13)
NOON = end_of(FRIDAY) + LATER
KOREAN = "이 논문은 새로운 모델을 제안합니다."


class Killed(BaseException):
    """The program ends here."""


class Pages(WrittenPages):
    """The store of pages; something happens once, before or after a step of it."""

    before_note: Callable[[], Awaitable[object]] | None = None
    after_announcing: Callable[[], Awaitable[object]] | None = None

    async def announce(self, key: str, content_hash: str) -> None:
        await super().announce(key, content_hash)
        if happens := self.after_announcing:
            self.after_announcing = None
            await happens()

    async def note(self, key: str, stage: str) -> None:
        if happens := self.before_note:
            self.before_note = None
            await happens()
        await super().note(key, stage)


@dataclass
class Office:
    """A library with days of the site, and a folder."""

    library: Library
    days: SiteDays
    pages: Pages
    english_pages: Pages
    folder: Path

    english: Path

    def scribe(self, pages: WrittenPages | None = None) -> Scribe:
        return Scribe(self.folder, pages or self.pages, self.library.day, SETTLE, FileThread())

    def english_scribe(self) -> Scribe:
        async def day(when: date) -> Day | None:
            held = await self.library.day(when)
            return day_for_reader(held, "en") if held else None

        return Scribe(self.english, self.english_pages, day, SETTLE, FileThread())

    async def write(self) -> list[Path]:
        """Write what is due in both folders."""
        return [page.path for page in await write_all([self.scribe(), self.english_scribe()])]

    async def summarise(self, database: Database) -> None:
        """Have a model summarise the paper in Korean."""
        claim = Claim("2402.00001", (SummaryLanguage.KO,), "a model", NOON)
        summaries = Summaries(database)
        await summaries.claim(claim, Terms(NOON, NOON, None, NOON))
        await summaries.keep(claim, Made({SummaryLanguage.KO: (Bullet(KOREAN),)}, Usage(1)))
        await self.days.show_summaries(NOON)

    async def whole(self, day: date, votes: int = 1, after: timedelta = LATER, papers: int = 1) -> None:
        """Have a day read at the site so long after its end, whole by then; it reads differently with other votes."""
        listed = tuple(
            SitePaper(
                Listing(paper(number, summary=(), image=None), votes),
                Details(f"2402.{number:05d}", abstract="An abstract."),
            )
            for number in range(1, papers + 1)
        )
        await self.days.take(Reading(day, end_of(day) + after, listed), Closing(CLOSES_AT, timedelta(hours=12)), NOON)

    def page(self, day: date = FRIDAY) -> Path:
        return self.folder / f"{day:%Y/%m/%d}.md"


@pytest.fixture
def office(database: Database, library: Library, tmp_path: Path) -> Office:
    days = SiteDays(database, library, (SummaryLanguage.KO,))
    return Office(library, days, Pages(database), Pages(database, "en"), tmp_path / "pages", tmp_path / "pages-en")


async def test_every_whole_day_is_written_not_the_last_31_alone(office: Office) -> None:
    old = FRIDAY - timedelta(days=400)
    for day in (old, FRIDAY):
        await office.whole(day)
    assert [page.path for page in await office.scribe().run()] == [office.page(old), office.page(FRIDAY)]
    assert await office.scribe().run() == []


@pytest.mark.parametrize("after", [LATER, SETTLE + timedelta(hours=1)])
async def test_a_page_is_written_again_for_a_paper_that_came_after_it(office: Office, after: timedelta) -> None:
    await office.whole(FRIDAY, after=after)
    await office.write()
    await office.whole(FRIDAY, after=after + timedelta(hours=1), papers=2)
    english = office.english / "2024/02/23.md"
    assert await office.write() == [office.page(), english]
    assert [len(read_file(page).day.listings) for page in (office.page(), english)] == [2, 2]
    assert await office.write() == []


async def test_a_page_that_the_folder_lacks_is_written_again(office: Office) -> None:
    await office.whole(FRIDAY)
    await office.scribe().run()
    office.page().unlink()
    assert [page.path for page in await office.scribe().run()] == [office.page()]


async def test_a_page_that_cannot_be_written_holds_up_no_other(office: Office) -> None:
    earlier = [FRIDAY - timedelta(days=days) for days in (800, 400)]
    for day in (*earlier, FRIDAY):
        await office.whole(day)
    office.folder.mkdir()
    for day in earlier:
        (office.folder / str(day.year)).write_text("in the way", encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"2021/12/15\.md: the page can't be written .*; and 1 more pages"):
        await office.scribe().run()
    assert office.page().exists()


async def _killed() -> None:
    raise Killed


@pytest.mark.parametrize("step", ["after_announcing", "before_note"])
@pytest.mark.parametrize("again", [False, True], ids=["first", "rewritten"])
async def test_killed_between_writing_a_page_and_noting_it_the_page_is_still_ours(
    office: Office,
    step: str,
    again: bool,  # noqa: FBT001  whether the page was there before
) -> None:
    if again:
        await office.whole(FRIDAY)
        await office.scribe().run()
    await office.whole(FRIDAY, votes=7, after=SETTLE)
    setattr(office.pages, step, _killed)
    with pytest.raises(Killed):
        await office.scribe().run()
    if office.folder.exists():
        await load(office.folder, office.library, now=NOON)
    [page] = await office.scribe().run()
    assert not page.beside
    assert read_file(page.path).day.listings[0].votes == 7
    await load(office.folder, office.library, now=NOON)
    assert await office.scribe().run() == []


@pytest.mark.parametrize("step", ["after_announcing", "before_note"])
async def test_two_processes_that_write_a_page_in_the_same_instant_take_neither_for_a_persons(
    office: Office, tmp_path: Path, step: str
) -> None:
    await office.whole(FRIDAY)
    async with Database.open(tmp_path / "paperboy.db") as database:
        other = office.scribe(WrittenPages(database))

        async def comes_between() -> None:
            await office.whole(FRIDAY, votes=7, after=SETTLE)
            await other.run()

        setattr(office.pages, step, comes_between)
        written = [*await office.scribe().run(), *await other.run(), *await office.scribe().run()]
    assert not [page for page in written if page.beside]
    assert read_file(office.page()).day.listings[0].votes == 7
    assert [path.name for path in office.page().parent.iterdir()] == ["23.md"]


async def test_a_page_that_is_written_while_the_folder_is_loaded_is_not_taken_for_a_persons(
    office: Office, database: Database
) -> None:
    class Hasty(Library):
        async def page_hashes(self) -> dict[str, frozenset[str]]:
            known = await super().page_hashes()
            await office.scribe().run()
            return known

    await office.whole(FRIDAY)
    await office.scribe().run()
    await office.whole(FRIDAY, votes=7, after=SETTLE)
    report = await load(office.folder, Hasty(database), now=NOON)
    assert (report.held, report.new_papers) == (("2024/02/23.md",), 0)
    await office.whole(FRIDAY, votes=9, after=SETTLE + timedelta(hours=1))
    day = await office.library.day(FRIDAY)
    assert day is not None
    assert day.listings[0].paper.summary == (Bullet("An abstract."),)
    assert not [one for one in await office.pages.writable() if one.stage is None]


async def test_a_person_may_still_change_a_page_and_have_it(office: Office) -> None:
    await office.whole(FRIDAY)
    await office.scribe().run()
    office.page().write_text(office.page().read_text(encoding="utf-8") + "- mine\n", encoding="utf-8")
    await load(office.folder, office.library, now=NOON)
    await office.whole(FRIDAY, votes=7, after=SETTLE)
    [page] = await office.scribe().run()
    assert page.beside
    assert "- mine" in office.page().read_text(encoding="utf-8")


# Pages in a further language


async def test_a_day_is_written_in_two_languages_from_the_same_papers(office: Office, database: Database) -> None:
    await office.whole(FRIDAY)
    await office.summarise(database)
    english = office.english / "2024/02/23.md"
    assert await office.write() == [office.page(), english]
    texts = [read_file(page).day.listings[0].paper.summary for page in (office.page(), english)]
    assert texts == [(Bullet(KOREAN),), (Bullet("An abstract."),)]
    assert await office.write() == []


@pytest.mark.parametrize("step", ["after_announcing", "before_note"])
async def test_killed_between_writing_a_page_in_another_language_and_noting_it_the_page_is_still_ours(
    office: Office, database: Database, step: str
) -> None:
    await office.whole(FRIDAY)
    await office.summarise(database)
    await office.write()
    await office.whole(FRIDAY, votes=7, after=SETTLE)
    setattr(office.english_pages, step, _killed)
    with pytest.raises(Killed):
        await office.write()
    assert await office.write() == [office.english / "2024/02/23.md"]
    assert read_file(office.english / "2024/02/23.md").day.listings[0].votes == 7


async def test_a_page_in_another_language_that_is_read_back_adds_nothing(office: Office, database: Database) -> None:
    """Through a link in the archive, also while the archive lacks the page, and by itself."""
    await office.whole(FRIDAY)
    await office.summarise(database)
    await office.write()
    held = await office.library.day(FRIDAY)
    (office.folder / "english").symlink_to(office.english)
    office.page().unlink()
    for folder in (office.folder, office.english):
        report = await load(folder, office.library, now=NOON)
        assert (report.held, report.unchanged, report.new_papers) == (("2024/02/23.md",), 1, 0)
    assert await office.library.day(FRIDAY) == held
    assert await office.write() == [office.page()]


async def test_what_a_person_changes_stays_theirs_in_its_folder_alone(office: Office, database: Database) -> None:
    await office.whole(FRIDAY)
    await office.summarise(database)
    await office.write()
    english = office.english / "2024/02/23.md"
    english.write_text(english.read_text(encoding="utf-8") + "- mine\n", encoding="utf-8")
    await load(office.folder, office.library, now=NOON)
    await office.whole(FRIDAY, votes=7, after=SETTLE)
    assert await office.write() == [office.page(), english.with_name("23.md.new")]
    assert "- mine" in english.read_text(encoding="utf-8")
    english.unlink()
    office.page().write_text(office.page().read_text(encoding="utf-8") + "- mine\n", encoding="utf-8")
    await load(office.folder, office.library, now=NOON)
    assert english in await office.write()
    assert "- mine" in office.page().read_text(encoding="utf-8")


async def test_nothing_in_another_language_is_written_through_a_link_that_leads_out(
    office: Office, tmp_path: Path
) -> None:
    """And the archive's pages are written nevertheless."""
    await office.whole(FRIDAY)
    (tmp_path / "elsewhere").mkdir()
    office.english.mkdir()
    (office.english / "2024").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ArchiveError, match=r"pages-en/2024/02/23\.md: .*a link leads out of the folder"):
        await office.write()
    assert office.page().exists()
    assert list((tmp_path / "elsewhere").iterdir()) == []
