import re
from xml.etree import ElementTree as ET

import pytest

from bot.charts.model import Lines

pytest.importorskip("pygal")
pytest.importorskip("resvg_py")
pytest.importorskip("noto_cjk_sans_otc")

from bot.charts.draw import png, svg

LINES = Lines(("4월", "5월"), ("환각 <b>", "RAG & co"), ((0.01, None), (0.0, 0.035)))


def words(picture: str) -> str:
    return " ".join(ET.fromstring(picture).itertext())  # noqa: S314  our own


def test_a_picture_has_the_months_the_names_and_the_figures() -> None:
    drawn = words(svg(LINES))
    for written in ("4월", "5월", "환각 <b>", "RAG & co", "3.5%"):
        assert written in drawn, written


def test_of_many_months_some_have_a_label() -> None:
    months = tuple(f"m{number}" for number in range(24))
    drawn = svg(Lines(months, ("a",), ((0.1,) * 24,)))
    assert len(re.findall(r"<text[^>]*>m\d+<", drawn)) == 8


def test_korean_is_drawn_and_not_as_boxes() -> None:
    """Two words of as many characters would be the same boxes."""
    one, other = (png(Lines(("a", "b"), (name,), ((0.0, 0.1),))) for name in ("환각", "추론"))
    assert one.startswith(b"\x89PNG")
    assert one != other


def test_lines_at_nought_are_drawn() -> None:
    assert "0.0%" in words(svg(Lines(("a", "b"), ("c",), ((0.0, 0.0),))))
