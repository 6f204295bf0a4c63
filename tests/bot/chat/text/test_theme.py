from pathlib import Path

import pytest
import regex

ROOT = Path(__file__).parents[4]
THEME = ROOT / "bot/chat/text/theme.py"
OTHERS = [path for folder in ("bot/chat", "cogs") for path in sorted((ROOT / folder).rglob("*.py")) if path != THEME]
COLOUR = regex.compile(r"0x[0-9A-Fa-f]{6}\b|\bColou?r\(|\bColou?r\.\w+\(")
EMOJI = regex.compile(r"[\p{Emoji_Presentation}\uFE0F]")


def found_in(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if COLOUR.search(line) or EMOJI.search(line)]


def test_the_theme_has_colours_and_emoji() -> None:
    assert found_in(THEME)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_other_file_has_a_colour_or_an_emoji(path: Path) -> None:
    assert not found_in(path)
