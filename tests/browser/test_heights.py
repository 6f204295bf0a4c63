"""How tall messages are on a phone: drawn as the gallery draws them, 390 pixels wide."""

from pathlib import Path

import pytest

from docs.picture import draw
from docs.scenes import LANGUAGES, gather

pytestmark = pytest.mark.browser

PHONE = {"phone": 390}
ALERT = 1100
MOST = {
    "edition-cards": 1400,
    "edition-cards-long-5": 1400,
    "edition-cards-long-10": 2700,
    "alert": ALERT,
    "alert-one": ALERT,
    "alert-many": ALERT,
}
"""The most pixels of a scene. See docs/adr/011-messages-for-a-phone.md."""


@pytest.mark.parametrize("language", LANGUAGES)
async def test_messages_are_short_on_a_phone(language: str, tmp_path: Path) -> None:
    heights = await draw([await gather(language)], tmp_path, MOST, PHONE)
    shown = {scene: height for (scene, *_), height in heights.items()}
    assert shown.keys() == MOST.keys()
    assert {scene: height for scene, height in shown.items() if not 0 < height <= MOST[scene]} == {}
