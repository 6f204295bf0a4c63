from dataclasses import replace

from hypothesis import given

from bot.chat.papers.following import follow_menu
from bot.chat.text.escape import utf16_len
from bot.locale import Language, catalogue
from bot.papers import Listing
from bot.search.query import Field, parse
from tests.bot.chat.hostile import few, listings, texts
from tests.builders import paper

EN = catalogue(Language.EN)


@few
@given(listings, texts)
def test_any_paper_offers_what_can_be_followed(listing: Listing, organisation: str) -> None:
    menus = follow_menu(replace(listing.paper, organisation=organisation), EN)
    for menu in menus:
        assert 1 <= len(menu.options) <= 25
        assert len({option.value for option in menu.options}) == len(menu.options)
        for option in menu.options:
            assert 1 <= utf16_len(option.label) <= 100
            assert utf16_len(option.value) <= 100
            [term] = parse(option.value).terms
            assert term.field.is_name
            assert not term.excluded


def test_the_organisation_comes_before_the_authors() -> None:
    names = tuple(f"Author {chr(65 + number)}son" for number in range(26))
    [menu] = follow_menu(paper(1, authors=names, organisation="Mirae Labs"), EN)
    assert [option.label for option in menu.options] == ["Mirae Labs", *names[:24]]
    assert parse(menu.options[0].value).terms[0].field is Field.ORGANISATION


def test_names_that_are_the_same_to_a_query_are_offered_once() -> None:
    [menu] = follow_menu(paper(1, authors=("Mina Kim", "MINA KIM", 'Mina "Kim"')), EN)
    assert [option.label for option in menu.options] == ["Mina Kim"]


def test_a_paper_without_names_has_no_menu() -> None:
    assert follow_menu(paper(1, authors=()), EN) == []
    assert follow_menu(paper(1, authors=("🤗", "x" * 200)), EN) == []
