import pytest

from bot.locale import Language, catalogue
from bot.locale.headings import tells_news, translated

KO, EN = catalogue(Language.KO), catalogue(Language.EN)


@pytest.mark.parametrize(
    ("written", "korean", "english"),
    [
        ("What's New", "새로운 점", "What's New"),
        ("What’s new:", "새로운 점", "What's New"),
        ("What is New", "새로운 점", "What's New"),
        ("TECHNICAL DETAILS", "기술 내용", "Technical Details"),
        ("Performance Highlights", "주요 성능", "Performance Highlights"),
        ("주요 성능", "주요 성능", "Performance Highlights"),
        ("Technical Details - Related Work", "기술 내용 – 관련 연구", "Technical Details – Related Work"),
        ("Dataset", "데이터셋", "Datasets"),
        ("비전 인코더 (Vision Encoder)", "비전 인코더 (Vision Encoder)", "비전 인코더 (Vision Encoder)"),
        ("Group Query Attention", "Group Query Attention", "Group Query Attention"),
        ("", "", ""),
    ],
)
def test_usual_headings_are_in_the_readers_language_and_others_as_written(
    written: str, korean: str, english: str
) -> None:
    assert (translated(written, KO), translated(written, EN)) == (korean, english)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("What's New", True), ("새로운 점", True), ("Technical Details", False), ("", False), (None, False)],
)
def test_what_is_new_is_known_by_its_heading(heading: str | None, expected: bool) -> None:  # noqa: FBT001  a table
    assert tells_news(heading) is expected
