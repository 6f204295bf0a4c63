import discord
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.text.limits import compose, join_fitting, share


@given(st.integers(0, 6000), st.lists(st.integers(0, 3000), max_size=10))
def test_shares_are_within_the_wishes_and_the_total(total: int, wishes: list[int]) -> None:
    shares = share(total, wishes)
    assert sum(shares) <= total
    assert all(0 <= given <= wish for given, wish in zip(shares, wishes, strict=True))
    if sum(wishes) <= total:
        assert shares == wishes
    else:
        assert total - sum(shares) < len(wishes)


def test_what_a_modest_wish_leaves_goes_to_the_others() -> None:
    assert share(100, [10, 200, 60]) == [10, 45, 45]


@given(st.lists(st.text("a😀", max_size=9), max_size=9), st.integers(0, 60))
def test_blocks_are_joined_while_they_fit(blocks: list[str], limit: int) -> None:
    text, count = join_fitting(blocks, limit)
    assert text == "\n".join(blocks[:count])
    assert len(text.encode("utf-16-le")) // 2 <= limit
    assert count == len(blocks) or len("\n".join(blocks[: count + 1]).encode("utf-16-le")) // 2 > limit


def test_a_message_takes_ten_embeds_of_six_thousand_units() -> None:
    assert len(compose("", [discord.Embed(title="a", url=f"https://a.bc/{n}") for n in range(12)]).embeds) == 10
    assert len(compose("", [discord.Embed(description="😀" * 1250) for _ in range(3)]).embeds) == 2


def test_a_url_that_comes_again_is_taken_off() -> None:
    embeds = compose("", [discord.Embed(title=name, url="https://a.bc") for name in "ab"]).embeds
    assert [embed.url for embed in embeds] == ["https://a.bc", None]
