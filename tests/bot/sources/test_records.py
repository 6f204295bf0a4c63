import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.reader import read_page
from bot.archive.writer import write_page
from bot.errors import SourceError
from bot.papers import Day, Details
from bot.sources.merge import merged
from bot.sources.model import Reading, SitePaper
from bot.sources.records import read_records
from tests.builders import FRIDAY, utc

FULL: dict[str, Any] = {
    "paper": {
        "id": "2402.13616",
        "title": "YOLOv9: Learning What\n You Want",
        "summary": "Today's deep learning methods\nfocus on ...",
        "publishedAt": "2024-02-21T08:10:11.000Z",
        "upvotes": 23,
        "authors": [{"name": "Chien-Yao Wang"}, {"name": "I-Hau Yeh", "hidden": True}, {"name": "  "}, None, 7],
        "ai_summary": "A new detector.",
        "ai_keywords": ["PGI", 3, "GELAN"],
        "githubRepo": "https://github.com/WongKinYiu/yolov9",
        "githubStars": 9_001,
        "projectPage": "https://example.org/yolo",
        "mediaUrls": ["https://cdn.example.org/a.mp4", "https://cdn.example.org/b.png"],
        "organization": {"name": "sinica", "fullname": "Academia Sinica"},
        "discussionId": "65d6",
    },
    "thumbnail": "https://cdn.example.org/thumb.png",
    "numComments": 4,
    "submittedBy": {"name": "akhaliq"},
    "isAuthorParticipating": False,
}


def one(**paper: object) -> SitePaper:
    [found] = read_records([{**FULL, "paper": {**FULL["paper"], **paper}}]).papers
    return found


def test_what_is_used_of_a_record() -> None:
    found = one()
    paper = found.listing.paper
    assert (paper.arxiv_id, paper.title) == ("2402.13616", "YOLOv9: Learning What You Want")
    assert paper.authors == ("Chien-Yao Wang",)
    assert not paper.ordered  # some are missing
    assert (paper.image, paper.video) == ("https://cdn.example.org/b.png", "https://cdn.example.org/a.mp4")
    assert found.listing.votes == 23
    assert found.details == Details(
        "2402.13616",
        abstract="Today's deep learning methods focus on ...",
        digest="A new detector.",
        keywords=("PGI", "GELAN"),
        published=utc(2024, 2, 21, 8, 10).replace(second=11),
        code="https://github.com/WongKinYiu/yolov9",
        stars=9_001,
        project="https://example.org/yolo",
        comments=4,
        organisation="Academia Sinica",
    )


def test_runs_of_spaces_and_line_breaks_become_one_space() -> None:
    title, name = "A\n  title \u2028\xa0 of\tits\x08own", "Mina\u3000 Kim\u200b"
    found = one(title=title, summary="One.\n\n  Two.\r\n Three.", authors=[{"name": name}], ai_summary=" In  a line. ")
    assert (found.listing.paper.title, found.listing.paper.authors) == ("A title of its own", ("Mina Kim",))
    assert (found.details.abstract, found.details.digest) == ("One. Two. Three.", "In a line.")


def test_a_link_with_spaces_around_it_is_taken() -> None:
    found = one(projectPage=" https://example.org/yolo\n", mediaUrls=["\thttps://cdn.example.org/a (1).png "])
    assert found.details.project == "https://example.org/yolo"
    assert found.listing.paper.image == "https://cdn.example.org/a%20%281%29.png"


@pytest.mark.parametrize("value", ["https://cdn.example.org/c.png", ["https://cdn.example.org/c.png", 7]])
def test_media_url_is_read_as_media_urls_is(value: object) -> None:
    inside = {key: of for key, of in FULL["paper"].items() if key != "mediaUrls"}
    for record in (
        {**FULL, "paper": inside, "mediaUrl": value},
        {**FULL, "paper": {**inside, "mediaUrl": value}},
        {**FULL, "paper": {**inside, "mediaUrls": None}, "mediaUrl": value},
    ):
        [found] = read_records([record]).papers
        assert found.listing.paper.image == "https://cdn.example.org/c.png"


@pytest.mark.parametrize(
    ("media", "image", "video"),
    [
        (["a.qt"], "thumb.png", "a.qt"),
        (["a.QT", "b.JPG?download=1"], "b.JPG?download=1", "a.QT"),
        (["a.mov", "b.webm", "c.gif"], "c.gif", "a.mov"),
        (["a.svg", "b.pdf", "c", "png", "d.html#e.png"], "thumb.png", None),
        (["a.mkv#t=1"], "thumb.png", "a.mkv#t=1"),
    ],
)
def test_what_is_not_an_image_by_its_ending_is_no_picture(media: list[str], image: str, video: str | None) -> None:
    cdn = "https://cdn.example.org/"
    paper = one(mediaUrls=[cdn + name for name in media]).listing.paper
    assert (paper.image, paper.video) == (cdn + image, video and cdn + video)


def test_a_thumbnail_that_is_no_picture_is_none() -> None:
    [found] = read_records(
        [{**FULL, "paper": {"id": "2402.13616"}, "title": "T", "thumbnail": "https://a.bc/d"}]
    ).papers
    assert found.listing.paper.image is None


def test_next_to_nothing_is_enough() -> None:
    [found] = read_records([{"paper": {"id": "2402.13616v2"}, "title": "A title"}]).papers
    assert (found.listing.paper.arxiv_id, found.listing.votes, found.details.abstract) == ("2402.13616", None, "")


@pytest.mark.parametrize("wrong", [None, {}, [], "x", -1, 1.5, True, {"name": 1}, "javascript:alert(1)", 10**30])
@pytest.mark.parametrize(
    "field",
    ["upvotes", "authors", "ai_keywords", "githubRepo", "githubStars", "projectPage", "mediaUrls", "publishedAt"],
)
def test_what_is_wrong_is_not_known_and_costs_nothing_else(field: str, wrong: object) -> None:
    found = one(**{field: wrong})
    assert found.listing.paper.title.startswith("YOLOv9")
    assert found.details.project in {None, "https://example.org/yolo"}


@pytest.mark.parametrize(
    "record",
    [None, [], "x", {}, {"paper": None}, {"paper": {"id": "no id", "title": "x"}}, {"paper": {"id": "2402.1"}}],
)
def test_a_record_that_is_no_paper_is_counted_and_costs_no_other(record: object) -> None:
    read = read_records([record, FULL])
    assert (len(read.papers), read.skipped, read.count) == (1, 1, 2)


def test_a_title_with_markup_emoji_and_half_a_character_stays_a_title() -> None:
    title = "**A*** _b_ [c](https://x) $\\alpha$ 🤗 \ud83e <@1>\x00\u202e"
    paper = one(title=title).listing.paper
    assert "🤗" in paper.title
    assert "\x00" not in paper.title
    day = merged(None, Reading(FRIDAY, utc(2024, 2, 23, 1), (one(title=title),)), {})
    assert day.listings[0].paper.title == paper.title


def test_a_list_without_end_is_read_to_a_limit() -> None:
    read = read_records([{"paper": {"id": f"2402.{number:05}", "title": "A title"}} for number in range(1_005)])
    assert (len(read.papers), read.skipped, read.count) == (1_000, 5, 1_005)


@pytest.mark.parametrize("wrong", ["no", True, {"by": "nobody"}])
def test_a_paper_is_withdrawn_at_a_moment_or_not_at_all(wrong: object) -> None:
    assert one(withdrawnAt=wrong).listing.paper.arxiv_id == "2402.13616"


def test_no_list_is_no_answer() -> None:
    with pytest.raises(SourceError):
        read_records({"error": "x"})


def test_authors_are_in_order_where_the_site_names_all_of_them() -> None:
    paper = one(authors=[{"name": "B"}, {"name": "A", "hidden": False}]).listing.paper
    assert (paper.authors, paper.ordered) == (("B", "A"), True)
    for authors in ([], [{"name": "B"}, {"name": "A", "hidden": True}], [{"name": "B"}, {}]):
        assert not one(authors=authors).listing.paper.ordered


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*FULL, *FULL["paper"]]), inner, max_size=6)
    ),
    max_leaves=12,
)


@given(st.lists(_JSON, max_size=4), st.dictionaries(st.sampled_from(list(FULL["paper"])), _JSON, max_size=5))
def test_no_record_raises_or_costs_a_good_one_and_each_can_be_written_to_a_page(
    others: list[Any], changes: dict[str, Any]
) -> None:
    changed = {**FULL, "paper": {**FULL["paper"], "id": "2402.99999", **changes}}
    read = read_records([*others, changed, FULL])
    assert "2402.13616" in {paper.listing.paper.arxiv_id for paper in read.papers} | read.withdrawn
    day = merged(None, Reading(FRIDAY, utc(2024, 2, 23, 1), read.papers), {})
    assert read_page(write_page(day)).day == day if day.listings else day == Day(FRIDAY)
    json.dumps([paper.listing.paper.title for paper in read.papers]).encode()
