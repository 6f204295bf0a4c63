import asyncio

import discord
import pytest

from sandbox import Channel, Member, NoAnswer, NotAllowed, Sandbox, Server
from tests.sandbox.conftest import Clock
from tests.sandbox.newsbot import Interaction, NewsBot, running


async def test_a_command_is_answered_for_everyone(bot: NewsBot, mina: Member, jun: Member, channel: Channel) -> None:
    reply = await mina.type("/hello", name="세계")
    assert (reply.kind, reply.content, reply.ephemeral) == ("message", "hello 세계", False)
    assert jun.sees(channel) == channel.messages == [reply.message]


async def test_an_ephemeral_answer_is_seen_by_one(bot: NewsBot, mina: Member, jun: Member, channel: Channel) -> None:
    reply = await mina.type("/secret")
    assert reply.ephemeral
    assert mina.sees(channel) == [reply.message]
    assert jun.sees(channel) == channel.messages == []


async def test_a_deferred_answer_is_awaited_and_followed_up(bot: NewsBot, mina: Member) -> None:
    reply = await mina.type("/slow")
    assert (reply.content, reply.ephemeral) == ("done at last", True)
    more = await reply.next_followup()
    assert (more.content, more.ephemeral) == ("and more", True)


async def test_the_first_followup_takes_the_place_of_a_deferred_answer(
    bot: NewsBot, mina: Member, channel: Channel
) -> None:
    reply = await mina.type("/thinking")
    assert reply.content == "thought"
    assert channel.messages == [reply.message]
    assert reply.followups == []


async def test_the_payload_tells_what_discord_tells(bot: NewsBot, mina: Member, channel: Channel) -> None:
    assert (await mina.type("/where")).content == "ko ko True True TextChannel"
    channel.deny(bot_member(mina), "embed_links")
    assert (await mina.type("/where")).content == "ko ko True False TextChannel"
    assert (await mina.type("/where", in_=mina.dm)).content == "ko None False True DMChannel"


def bot_member(member: Member) -> Member:
    bot = member.server.bot
    assert bot is not None
    return bot


async def test_buttons(bot: NewsBot, mina: Member, channel: Channel) -> None:
    shown = await mina.type("/pages")
    assert [button.label for button in shown.buttons] == ["Next", "Whisper", "Later", "Nothing", "Off"]
    turned = await mina.press(shown, "Next")
    assert (turned.kind, turned.message) == ("update", shown.message)
    assert shown.content == "page 2"
    whispered = await mina.press(shown, "Whisper")
    assert (whispered.kind, whispered.content, whispered.ephemeral) == ("message", "psst", True)
    later = await mina.press(shown, "Later")
    assert (later.kind, later.content) == ("update", "edited later")


async def test_a_button_that_does_nothing_is_acknowledged(bot: NewsBot, world: Sandbox, mina: Member) -> None:
    shown = await mina.type("/pages")
    world.patience = 1.0  # the press waits so long for what need not follow
    assert (await mina.press(shown, "Nothing")).kind == "acknowledged"


async def test_what_cannot_be_pressed(bot: NewsBot, mina: Member, jun: Member) -> None:
    shown = await mina.type("/pages")
    with pytest.raises(NotAllowed, match="greyed out"):
        await mina.press(shown, "Off")
    with pytest.raises(NotAllowed, match="no button 'Back'"):
        await mina.press(shown, "Back")
    whispered = await mina.press(shown, "Whisper")
    with pytest.raises(NotAllowed, match="does not see the message"):
        await jun.press(whispered, "Next")


async def test_a_menu(bot: NewsBot, mina: Member) -> None:
    shown = await mina.type("/pages")
    chosen = await mina.choose(shown, ["A", "c"])
    assert (chosen.kind, chosen.content) == ("update", "picked a c")
    with pytest.raises(NotAllowed, match="takes 1 to 2"):
        await mina.choose(shown, ["a", "b", "c"])
    with pytest.raises(NotAllowed, match="has no 'd'"):
        await mina.choose(shown, "d")


async def test_a_menu_of_channels(bot: NewsBot, mina: Member, channel: Channel) -> None:
    shown = await mina.type("/pages")
    assert (await mina.choose(shown, [channel], menu="Where")).content == "in papers"
    with pytest.raises(NotAllowed):
        await mina.choose(shown, [mina], menu="Where")
    with pytest.raises(NotAllowed, match="no menu When"):
        await mina.choose(shown, [channel], menu="When")


async def test_members_and_roles_are_picked(bot: NewsBot, mina: Member, jun: Member) -> None:
    role = mina.server.add_role("readers")
    assert (await mina.type("/who", one=jun, role=role)).content == "jun readers True"


async def test_a_command_in_a_thread(bot: NewsBot, world: Sandbox, mina: Member, channel: Channel) -> None:
    shown = await mina.type("/hello", name="channel")
    thread = mina.server.start_thread(channel, world.bot, "talk", 60, shown.message)
    reply = await mina.type("/where", in_=thread)
    assert reply.content == "ko ko True True Thread"
    assert thread.messages == [reply.message]
    channel.deny(mina, "view_channel")
    with pytest.raises(NotAllowed):
        await mina.press(shown, "Next")
    with pytest.raises(NotAllowed):
        await mina.type("/where", in_=thread)


async def test_a_dynamic_button_works_after_a_restart(world: Sandbox, mina: Member) -> None:
    async with running(world):
        shown = await mina.type("/keep")
    async with running(world):
        assert (await mina.press(shown, "Keep")).content == "kept 7"
    assert shown.buttons == ()


async def test_a_modal(bot: NewsBot, mina: Member) -> None:
    form = await mina.type("/ask")
    assert (form.kind, form.modal["title"]) == ("modal", "Ask")
    answer = await mina.submit(form, Question="why?")
    assert (answer.content, answer.ephemeral) == ("asked why?", True)
    with pytest.raises(NotAllowed, match="no more than 20"):
        await mina.submit(form, Question="?" * 21)


async def test_autocompletion(bot: NewsBot, mina: Member) -> None:
    choices = await mina.complete("/paper show", number="attn")
    assert [(choice.name, choice.value) for choice in choices] == [("attn0", "attn-0"), ("attn1", "attn-1")]
    assert (await mina.type("/논문 보기", 번호="attn-1")).content == "paper attn-1"


async def taken(bot: NewsBot, member: Member) -> tuple[Interaction, "asyncio.Task[object]"]:
    """An interaction that the bot does not answer by itself, and the person waiting."""
    waiting = asyncio.ensure_future(member.type("/mute"))
    return await bot.seen.get(), waiting


async def test_an_answer_after_three_seconds_is_refused(bot: NewsBot, mina: Member, clock: Clock) -> None:
    interaction, waiting = await taken(bot, mina)
    clock.now += 3.1
    with pytest.raises(discord.NotFound) as refused:
        await interaction.response.send_message("late")
    assert refused.value.code == 10062
    waiting.cancel()


async def test_a_second_answer_is_refused(bot: NewsBot, mina: Member) -> None:
    interaction, waiting = await taken(bot, mina)
    await interaction.response.send_message("first")
    interaction.response._response_type = None  # discord.py would not even ask
    with pytest.raises(discord.HTTPException) as refused:
        await interaction.response.send_message("second")
    assert (refused.value.status, refused.value.code) == (400, 40060)
    await waiting


async def test_a_followup_before_the_answer_is_refused(bot: NewsBot, mina: Member) -> None:
    interaction, waiting = await taken(bot, mina)
    with pytest.raises(discord.NotFound) as refused:
        await interaction.followup.send("too early")
    assert refused.value.code == 10015
    waiting.cancel()


async def test_the_token_lives_fifteen_minutes(bot: NewsBot, mina: Member, clock: Clock) -> None:
    interaction, waiting = await taken(bot, mina)
    await interaction.response.send_message("now")
    clock.now += 15 * 60
    await interaction.edit_original_response(content="just in time")
    clock.now += 1
    with pytest.raises(discord.HTTPException) as refused:
        await interaction.followup.send("too late")
    assert (refused.value.status, refused.value.code) == (401, 50027)
    await waiting


async def test_a_followup_can_be_edited_and_deleted(bot: NewsBot, mina: Member, channel: Channel) -> None:
    interaction, waiting = await taken(bot, mina)
    await interaction.response.send_message("answer")
    message = await interaction.followup.send("more", wait=True)
    await message.edit(content="changed")
    assert [each.content for each in channel.messages] == ["answer", "changed"]
    await message.delete()
    await interaction.delete_original_response()
    assert channel.messages == []
    with pytest.raises(discord.NotFound) as refused:
        await interaction.edit_original_response(content="gone")
    assert refused.value.code == 10008
    await waiting


async def test_silence_is_no_answer_and_says_what_was_refused(bot: NewsBot, world: Sandbox, mina: Member) -> None:
    world.patience = 0.05
    interaction, waiting = await taken(bot, mina)
    with pytest.raises(discord.HTTPException):
        await interaction.response.send_message("x" * 2001)
    with pytest.raises(NoAnswer, match=r"Must be 2000 or fewer in length\."):
        await waiting


async def test_without_a_bot_nobody_answers(server: Server, world: Sandbox) -> None:
    async with running(world):
        server.add_channel("papers")
    with pytest.raises(NoAnswer, match="not connected"):
        await server.owner.type("/secret")
