"""A member's own reading, from a digest to a file: save, list, export, cite, forget."""

import csv
import io
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.app import App
from bot.papers import Bullet, Day, Details, Listing
from bot.reading.bibtex import UNCERTAIN
from bot.settings import ArxivSettings
from bot.storage.papers.details import put_details
from sandbox import Channel, LocalSite, Member, Message, Reply, Sandbox
from tests.builders import FRIDAY, paper
from tests.conftest import House

FIRST, SECOND = "2402.00001", "2402.00002"
DETAILS = Details(
    FIRST,
    abstract="We *study* [numbers](https://evil.example). They are many.",
    digest="It studies numbers.",
    code="https://github.com/example/numbers",
    stars=12345,
    project="http://numbers.example.org/a(b)",
    comments=1,
)


@dataclass
class Town:
    """A server whose papers are read."""

    papers: Channel
    admin: Member
    mina: Member


@pytest.fixture
def town(house: House, discord: Sandbox) -> Town:
    house.page(
        Day(
            FRIDAY,
            (
                Listing(paper(1, title="=Attention ``is`` ```all``` you_need: $x^{2}$", more_authors=True), 9),
                Listing(paper(2, title="두 번째 논문", authors=("김민아",)), 5),
                Listing(paper(3, summary=(Bullet("Short."),))),
            ),
        )
    )
    server = discord.add_server("ML")
    papers = server.add_channel("papers")
    return Town(papers, server.add_member("ada", manage_server=True), server.add_member("mina"))


async def tell(app: App, details: Details) -> None:
    """Keep what the site would have told."""
    async with app.services.library._database.write() as tx:
        await put_details(tx, details, app.clock.now())


async def edition(town: Town) -> Message:
    await town.admin.type("/digest add", channel=town.papers, time="09:00", timezone="UTC")
    await town.admin.type("/digest now")
    return await town.papers.next_message()


def labels(reply: Reply) -> list[str | None]:
    return [button.label for button in reply.message.buttons]


def content(reply: Reply) -> str:
    assert reply.ephemeral
    (attached,) = reply.message.attachments
    return attached.content.decode()


async def test_a_paper_of_a_digest_is_saved_listed_exported_and_forgotten(house: House, town: Town) -> None:
    async with house.running() as app:
        opened = await town.mina.choose(await edition(town), FIRST)
        assert labels(opened)[:2] == ["Save", "Cite"]
        before = opened.message.embeds, ["Mark as read", "Note", *labels(opened)[1:]]
        pressed = await town.mina.press(opened, "Save")
        assert pressed.kind == "update"
        assert labels(pressed)[0] == "Saved"
        assert (pressed.message.embeds, labels(pressed)[1:]) == before
        house.clock.advance(timedelta(seconds=1))
        assert "is on your reading list" in (await town.mina.type("/paper save", paper=SECOND)).message.content
    async with house.running() as app:  # what is saved outlasts a restart, and so do the buttons
        listed = await town.mina.type("/paper saved")
        assert listed.ephemeral
        (embed,) = listed.message.embeds
        assert embed.title == "Your reading list · 2 papers"
        assert embed.description.index(SECOND) < embed.description.index(FIRST)
        assert labels(listed)[-4:] == ["BibTeX", "RIS", "Markdown", "CSV"]
        assert "Share" not in labels(listed)
        bibtex = content(await town.mina.press(listed, "BibTeX"))
        assert bibtex.count("@misc{") == 2
        assert "Attention ``is`` {`}{`}{`}all{`}{`}{`} you\\_need: $x^{2}$" in bibtex
        assert "author = {Mina Kim and John Doe and others}" in bibtex
        assert "  year = {2024},\n  eprint = {2402.00002}," in bibtex
        markdown = content(await town.mina.press(listed, "Markdown"))
        assert f"- [두 번째 논문](https://arxiv.org/abs/{SECOND}) · 김민아 · arXiv {SECOND} · 2024-02-23\n" in markdown
        table = list(csv.DictReader(io.StringIO(content(await town.mina.press(listed, "CSV")).removeprefix("\ufeff"))))
        assert [row["arxiv_id"] for row in table] == [SECOND, FIRST]
        assert table[1]["title"].startswith("'=Attention")
        assert (table[1]["authors"], table[1]["votes"]) == ("Mina Kim; John Doe; et al.", "9")
        opened = await town.mina.choose(listed, FIRST, menu="papers")
        assert labels(opened)[0] == "Saved"
        assert labels(await town.mina.press(opened, "Saved"))[0] == "Save"
        assert await app.services.saved.count(town.mina.id) == 1
        question = await town.mina.press(await town.mina.type("/about"), "Delete my data")
        assert "reading list" in question.message.content
        await town.mina.press(question, "Delete everything")
        assert "reading list is empty" in (await town.mina.type("/paper saved")).message.content


async def test_a_paper_is_cited_from_its_private_view(house: House, town: Town) -> None:
    async with house.running():
        shown = await town.mina.type("/paper show", paper=FIRST, in_=town.mina.dm)
        cited = await town.mina.press(shown, "Cite")
        assert cited.ephemeral
        assert cited.message.content.startswith(f"```bibtex\n{UNCERTAIN}\n@misc{{arxiv2024attention,\n")
        assert cited.message.content.endswith(
            "\n}\n```\nℹ️ The order of the authors is not certain: please check it on arXiv."
        )
        assert cited.message.content.count("```") == 2


async def test_arxiv_tells_the_order_of_the_authors_once(house: House, town: Town) -> None:
    names = ["John Doe", "Grace Hopper", "Mina Kim", *(f"Author {number}" for number in range(70))]
    async with LocalSite(house.clock.now) as site:
        site.authors[FIRST] = names
        house.settings = house.settings.model_copy(update={"arxiv": ArxivSettings(url=site.url)})
        async with house.running(site_apart=0.0):
            await town.mina.type("/paper save", paper=FIRST)
            shown = await town.mina.type("/paper show", paper=FIRST)
            assert "Mina Kim, John Doe and others" in shown.message.text
            cited = await town.mina.press(shown, "Cite")
            assert cited.ephemeral
            assert "@misc{doe2024attention,\n" in cited.message.content
            assert "author = {John Doe and Grace Hopper and Mina Kim and Author 0 and" in cited.message.content
            assert "not certain" not in cited.message.content
            shown = await town.mina.type("/paper show", paper=FIRST)
            assert "John Doe, Grace Hopper, Mina Kim, " in shown.message.text
            assert "Author 4 and 65 more" in shown.message.text
            every = await town.mina.press(shown, "All authors")
            assert every.ephemeral
            assert every.message.embeds[0].description == ", ".join(names)
            edition_of = await edition(town)
            assert "John Doe, Grace Hopper and 71 more" in edition_of.text
            exported = content(await town.mina.press(await town.mina.type("/paper saved"), "BibTeX"))
            assert "{doe2024attention," in exported
    assert len(site.asked) == 1


async def test_a_site_that_does_not_tell_the_authors_costs_no_citation(house: House, town: Town) -> None:
    async with LocalSite(house.clock.now) as site:
        site.down = True
        house.settings = house.settings.model_copy(update={"arxiv": ArxivSettings(url=site.url)})
        async with house.running(site_apart=0.0):
            cited = await town.mina.press(await town.mina.type("/paper show", paper=FIRST), "Cite")
            assert "The order of the authors is not certain" in cited.message.content


async def test_many_authors_are_cited_in_a_file(house: House, town: Town) -> None:
    house.page(Day(FRIDAY, (Listing(paper(1, authors=tuple(f"Author Number{index}" for index in range(150)))),)))
    async with house.running():
        cited = await town.mina.press(await town.mina.type("/paper show", paper=FIRST), "Cite")
        assert "too long for a message" in cited.message.content
        assert "Author Number99 and others}" in content(cited)


async def test_what_the_site_told_stands_in_the_view(house: House, town: Town) -> None:
    async with house.running() as app:
        await tell(app, DETAILS)
        shown = await town.mina.type("/paper show", paper=FIRST)
        (links,) = [field.value for field in shown.message.embeds[1].fields if field.name == "Links"]
        assert links.split(" · ")[3:] == [
            "[Code](https://github.com/example/numbers)",
            "[Project](http://numbers.example.org/a%28b%29)",
            f"[Discuss](https://huggingface.co/papers/{FIRST}#community)",
        ]
        assert shown.message.embeds[1].footer == f"arXiv\u00a0{FIRST} · ⭐ 12,345 · 💬 1"
        assert shown.message.embeds[1].description == "- It studies numbers."
        abstract = await town.mina.press(shown, "Abstract")
        assert abstract.ephemeral
        assert "We \\*study\\* \\[numbers\\]" in abstract.message.embeds[0].description
        await tell(
            app,
            Details("2402.00003", abstract="Short.", code="javascript:alert(1)", project="https://a.b/" + "x" * 400),
        )
        shown = await town.mina.type("/paper show", paper="2402.00003")
        assert "Abstract" not in labels(shown)  # the summary is the abstract
        assert "javascript" not in shown.message.text
        assert "[Discuss](https://huggingface.co/papers/2402.00003#community)" in shown.message.text


async def test_a_paper_that_its_page_gave_up_stays_on_the_list(house: House, town: Town) -> None:
    async with house.running() as app:
        await town.mina.type("/paper save", paper=FIRST)
        await app.services.library.store_page(
            "2024/02/23.md", "new", Day(FRIDAY, (Listing(paper(7)),)), app.clock.now()
        )
        listed = await town.mina.type("/paper saved")
        assert f"[{FIRST}](https://arxiv.org/abs/{FIRST})" in listed.message.embeds[0].description
        assert "No longer in the archive" in listed.message.embeds[0].description
        assert f"eprint = {{{FIRST}}}" in content(await town.mina.press(listed, "BibTeX"))
        left = await town.mina.choose(listed, FIRST, menu="papers:remove:0")
        assert left.kind == "update"
        assert "reading list is empty" in left.message.content


async def test_saving_leaves_a_random_paper_where_it_is(house: House, town: Town) -> None:
    async with house.running():
        shown = await town.mina.type("/paper random", in_=town.mina.dm)
        before = shown.message.embeds, labels(shown)
        for label, other in (("Save", "Saved"), ("Saved", "Save"), ("Save", "Saved")):
            shown = await town.mina.press(shown, label)
            assert other in labels(shown)
        assert (shown.message.embeds, labels(shown)) == (
            before[0],
            [*before[1][:1], "Saved", "Mark as read", "Note", *before[1][2:]],
        )
        assert (await town.mina.type("/paper saved", in_=town.mina.dm)).message.embeds


async def test_what_names_no_paper_is_searched_for(house: House, town: Town) -> None:
    async with house.running() as app:
        reply = await town.mina.type("/paper save", paper="no such title")
        assert "No papers found" in reply.message.content
        assert not await app.services.saved.count(town.mina.id)


async def test_a_list_becomes_shorter_page_by_page(house: House, town: Town) -> None:
    async with house.running() as app:
        for number in range(6):
            await app.services.saved.add(town.mina.id, f"2401.{number:05d}", app.clock.now())
        last = await town.mina.press(await town.mina.type("/paper saved"), "▶️")
        assert last.message.embeds[0].footer == "6–6 of 6"
        left = await town.mina.choose(last, "2401.00000", menu="papers:remove:5")
        assert left.message.embeds[0].title == "Your reading list · 5 papers"
        gone = await town.mina.choose(left, "2401.00001", menu="papers")
        assert "Read it on arXiv: https://arxiv.org/abs/2401.00001" in gone.message.content


async def test_a_full_list_says_so(house: House, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house.running() as app:
        for number in range(1000):
            await app.services.saved.add(town.mina.id, f"2401.{number:05d}", app.clock.now())
        refused = await town.mina.type("/paper save", paper=FIRST)
        assert refused.message.content.startswith("Your reading list is full (1,000 papers)")
        assert await app.services.saved.count(town.mina.id) == 1000
