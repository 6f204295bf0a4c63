from hypothesis import example, given
from hypothesis import strategies as st

from bot.papers import Bullet, Paper
from bot.storage.engine.codec import decode, encode, paper_texts, texts

TEXTS = st.lists(st.sampled_from(["강화", "a b", ",", '"', "\\", "\n", "[]", '","', "\x1f"]), max_size=3).map("".join)
BULLETS = st.recursive(
    st.builds(Bullet, TEXTS, st.none() | TEXTS, st.none() | st.integers(0, 9)),
    lambda inner: st.builds(
        Bullet, TEXTS, st.none() | TEXTS, st.none() | st.integers(0, 9), st.lists(inner, max_size=2).map(tuple)
    ),
    max_leaves=4,
)
PAPERS = st.builds(
    Paper,
    st.just("2402.00001"),
    TEXTS,
    st.lists(TEXTS, max_size=3).map(tuple),
    st.booleans(),
    st.none() | TEXTS,
    st.none() | TEXTS,
    st.lists(BULLETS, max_size=3).map(tuple),
)


@given(PAPERS)
@example(Paper("2402.00001", "On it"))
@example(Paper("2402.00001", "a", summary=(Bullet(",", ","), Bullet("b", None, 1, (Bullet("c", "d"),)))))
def test_a_paper_is_read_as_it_was_written_and_so_are_its_texts(paper: Paper) -> None:
    content = encode(paper)
    assert decode(paper.arxiv_id, content) == paper
    assert texts(content.encode(), b"\x1f") == paper_texts(paper, b"\x1f")


def test_texts_are_apart_and_have_no_headings() -> None:
    paper = Paper("p", "T", ("A", "B"), summary=(Bullet("x", "Why", children=(Bullet("y"),)), Bullet('"z\x1f')))
    assert paper_texts(paper, b"\x1f") == (b"T", b"A\x1fB", b'x\x1fy\x1f"z ')
