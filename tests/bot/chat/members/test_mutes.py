import discord
import pytest

from bot.alerts.model import Mute
from bot.chat.members.mutes import add_mutes, authors_to_mute, mute_text, words_to_mute
from bot.chat.text.limits import compose
from bot.locale import Language, catalogue
from bot.search.query import parse
from tests.bot.chat.checks import assert_fits, assert_safe
from tests.builders import paper

KO, EN = catalogue(Language.KO), catalogue(Language.EN)
AUTHOR, WORD = Mute(1, '-author:"kaiming he"', "Kaiming He"), Mute(2, "-survey", "Survey")


def test_a_mute_is_told_in_words_as_it_was_read() -> None:
    assert [mute_text(mute, EN) for mute in (AUTHOR, WORD)] == ["author Kaiming He", "word “Survey”"]
    assert [mute_text(mute, KO) for mute in (AUTHOR, WORD)] == ["저자 Kaiming He", "단어 “Survey”"]


def test_first_authors_are_offered_before_others_and_each_once() -> None:
    papers = [
        paper(1, authors=("Ada", "Grace", "Mina Kim")),
        paper(2, authors=("Mina Kim", "ADA")),
        paper(3, authors=()),
    ]
    assert authors_to_mute(papers, 25) == ['-author:"Ada"', '-author:"Mina Kim"', '-author:"Grace"']
    assert authors_to_mute(papers, 2) == ['-author:"Ada"', '-author:"Mina Kim"']


@pytest.mark.parametrize("name", ['A "B" C', "\\'{E}mile", "x" * 300, "", '"', "-", "author:Ada"])
def test_whatever_an_author_is_called_what_is_offered_can_be_muted(name: str) -> None:
    for text in authors_to_mute([paper(1, authors=(name,))], 25):
        assert parse(text).is_mute
        assert len(text) <= 100


def test_words_of_most_titles_come_first_and_those_that_say_nothing_are_left_out() -> None:
    papers = [
        paper(1, title="The Diffusion of 3D Avatars with LLMs"),
        paper(2, title="Avatars: a Survey for 2024"),
        paper(3, title="Diffusion"),
    ]
    assert words_to_mute(papers, [parse("LLMs -avatars"), parse('"diffusion model"')], 25) == ["-Survey"]
    assert words_to_mute(papers, [], 2) == ["-Diffusion", "-Avatars"]


def test_as_many_mutes_as_one_may_have_fit_a_field() -> None:
    embed = discord.Embed(title="x")
    add_mutes(embed, [Mute(n, "-author:x", "*Long* <@1> name " * 8) for n in range(25)], EN)
    message = compose("", [embed])
    assert_fits(message)
    assert_safe(message)
    _, left = (embed.fields[0].value or "").rsplit(" +", 1)
    assert 0 < int(left) < 25
    *_, left = (embed.fields[0].value or "").split(" +")
    assert 0 < int(left) < 25


def test_no_mute_is_no_field() -> None:
    embed = discord.Embed()
    add_mutes(embed, [], EN)
    assert embed.fields == []
