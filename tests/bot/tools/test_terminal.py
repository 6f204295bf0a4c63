from io import StringIO
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.chat.papers.editions import edition_cards
from bot.digests.model import Selection
from bot.locale import Language, catalogue
from bot.tools.terminal import Drawing
from tests.builders import FRIDAY, day

DRAWING = Drawing(ZoneInfo("Asia/Seoul"), lambda prefix, _: f"{prefix}papers")


def drawn(payload: dict[str, object], note: str = "") -> str:
    screen = StringIO()
    Console(file=screen, width=80, no_color=True).print(DRAWING.message(payload, note=note))
    return "\n".join(line.rstrip() for line in screen.getvalue().splitlines())


def test_markup_shows_as_discord_shows_it() -> None:
    shown = DRAWING.text(r"**bold \*** [A* [x]](https://a.example) `code` <#7> <t:1708646400:F> 1 \* 2" + "\n- point")
    assert shown.plain == "bold * A* [x] code #papers 2024-02-23 09:00 1 * 2\n• point"
    assert {str(span.style) for span in shown.spans} >= {"bold", "reverse"}


def test_a_backslash_in_the_text_of_a_link_is_drawn_as_discord_draws_it() -> None:
    assert DRAWING.text(r"1\. **[Beyond A\*](https://a.example)**").plain == r"1. Beyond A\*"
    assert DRAWING.text("**1. [Beyond A*: More](https://a.example)** b").plain == "1. Beyond A*: More b"


def test_an_edition_shows_its_papers_and_pictures() -> None:
    selection = Selection(FRIDAY, 2, day().listings)
    message = edition_cards(selection, catalogue(Language.EN))
    shown = drawn({"content": message.content, "embeds": [embed.to_dict() for embed in message.embeds]})
    assert "2 papers · Top: Paper number 1" in shown
    assert "▌ 🥇 Paper number 1" in shown
    assert "https://example.org/1.png" in shown
    assert "▌ 🥈 Paper number 2" in shown


def test_buttons_and_menus_and_the_note_stand_below() -> None:
    buttons = {"type": 1, "components": [{"type": 2, "label": "Share", "emoji": {"name": "📣"}}]}
    menu = {"type": 1, "components": [{"type": 3, "placeholder": "Read…", "options": [{}, {}]}]}
    shown = drawn({"content": "hello", "components": [menu, buttons]}, note="only for you")
    assert [line.split() for line in shown.splitlines() if line.strip()][1:] == [
        ["hello"],
        ["Read…", "▾", "2"],
        ["📣", "Share"],
        ["only", "for", "you"],
    ]
