"""What a stranger may try with buttons: forged ids, other people's lists, messages that everyone sees."""

import string

import pytest

from sandbox import Channel, Message, NoAnswer
from tests.attacks.conftest import Attacker, Scene, own_page, quiet

UNREADABLE = (
    "papers:list:day.9999-99-99:0",
    "papers:list:day.2024-02-23.extra:0",
    "papers:list:nothing.1:0",
    "papers:list:top.2024-01-01.2024-01-02.2024-01-03:0",
    "papers:list:random.x:0",
    "papers:turn:search.0:0",
    "papers:turn:search.-1:0",
    "papers:turn:search.１:0",
    "papers:turn:search.1_0:0",
    "papers:turn:search." + "9" * 40 + ":0",
    "papers:turn:preview.9223372036854775808:0",
    "papers:turn:preview.abc:99999",
    "papers:share:preview. 1:0",
    "papers:share:__class__.x:0",
    "papers:list:saved.1:0",
    "papers:list:saved.:0",
    "papers:share:saved:0",
    "papers:list:foryou.1:0",
    "papers:share:foryou:0",
    "papers:list:liked.2024-02-01:0",
    "papers:share:liked.2024-02-01.x:0",
    "papers:list:alert.0:0",
    "papers:list:alert.x:0",
)
STRANGE = (
    *UNREADABLE,
    "papers:list:similar." + "x" * 70 + ":0",
    "papers:list:paper.'; DROP TABLE papers; --:0",
    "papers:turn:day.2024-02-23:99999",
    "papers:turn:top.all:99999",
    "papers:share:paper.9999.99999:0",
    "papers:turn:saved:99999",
    "papers:save:'; DROP TABLE saved; --:yes",
    "papers:like:'; DROP TABLE likes; --:yes",
    "papers:save:9999.99999:yes",
    "papers:save:../../x:no",
    "papers:cite:9999.99999",
    "papers:cite:' OR 1=1",
    "papers:abstract:9999.99999",
    "papers:abstract:2402.00001",
    "papers:export:csv",
    "papers:export:ris",
    "papers:read:9999.99999:yes",
    "papers:read:' OR 1=1:no",
    "papers:note:9999.99999",
    "papers:list:saved.unread:0",
    "papers:list:alert.1:0",
    "papers:turn:alert.99:5",
    "alert:manage:1",
    "alert:pause:1:1",
    "alert:remove:1:1",
    "alert:votes:5:1",
    "alert:votes:99999:0",
    "undo:1:0",
    "undo:1:1",
    "subscriptions:remove:all",
    "digest:remove:yes:1:" + "0" * 16,
    "digest:remove:yes:999:" + "f" * 16,
)
IGNORED = (
    "x" * 100,
    string.printable[:90],
    "papers:list::0",
    "papers:turn:day.2024-02-23:-5",
    "papers:turn:day.2024-02-23:999999",
    "papers:save:2402.00001:maybe",
    "papers:save::yes",
    "papers:cite:",
    "papers:cite:" + "x" * 61,
    "papers:export:exe",
    "papers:read:2402.00001:maybe",
    "papers:note:",
    "about:forget:yes:1",
    "digest:import:yes:ABCDEF",
    "digest:import:yes:" + "0" * 17,
    "digest:remove:yes:1:" + "0" * 17,
    "digest:remove:yes:-1:" + "0" * 16,
    "alert:manage:",
    "alert:manage:x",
    "alert:drop:1",
    "alert:drop:1:1",
    "alert:pause:1:",
    "alert:votes:999999:1",
    "alert:mute:title:1",
    "undo:1",
    "undo:-1:0",
)
"""What no button of ours looks like: nobody answers, as Discord would have it."""
HUGE = (
    "digest:why:99999999999999999999:1",
    f"digest:why:{2**63}:1",
    "digest:why:1:1:d9999999999999999999",
    "papers:d9999999999999999999",
    "papers:list:day.2024-02-23:0:d9999999999999999999",
    "papers:list:search.99999999999999999999:0",
    "papers:turn:preview.99999999999999999999:0",
    "papers:share:search.9223372036854775808:0",
    "papers:list:alert.9223372036854775808:0",
    "alert:manage:9999999999999999999",
    "alert:votes:5:9223372036854775808",
    "alert:remove:1:9223372036854775808",
    "undo:9999999999999999999:0",
    "undo:1:9999999999999999999",
)


async def test_a_forged_id_is_answered_in_a_sentence(scene: Scene) -> None:
    for custom_id in STRANGE:
        assert len(custom_id) <= 100
        reply = await scene.attacker.press(await own_page(scene), custom_id)
        assert reply.text, custom_id
        assert "Something went wrong" not in reply.text, custom_id
        assert "slower" not in reply.text, custom_id
        if custom_id in UNREADABLE:
            assert "That button has expired" in reply.text, custom_id
        assert scene.lobby.messages == [], custom_id
        scene.pass_a_minute()


async def test_an_id_of_no_button_of_ours_is_ignored(scene: Scene) -> None:
    page = await own_page(scene)
    scene.attacker.member.user.discord.patience = 0.05
    for custom_id in IGNORED:
        with pytest.raises(NoAnswer):
            await scene.attacker.press(page, custom_id)


async def test_a_button_that_the_message_has_not_does_nothing(scene: Scene) -> None:
    await scene.attacker.member.type("/subscribe add", query="keepme", in_=scene.lobby)
    page = await own_page(scene)
    scene.attacker.member.user.discord.patience = 0.05
    for custom_id in (*STRANGE, "about:forget:yes", "papers:share:day.2024-02-23:0"):
        with pytest.raises(NoAnswer):
            await scene.attacker.press_what_is_not_there(page, custom_id)
    assert scene.lobby.messages == []
    assert len(await scene.app.services.subscriptions.of_member(scene.attacker.member.id)) == 1


async def test_a_forged_id_with_a_huge_number_is_refused_quietly(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    page = await own_page(scene)
    for custom_id in HUGE:
        if custom_id.startswith("papers:d"):
            reply = await scene.attacker.choose(page, custom_id, ["2402.00001"])
        else:
            reply = await scene.attacker.press(page, custom_id)
        assert "That button has expired" in reply.text, custom_id
        assert quiet(caplog), custom_id
        scene.pass_a_minute()


async def test_a_menu_takes_no_value_for_granted(scene: Scene) -> None:
    page = await own_page(scene)
    for values in ([], [""], ["x" * 100], ["2402.00001", "2402.00002"], ["' OR 1=1"]):
        reply = await scene.attacker.choose(page, "papers", values)
        assert reply.ephemeral, values
        assert "Something went wrong" not in reply.text, values


async def test_a_menu_of_terms_takes_any_text_for_a_term(scene: Scene) -> None:
    page = await own_page(scene)
    for value in ('number" OR author:x', "", "x" * 100, '"'):
        reply = await scene.attacker.choose(page, "papers:term:2024-01-01", [value])
        assert reply.ephemeral, value
        assert reply.text, value
        assert "Something went wrong" not in reply.text, value
    assert "expired" in (await scene.attacker.choose(page, "papers:term:2024-99-01", ["number"])).text


async def test_what_has_no_share_button_is_not_shared(scene: Scene) -> None:
    """A preview of one's own subscription says what one wants to hear of: that is for oneself."""
    await scene.attacker.member.type("/subscribe add", query="number", in_=scene.lobby)
    [own] = await scene.app.services.subscriptions.of_member(scene.attacker.member.id)
    reply = await scene.attacker.press(await own_page(scene), f"papers:share:preview.{own.id}:0")
    assert "That button has expired" in reply.text
    assert scene.lobby.messages == []


async def test_sharing_needs_the_permissions_of_who_presses(scene: Scene) -> None:
    page = await own_page(scene)
    scene.lobby.deny(scene.attacker.member, "send_messages")
    reply = await scene.attacker.press(page, "papers:share:day.2024-02-23:0")
    assert "“Send Messages”" in reply.text
    assert scene.lobby.messages == []


async def test_sharing_needs_the_permissions_of_the_bot(scene: Scene) -> None:
    page = await own_page(scene)
    scene.lobby.deny(scene.home.bot_role, "send_messages")
    reply = await scene.attacker.press(page, "papers:share:day.2024-02-23:0")
    assert "I need “Send Messages”" in reply.text
    assert scene.lobby.messages == []


async def test_a_shared_page_pings_nobody_whatever_the_sharer_is_called(scene: Scene) -> None:
    loud = scene.home.add_member("@everyone <@1> [x](https://evil.example)")
    page = (await loud.type("/paper search", query="number", in_=scene.lobby)).message
    await Attacker(loud, scene.lobby).press(page, "papers:share:day.2024-02-23:0")
    shared = await scene.lobby.next_message()
    assert shared.pinged == frozenset()
    assert "[x](https://evil.example)" not in shared.content


async def test_sharing_again_and_again_posts_once_and_is_refused_at_last(scene: Scene) -> None:
    page = await own_page(scene)
    replies = [await scene.attacker.press(page, "papers:share:day.2024-02-23:0") for _ in range(6)]
    assert "slower" in replies[-1].text
    assert len(scene.lobby.messages) == 1


async def edition(scene: Scene) -> Message:
    """What everyone in the lobby sees."""
    await scene.admin.type("/digest add", channel=scene.lobby, time="09:00", timezone="UTC")
    await scene.admin.type("/digest now")
    return await scene.lobby.next_message()


async def test_what_everyone_sees_is_changed_by_no_press(scene: Scene) -> None:
    """The message is the bot's own, and another's button is pressed under it."""
    posted = await edition(scene)
    before = posted.text, posted.raw_components
    for custom_id in (
        "papers:turn:day.2024-02-23:5",
        "papers:share:day.2024-02-23:0",
        "papers:save:2402.00001:yes",
        "papers:save:2402.00001:no",
        "about:forget:no",
        "digest:import:no:" + "0" * 16,
        "digest:remove:no:1:" + "0" * 16,
        "digest:remove:yes:1:" + "0" * 16,
        "undo:1:0",
        "subscriptions:remove:all",
    ):
        reply = await scene.attacker.press(posted, custom_id)
        assert (posted.text, posted.raw_components) == before, custom_id
        assert reply.kind == "message", custom_id
        assert reply.ephemeral, custom_id


async def test_an_import_is_confirmed_by_an_admin_and_by_the_question_alone(scene: Scene) -> None:
    posted = await edition(scene)
    before = await scene.app.services.digests.of_server(scene.home.id)
    confirm = "digest:import:yes:" + "0" * 16
    assert "people who may manage" in (await scene.attacker.press(posted, confirm)).text
    reply = await Attacker(scene.admin, scene.lobby).press(posted, confirm)
    assert "Attach it again" in reply.text
    assert await scene.app.services.digests.of_server(scene.home.id) == before


async def test_a_digest_is_removed_by_an_admin_and_by_its_own_question_alone(scene: Scene) -> None:
    posted = await edition(scene)
    before = await scene.app.services.digests.of_server(scene.home.id)
    confirm = "digest:remove:yes:1:" + "0" * 16
    assert "people who may manage" in (await scene.attacker.press(posted, confirm)).text
    assert "changed since I asked" in (await Attacker(scene.admin, scene.lobby).press(posted, confirm)).text
    assert await scene.app.services.digests.of_server(scene.home.id) == before


_ACTS = "digest:preview:1", "digest:now:1", "digest:change:1"
_MENUS = "digest:set:channel:1", "digest:set:time:1", "digest:set:count:1"
_GREETING = "greet:start", "greet:preview"


async def test_a_digests_buttons_and_a_greetings_are_for_those_who_may_manage_it(scene: Scene) -> None:
    posted = await edition(scene)
    before = await scene.app.services.digests.of_server(scene.home.id)
    greeting = [f"{sign}:{scene.home.id}:{scene.lobby.id}:0900:Asia/Seoul" for sign in _GREETING]
    for custom_id in (*_ACTS, *_MENUS, *greeting):
        assert "people who may manage" in (await scene.attacker.press(posted, custom_id)).text, custom_id
    for custom_id in greeting:
        other = custom_id.replace(str(scene.home.id), str(scene.victim.server.id))
        assert "people who may manage" in (await Attacker(scene.admin, scene.lobby).press(posted, other)).text
    assert await scene.app.services.digests.of_server(scene.home.id) == before


async def test_deleting_ones_data_deletes_nobody_elses(scene: Scene) -> None:
    await scene.victim.admin.type("/subscribe add", query="keepme")
    await scene.attacker.member.type("/subscribe add", query="dropme", in_=scene.lobby)
    question = (await scene.victim.admin.type("/about")).message
    there = _in(scene, scene.victim.secret)
    reply = await there.press(question, "about:forget:yes")
    assert reply.ephemeral
    subscriptions = scene.app.services.subscriptions
    assert await subscriptions.of_member(there.member.id) == []
    assert len(await subscriptions.of_member(scene.victim.admin.id)) == 1


def _in(scene: Scene, channel: Channel) -> Attacker:
    """The attacker as a member of the victim's server, too."""
    return Attacker(scene.victim.server.join(scene.attacker.member.user), channel)
