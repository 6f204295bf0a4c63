"""Papers and queries of a small vocabulary, so that they match often, and nearly match as often."""

from hypothesis import strategies as st

from bot.papers import Bullet, Paper

_KOREAN = [
    "강화학습",
    "강화학습을",
    "강화",
    "학습",
    "화학",
    "습",
    "화",
    "강",
    "논문",
    "논",
    "生成",
    "生",
    "하하하",
    "하하",
    "하",
]
_NAMES = ["GPT-4", "GPT-4o", "gpt4", "GPT", "4", "C++", "C", "A*", "LLaMA-2", "llama", "Kim", "Mina", "kims"]
_ODD = ["$x^2$", "x2", "Self-Discover", "discovers", "self", "2402.00001", "+", "-", "!", "😀", "para"]
WORDS = st.sampled_from(_KOREAN + _NAMES + _ODD)
TEXTS = st.lists(WORDS, max_size=5).map(" ".join) | st.lists(WORDS, max_size=3).map("".join)


def papers(arxiv_id: str) -> st.SearchStrategy[Paper]:
    """Papers with this identifier."""
    return st.builds(
        Paper,
        arxiv_id=st.just(arxiv_id),
        title=TEXTS,
        authors=st.lists(TEXTS, max_size=2).map(tuple),
        summary=st.lists(st.builds(Bullet, TEXTS), max_size=3).map(tuple),
    )


DAYS = st.tuples(*(papers(f"2402.0000{number}") for number in range(1, 4)))
"""Three papers each."""

_TERMS = st.builds(
    lambda minus, field, quote, text: f"{minus}{field}{quote}{text}{quote}",
    st.sampled_from(["", "", "-"]),
    st.sampled_from(["", "", "author:", "title:"]),
    st.sampled_from(["", '"']),
    TEXTS,
)
QUERIES = st.lists(_TERMS, min_size=1, max_size=3).map(" ".join) | WORDS
