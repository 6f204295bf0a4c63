"""What a stranger may try where the bot is not: with what others shared there, and with papers that nobody lists."""

from collections.abc import Awaitable
from dataclasses import dataclass

import pytest

from bot.papers import Details, Listing, Paper
from bot.reading.strays import PER_MEMBER
from bot.sources.model import SitePaper
from sandbox import Channel, Member, Message, Sandbox
from tests.attacks.conftest import STRING, Attacker, Scene

OF_ONES_OWN = (
    "papers:list:saved:0",
    "papers:turn:saved:0",
    "papers:export:csv",
    "papers:export:markdown",
    "papers:list:missed:0",
    "papers:remove:0",
    "about:forget",
)


@dataclass(frozen=True)
class Lab:
    """A server without the bot. The victim's admin added it to her account, and shared a page; mallory is there too."""

    talk: Channel
    vic: Member
    mallory: Attacker
    shared: Message


@pytest.fixture
async def lab(discord: Sandbox, scene: Scene) -> Lab:
    server = discord.add_server("Lab", with_bot=False)
    talk = server.add_channel("talk")
    vic = server.join(scene.victim.admin.user)
    mallory = Attacker(server.join(scene.attacker.member.user), talk)
    vic.add_app()
    await vic.type("/paper save", in_=talk, paper="2402.00003")
    await vic.type("/subscribe add", in_=talk, query="quantum zebras")
    page = await vic.type("/paper day", in_=talk)
    return Lab(talk, vic, mallory, (await vic.press(page, "Share")).message)


async def test_what_the_owner_of_the_app_keeps_is_not_shown_to_who_presses_below(scene: Scene, lab: Lab) -> None:
    """Discord names the sharer as the authorising user of every press below what was shared."""
    for custom_id in OF_ONES_OWN:
        reply = await lab.mallory.press(lab.shared, custom_id)
        assert reply.interaction.owners == {"1": str(lab.vic.id)}
        assert reply.ephemeral, custom_id
        assert "Paper number 3" not in reply.text, custom_id
        assert "zebras" not in reply.text, custom_id
        assert reply.message.attachments == (), custom_id
        scene.pass_a_minute()


async def test_what_is_pressed_below_changes_ones_own_data_alone(scene: Scene, lab: Lab) -> None:
    saved, subscriptions = scene.app.services.saved, scene.app.services.subscriptions
    await lab.mallory.press(lab.shared, "papers:save:2402.00001:yes")
    await lab.mallory.press(lab.shared, "papers:save:2402.00003:no")
    await lab.mallory.press(lab.shared, "subscriptions:remove:all")
    await lab.mallory.choose(lab.shared, "papers:remove:0", ["2402.00003"])
    assert [each.arxiv_id for each in await saved.page(lab.vic.id)] == ["2402.00003"]
    assert [each.arxiv_id for each in await saved.page(lab.mallory.member.id)] == ["2402.00001"]
    scene.pass_a_minute()
    await lab.mallory.press(lab.shared, "about:forget:yes")
    assert [each.arxiv_id for each in await saved.page(lab.vic.id)] == ["2402.00003"]
    assert len(await subscriptions.of_member(lab.vic.id)) == 1
    assert await saved.page(lab.mallory.member.id) == []


async def has_any(found: Awaitable[list[int]]) -> bool:
    return bool(await found)


async def test_the_search_of_another_is_not_shown_there(scene: Scene, lab: Lab) -> None:
    await lab.vic.type("/paper search", in_=lab.talk, query="number")

    async def kept() -> list[int]:
        rows = await scene.app.database.rows("SELECT id FROM searches WHERE user_id = ?", (lab.vic.id,))
        return [row[0] for row in rows]

    await scene.house.until(lambda: has_any(kept()))
    [number] = await kept()
    for act in ("list", "turn", "share"):
        reply = await lab.mallory.press(lab.shared, f"papers:{act}:search.{number}:0")
        assert "has expired or isn't yours" in reply.text, act
    assert lab.talk.messages == [lab.shared]


async def test_no_press_there_changes_what_was_shared(scene: Scene, lab: Lab) -> None:
    before = lab.shared.text, lab.shared.raw_components
    for custom_id in ("papers:turn:day.2024-02-23:5", "papers:share:day.2024-02-23:0", "papers:turn:top.all:0"):
        await lab.mallory.press(lab.shared, custom_id)
    assert (lab.shared.text, lab.shared.raw_components) == before


async def test_a_servers_digests_are_not_reached_from_elsewhere(scene: Scene, lab: Lab) -> None:
    """Nor by who manages that server without the bot."""
    owner = Attacker(lab.talk.server.owner, lab.talk)
    asked: tuple[tuple[str, dict[str, tuple[int, object]]], ...] = (
        ("digest list", {}),
        ("digest why", {"digest": (STRING, "1")}),
        ("digest subscriptions", {}),
        ("digest export", {}),
    )
    for words, options in asked:
        reply = await owner.command(words, options)
        assert "secret-plans" not in reply.text, words
        assert str(scene.victim.secret.id) not in reply.text, words
        assert "03:33" not in reply.text, words
        scene.pass_a_minute()
    for custom_id in ("digest:why:1:1", "digest:remove:yes:1:" + "0" * 16):
        reply = await owner.press(lab.shared, custom_id)
        assert "03:33" not in reply.text, custom_id
    assert len(await scene.app.services.digests.of_server(scene.victim.server.id)) == 1


class Site:
    """A site that knows every paper, by a name that would ping and lead elsewhere."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def paper(self, arxiv_id: str) -> SitePaper | None:
        self.asked.append(arxiv_id)
        title = "@everyone <@1> [x](https://evil.example) ```"
        return SitePaper(Listing(Paper(arxiv_id, title, (title,))), Details(arxiv_id, abstract=title))


@pytest.fixture
def site(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Site:
    site = Site()
    monkeypatch.setattr(scene.app.services.strays, "_source", site)
    return site


async def test_one_member_asks_the_site_so_often_and_no_more(scene: Scene, site: Site) -> None:
    member = scene.attacker.member
    for number in range(10):
        ids = " ".join(f"2401.{10 * number + offset:05}" for offset in range(1, 11))
        await member.use_menu("Show papers", member.say(ids, in_=scene.lobby))
        await member.type("/paper save", in_=scene.lobby, paper=f"2312.{10 + number:05}")
        scene.pass_a_minute()
    assert len(site.asked) == PER_MEMBER
    rows = await scene.app.database.rows("SELECT arxiv_id FROM strays")
    assert sorted(row[0] for row in rows) == sorted(site.asked)
    other = scene.admin
    await other.use_menu("Show papers", other.say("2312.12345", in_=scene.lobby))
    assert site.asked[-1] == "2312.12345"


async def test_what_the_site_tells_of_a_paper_pings_nobody_and_leads_nowhere(scene: Scene, site: Site) -> None:
    member = scene.attacker.member
    message = member.say("2401.00001 2401.00002", in_=scene.lobby)
    shown = await member.type("/paper show", in_=scene.lobby, paper="2401.00003")
    await member.press(shown, "Share")
    shared = await scene.lobby.next_message()
    for reply in (
        await member.use_menu("Show papers", message),
        await member.use_menu("Save papers", message),
        await member.type("/paper saved", in_=scene.lobby),
    ):
        assert reply.message.pinged == frozenset()
        assert "[x](https://evil.example)" not in reply.text
    assert shared.pinged == frozenset()
    assert "[x](https://evil.example)" not in shared.text


async def test_a_forged_save_asks_the_site_for_nothing(scene: Scene, site: Site) -> None:
    page = (await scene.attacker.member.type("/paper search", query="number", in_=scene.lobby)).message
    for custom_id in ("papers:save:2401.00001:yes", "papers:cite:2401.00001", "papers:list:paper.2401.00001:0"):
        await scene.attacker.press(page, custom_id)
    assert site.asked == []
