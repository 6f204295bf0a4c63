import pytest

from bot.archive.reader import read_page
from bot.chat.text.pictures import picture, video, web_link
from bot.papers import Paper


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://cdn.example.org/a.png", "https://cdn.example.org/a.png"),
        ("https://cdn.example.org/a(b) c<d>.png", "https://cdn.example.org/a%28b%29%20c%3Cd%3E.png"),
        ("https://cdn.example.org/그림.png", "https://cdn.example.org/%EA%B7%B8%EB%A6%BC.png"),
        ("https://cdn.example.org/a%20b.png", "https://cdn.example.org/a%20b.png"),
        (" https://cdn.example.org/a.png\n", "https://cdn.example.org/a.png"),
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


@pytest.mark.parametrize("ending", ["qt", "QT", "mov", "webm", "mkv", "mp4?download=true"])
def test_a_video_in_the_place_of_the_picture_is_a_video(ending: str) -> None:
    link = f"https://cdn.example.org/a.{ending}"
    for paper in (Paper("2402.14253", "t", image=link), Paper("2402.14253", "t", video=link)):
        assert video(paper) == link
        assert picture(paper) == "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2402.14253.png"


@pytest.mark.parametrize("name", ["a.svg", "a.pdf", "a", "png", "a.png/b", "a.html?b.png", "a.tiff", "a.heic"])
def test_what_is_not_an_image_by_its_ending_is_no_picture(name: str) -> None:
    paper = Paper("2402.14253", "t", image=f"https://cdn.example.org/{name}")
    assert (picture(paper), video(paper)) == (None, None)


@pytest.mark.parametrize("name", ["a.png", "a.JPG", "a.jpeg", "a.gif", "a.webp", "a.png?size=2", "a.png#b"])
def test_a_picture_is_shown(name: str) -> None:
    link = f"https://cdn.example.org/{name}"
    assert picture(Paper("2402.14253", "t", image=link, video="https://cdn.example.org/b.mp4")) == link


def test_a_page_with_a_video_where_the_picture_belongs_shows_no_broken_picture() -> None:
    page = read_page(
        "## Daily Papers (2024-02-23)\n\n### [T](https://arxiv.org/abs/2402.14253)\n\n![](https://a.bc/d.qt)\n"
    )
    paper = page.day.listings[0].paper
    assert (paper.image, video(paper)) == ("https://a.bc/d.qt", "https://a.bc/d.qt")
    assert picture(paper) == "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2402.14253.png"
