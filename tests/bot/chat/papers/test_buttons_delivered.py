from datetime import timedelta
from typing import Any

import pytest

from bot.chat.buttons import BUTTONS
from bot.chat.papers.buttons_delivered import edition_view, paper_view
from bot.digests.model import MAX_COUNT, Selection
from bot.locale import Language, catalogue
from tests.builders import FRIDAY, day


def _rows(language: Language, votes: list[int | None]) -> list[dict[str, Any]]:
    listed = day(votes=votes)
    view = edition_view(Selection(FRIDAY, 40, listed.listings), catalogue(language))
    assert view.is_finished()  # nothing is kept or timed: each press finds its item by the custom_id
    return [component for row in view.to_components() for component in row["components"]]


async def test_the_menu_has_an_option_for_each_paper() -> None:
    menu, *_ = _rows(Language.EN, [5, None])
    assert [option["value"] for option in menu["options"]] == ["2402.00001", "2402.00002"]
    assert menu["options"][0]["description"].startswith("5 votes")


@pytest.mark.parametrize("language", Language)
async def test_the_button_names_how_many_papers_the_day_has(language: Language) -> None:
    _, button, _ = _rows(language, [5])
    assert "40" in button["label"]
    assert "2024-02-23" in button["custom_id"]


async def test_the_button_does_not_count_late_papers_of_other_days() -> None:
    late = frozenset({("2402.00001", FRIDAY - timedelta(days=1))})
    view = edition_view(Selection(FRIDAY, 40, day().listings, late=late), catalogue(Language.EN))
    assert "39" in view.to_components()[1]["components"][0]["label"]


async def test_the_longest_edition_fits() -> None:
    menu, button, _ = _rows(Language.KO, [None] * MAX_COUNT)
    assert len(menu["options"]) == MAX_COUNT
    assert len(button["custom_id"]) <= 100


@pytest.mark.parametrize("likes", [True, False])
async def test_papers_without_a_message_of_their_own_are_liked_by_one_button(likes: bool) -> None:  # noqa: FBT001  a case
    view = edition_view(Selection(FRIDAY, 40, day().listings), catalogue(Language.EN), 7, likes=likes)
    ids = [component["custom_id"] for row in view.to_components() for component in row["components"]]
    assert ("papers:likes" in ids) is likes


async def test_each_custom_id_belongs_to_one_persistent_item() -> None:
    templates = [item.__discord_ui_compiled_template__ for item in BUTTONS]
    for component in _rows(Language.EN, [5]):
        assert len([1 for template in templates if template.fullmatch(component["custom_id"])]) == 1


@pytest.mark.parametrize("custom_id", ["papers", "papers:list:day.2024-02-23:0", "papers:d7", "papers:list:day.x:0:d7"])
async def test_messages_of_before_and_after_the_mark_find_their_item(custom_id: str) -> None:
    templates = [item.__discord_ui_compiled_template__ for item in BUTTONS]
    [found] = [match for template in templates if (match := template.fullmatch(custom_id))]
    assert found["delivery"] == ("7" if custom_id.endswith("d7") else None)


async def test_a_paper_in_a_thread_is_opened_or_liked_with_one_press() -> None:
    papers_number = 2**62
    view = paper_view(day().listings[0].paper, catalogue(Language.KO), papers_number)
    [row] = view.to_components()
    ids = [button["custom_id"] for button in row["components"]]
    assert ids == [f"papers:list:paper.2402.00001:0:d{papers_number}", "papers:like:2402.00001:yes"]
    assert all(len(custom_id) <= 100 for custom_id in ids)
