import pytest

from bot.chat.pictures import picture, web_link
from bot.papers import Paper


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://cdn.example.org/a.png", "https://cdn.example.org/a.png"),
        ("https://cdn.example.org/a(b) c<d>.png", "https://cdn.example.org/a%28b%29%20c%3Cd%3E.png"),
        ("https://cdn.example.org/그림.png", "https://cdn.example.org/%EA%B7%B8%EB%A6%BC.png"),
        ("https://cdn.example.org/a%20b.png", "https://cdn.example.org/a%20b.png"),
    ],
)
def test_a_link_to_the_web_is_written_for_markdown(link: str, expected: str) -> None:
    assert web_link(link) == expected


@pytest.mark.parametrize(
    "link",
    [
        None,
        "",
        "/avatars/a.svg",
        "//a.bc/d",
        "http://a.bc/d.png",
        "javascript:alert(1)",
        "data:image/png;base64,a",
        "https://",
        "https://localhost/a",
        "https://me@a.bc/d",
        "https://[::1]/a",
        "https://a.bc:99999/",
        "https://a.bc/" + "x" * 2048,
    ],
)
def test_what_is_no_link_to_the_web_is_dropped(link: str | None) -> None:
    assert web_link(link) is None


def test_a_video_shows_the_site_s_card_of_the_paper() -> None:
    paper = Paper("2402.14253", "t", video="https://cdn.example.org/a.mp4")
    assert picture(paper) == "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2402.14253.png"
    assert picture(Paper("2402.14253", "t", image="/avatars/a.svg")) is None
