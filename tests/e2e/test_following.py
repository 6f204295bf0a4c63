"""Following an author and an organisation from a paper, in two languages, until the alert comes."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.papers import Day, Details, Listing
from bot.storage.papers.details import put_details
from sandbox import Reply, Sandbox, Server
from tests.builders import FRIDAY, paper, utc
from tests.conftest import House

WORDS = {
    "en-US": {
        "menu": "Follow an author or organisation…",
        "followed": 'I\'ll DM you new papers: author:"Yuandong Tian\\|Y. Tian"',
        "together": "Taken as one author: Yuandong Tian, Y. Tian",
        "doubtful": "may be someone else: J. Kim",
        "undo": "Undo",
        "undone": "No longer followed",
        "already": "You already follow",
    },
    "ko": {
        "menu": "새 논문을 알림 받을 저자나 기관…",
        "followed": 'DM으로 알려 드릴게요: author:"Yuandong Tian\\|Y. Tian"',
        "together": "같은 저자로 본 이름: Yuandong Tian, Y. Tian",
        "doubtful": "다른 사람일 수 있어서 뺀 이름: J. Kim",
        "undo": "되돌리기",
        "undone": "이제 알려 드리지 않아요",
        "already": "이미 알려 드리고 있어요",
    },
}
AUTHORS = (("Yuandong Tian", "Jin Kim"), ("Y. Tian",), ("J. Kim",), ("Juno Kim",))


@pytest.fixture
def server(house: House, discord: Sandbox) -> Server:
    house.page(Day(FRIDAY, tuple(Listing(paper(number, authors=one), 5) for number, one in enumerate(AUTHORS, 1))))
    server = discord.add_server("ML")
    server.add_channel("papers")
    return server


async def name_organisation(app: App, arxiv_id: str, name: str) -> None:
    """Keep what the site would have told."""
    async with app.services.library._database.write() as tx:
        await put_details(tx, Details(arxiv_id, organisation=name), app.clock.now())


def options(reply: Reply) -> list[str]:
    [menu] = [select for select in reply.message.selects if select.custom_id == "follow"]
    return [option.label for option in menu.options]


@pytest.mark.parametrize("locale", ["en-US", "ko"])
async def test_authors_and_organisations_are_followed_with_one_tap(house: House, server: Server, locale: str) -> None:
    words, mina = WORDS[locale], server.add_member("mina", locale=locale)
    other = server.add_member("other", locale=locale)
    async with house.running() as app:
        await name_organisation(app, "2402.00001", "Mirae Labs")
        shown = await mina.type("/paper show", paper="2402.00001")
        assert options(shown) == ["Mirae Labs", "Yuandong Tian", "Jin Kim"]
        followed = await mina.choose(shown, ["Yuandong Tian"], menu=words["menu"])
        assert followed.ephemeral
        assert words["followed"] in followed.text
        assert words["together"] in followed.text
        assert words["doubtful"] in (await mina.choose(shown, ["Jin Kim"], menu="follow")).text
        labs = await mina.choose(shown, ["Mirae Labs"], menu="follow")
        assert 'org:"Mirae Labs"' in labs.text
        assert words["already"] in (await mina.choose(shown, ["Mirae Labs"], menu="follow")).text
        undone = await mina.press(labs, words["undo"])
        assert words["undone"] in undone.text
        held = await app.services.subscriptions.of_member(mina.id)
        assert [each.shown for each in held] == ['author:"Yuandong Tian|Y. Tian"', 'author:"Jin Kim"']
        house.clock.move_to(utc(2024, 2, 24, 1))
        new = paper(9, title="New", authors=("Tian, Yuandong",))
        house.page(Day(FRIDAY + timedelta(days=1), (Listing(new, 3), Listing(paper(10, authors=("Ye Tian",)), 9))))
        await app.look_at_archive()
        alert = await mina.next_dm()
        assert "New" in alert.text
        assert "Paper number 10" not in alert.text
        assert other.dms == []
