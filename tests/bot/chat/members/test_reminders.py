from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.model import Alert
from bot.chat.buttons import BUTTONS
from bot.chat.interactions.controls import mark
from bot.chat.members.reminders import reminder_message, reminder_view
from bot.chat.papers.buttons_notes import note_text
from bot.chat.text.escape import utf16_len
from bot.chat.text.limits import Message
from bot.locale import Catalogue, Language, catalogue
from bot.reading.model import MAX_NOTE
from tests.bot.chat.checks import assert_fits, assert_safe
from tests.bot.chat.hostile import few, texts
from tests.bot.chat.members.test_alerts import alerts

LANGUAGES = st.sampled_from([catalogue(language) for language in Language])


@few
@given(alerts, LANGUAGES)
def test_any_reminder_fits_and_can_be_found_again(drawn: Alert, said: Catalogue) -> None:
    reminder = replace(drawn, matches=drawn.matches[:5], unread=1000)
    message = reminder_message(reminder, said)
    assert_fits(message)
    assert_safe(message)
    ids = [str(getattr(item, "custom_id", "")) for item in reminder_view(reminder, said, 7).children]
    assert ids[0].endswith(mark(7))
    for custom_id in ids:
        assert any(kind.__discord_ui_compiled_template__.fullmatch(custom_id) for kind in BUTTONS)


@few
@given(texts, LANGUAGES)
def test_any_note_is_shown_as_text(note: str, said: Catalogue) -> None:
    shown = note_text(note[:MAX_NOTE], said)
    assert_safe(Message(shown))
    assert utf16_len(shown) <= 2000
