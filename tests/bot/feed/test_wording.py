from hypothesis import given
from hypothesis import strategies as st

from bot.feed.atom import write
from bot.feed.model import Entry, Feed
from bot.feed.wording import authors_of, day_content, paper_content, title_of
from bot.locale import Language, catalogue
from bot.papers import Bullet, Day, Listing, Paper, Text
from tests.atom import ReadEntry, read
from tests.builders import FRIDAY, paper, utc

EN, KO = catalogue(Language.EN), catalogue(Language.KO)
KOREAN, ENGLISH = Bullet("강화학습을 다룹니다."), Bullet("It is about reinforcement learning.")
texts = st.text(st.characters(codec=None)) | st.sampled_from(
    ["<script>alert(1)</script>", "]]>", "&lt;b&gt;", "$x<y$", '"><img src=x>']
)


def as_read(content: str, title: str = "t", authors: tuple[str, ...] = ()) -> ReadEntry:
    """An entry with this content, as a strict reader sees it."""
    entry = Entry("urn:x:1", title, "https://arxiv.org/abs/1", utc(2024, 2, 23), content, authors)
    return read(write(Feed("urn:x:2", "T", Language.EN, (entry,)))).entries[0]


def test_a_summary_has_its_headings_and_lists_in_the_readers_language() -> None:
    summary = (
        Bullet(
            "A **new** $x^2$ & more.", heading="What's New", children=(Bullet("first", children=(Bullet("deep"),)),)
        ),
        Bullet("셋째", number=3),
    )
    content = paper_content(paper(summary=summary), KO)
    assert "<p><strong>새로운 점</strong> A new x² &amp; more.</p>" in content
    assert "<ul>\n<li>first<ul>\n<li>deep</li>\n</ul>\n</li>\n</ul>" in content
    assert "<p>3. 셋째</p>" in content
    assert as_read(content).text.endswith("arXiv · PDF · Hugging Face")


def test_the_summary_is_in_the_language_asked_for_else_in_another_with_a_note() -> None:
    both = paper(summary=(KOREAN,), texts=(Text("en", (ENGLISH,)),))
    assert "reinforcement" in paper_content(both, EN)
    assert "Summary" not in paper_content(both, EN)
    assert "강화학습" not in paper_content(both, EN)
    alone = paper_content(paper(summary=(KOREAN,)), EN)
    assert alone.startswith('<p><em>Summary: Korean</em></p>\n<div lang="ko">\n<p>강화학습을 다룹니다.</p>\n</div>')


def test_a_paper_without_a_summary_has_its_links() -> None:
    assert as_read(paper_content(Paper("2402.00001", ""), EN)).text == "arXiv · PDF · Hugging Face"
    assert title_of(Paper("2402.00001", " \u202e ")) == "2402.00001"


def test_a_day_lists_its_papers_the_most_voted_first() -> None:
    few, many = paper(1, authors=("Ada", "Bo", "Cy")), paper(2, authors=("Dee",))
    text = as_read(day_content(Day(FRIDAY, (Listing(few, 3), Listing(many, 40))), EN)).text
    assert text.split("\n") == ["", "Paper number 2Dee", "Paper number 1Ada, Bo and others", ""]


@given(texts, texts, texts)
def test_nothing_in_a_paper_becomes_markup(title: str, author: str, bullet: str) -> None:
    hostile = Paper(
        "2402.00001", title, (author,), summary=(Bullet(bullet, heading=title, children=(Bullet(author),)),)
    )
    for content in (paper_content(hostile, KO), day_content(Day(FRIDAY, (Listing(hostile, 1),)), EN)):
        as_read(content, title_of(hostile), authors_of(hostile))
