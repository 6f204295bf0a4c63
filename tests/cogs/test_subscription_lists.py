"""A member's subscriptions as they were typed, several removed at once, and what the member muted."""

from tests.cogs.conftest import Club


async def test_a_query_is_found_and_shown_as_it_was_typed(club: Club) -> None:
    await club.john.type("/subscribe add", query='LLM author:"Kaiming He"')
    for typed in ("LLM", "llm author", "Kaiming"):
        [offered] = await club.john.complete("/subscribe preview", subscription=typed)
        assert offered.name == 'LLM author:"Kaiming He"'
    for command in ("pause", "resume", "preview"):
        reply = await club.john.type(f"/subscribe {command}", subscription='llm author:"kaiming he"')
        assert 'LLM author:"Kaiming He"' in reply.message.content, command


async def test_several_subscriptions_or_all_are_removed_at_once(club: Club) -> None:
    async def held() -> list[str]:
        return [each.shown for each in await club.app.services.subscriptions.of_member(club.john.id)]

    assert "no subscriptions yet" in (await club.john.type("/subscribe remove")).message.content
    for query in ("One", "Two", "Three", "Four"):
        await club.john.type("/subscribe add", query=query)
    question = await club.john.type("/subscribe remove")
    assert question.message.ephemeral
    done = await club.john.choose(question, ["One", "Three"])
    assert (done.kind, done.message.content) == ("update", "🗑️ Removed “One”, “Three”.")
    assert await held() == ["Two", "Four"]
    done = await club.john.press(await club.john.type("/subscribe remove"), "Remove all 2")
    assert await held() == []
    await club.john.press(done, "Undo")
    assert await held() == ["Two", "Four"]
    single = await club.mina.type("/구독 추가", 검색어="하나")
    assert single.message.ephemeral
    assert not (await club.mina.type("/구독 삭제")).message.buttons


async def test_a_mute_is_listed_and_removed_there(club: Club) -> None:
    await club.app.services.changes.mute(club.john.id, '-author:"Mina Kim"')
    await club.app.services.changes.mute(club.john.id, "-Survey")
    listed = await club.john.type("/subscribe list")
    (embed,) = listed.message.embeds
    assert "no subscriptions yet" in embed.description
    [field] = embed.fields
    assert (field.name, field.value) == ("🔇 Muted (2 of 25)", "author Mina Kim, word “Survey”")
    done = await club.john.choose(listed, ["word “Survey”"], menu="mutes:remove")
    assert done.message.content == "🔔 No longer muted: word “Survey”."
    assert [mute.typed for mute in await club.app.services.changes.mutes(club.john.id)] == ["Mina Kim"]
    await club.john.press(done, "Undo")
    assert len(await club.app.services.changes.mutes(club.john.id)) == 2


async def test_what_is_muted_is_not_promised(club: Club) -> None:
    await club.app.services.changes.mute(club.john.id, "-title:number")
    added = await club.john.type("/subscribe add", query="강화학습")
    assert "Nothing matched in the archive's last 30 days" in added.message.content
    assert "would have matched nothing" in (await club.john.press(added, added.message.buttons[0].label)).text
