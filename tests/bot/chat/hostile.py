"""Texts and papers that try to break a message."""

from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

from bot.papers import Bullet, Listing, Paper

few = settings(max_examples=settings().max_examples * 2 // 5)
"""For tests that draw whole lists of papers, or render whole messages."""

_SNIPPETS = [
    *"\\*_~|`<>[]()#-+@:/${}^.!…“",
    *("**", "__", "~~", "||", "```", "-# ", "# ", "> ", ">>> ", "- ", "1. ", "\n", "\r\n", "\t", " ", "\\*"),
    *("@everyone", "@here", "<@1>", "<@!1>", "<@&1>", "<#1>", "</a:1>", "<id:guide>", "<t:1:R>", "<:x:1>", ":x:"),
    *(
        "https://a.bc/d",
        "http://a",
        "discord.gg/abc",
        "https://discord.com/invite/a",
        "[a](https://b.c)",
        "<https://a>",
    ),
    *("$x^2$", r"$\frac{", r"\hat{", "$5 and $6", "$", "🇰🇷", "👨‍👩‍👧", "e\u0301\u0302", "가", "다. ", "a. ", "B", "z"),
    *(
        "\x00",
        "\x1b",
        "\u202e",
        "\u2066",
        "\u2028",
        "\u200b",
        "\u200d",
        "\ud800",
        "\U0001f600",
        "a" * 300,
        "가나다 " * 80,
    ),
]
texts = st.lists(st.sampled_from(_SNIPPETS) | st.text(max_size=5), max_size=25).map("".join)
long_texts = st.tuples(texts, st.sampled_from([1, 1, 30])).map(lambda drawn: drawn[0] * drawn[1])
bullets = st.recursive(
    st.builds(Bullet, text=long_texts, heading=st.none() | texts, number=st.none() | st.integers(0, 10**9)),
    lambda children: st.builds(
        Bullet, text=texts, heading=st.none() | texts, children=st.lists(children, max_size=3).map(tuple)
    ),
    max_leaves=6,
)
links = (
    st.none()
    | texts
    | texts.map("https://cdn.example.org/".__add__)
    | st.sampled_from(
        ["/a.svg", "https://x.org/a(b).png", "http://x.org/a.png", "https://", "https://[::1/a", "https://x.org:99999/"]
    )
)
papers = st.builds(
    Paper,
    arxiv_id=st.from_regex(r"\A[0-9]{4}\.[0-9]{4,5}\Z"),
    title=long_texts,
    authors=st.lists(texts, max_size=20).map(tuple) | st.just(("Kim Minji",) * 300),
    more_authors=st.booleans(),
    image=links,
    video=links,
    summary=st.lists(bullets, max_size=4).map(tuple),
)
listings = st.builds(Listing, papers, st.none() | st.integers(0, 10**6))
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
