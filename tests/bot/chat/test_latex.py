import pytest
from hypothesis import given

from bot.chat.latex import readable
from tests.bot.chat.hostile import few, texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MVD$^2$", "MVD²"),
        ("M$^{2}$UGen", "M²UGen"),
        ("SL$^{2}$A-INR", "SL²A-INR"),
        (r"$\textit{Trans-LoRA}$: towards", "Trans-LoRA: towards"),
        ("Effective $L_2$ Norm-Based", "Effective L₂ Norm-Based"),
        (r"in $\sim$20 Seconds", "in ∼20 Seconds"),
        (r"$\nabla^2$DFT", "∇²DFT"),
        ("$n$-gram", "n-gram"),
        ("$λ$-ECLIPSE", "λ-ECLIPSE"),
        ("PanGu-$π$", "PanGu-π"),
        ("$VILA^2$: VILA", "VILA²: VILA"),
        (r"$O(n \log n)$", "O(n log n)"),
        (r"$\mathcal{O}(N)$ and $\frac{1}{2}$", "O(N) and 1/2"),
        (r"$3\times$ faster than $10^{-3}$", "3× faster than 10⁻³"),
        (r"$x_{model}$", "x_model"),
    ],
)
def test_mathematics_becomes_readable(text: str, expected: str) -> None:
    assert readable(text) == expected


@pytest.mark.parametrize(
    "text", ["$5 and $10", "$5/$10", "US$5 to US$7 a day", "$5K to $10K", "a $ b", "$$", r"\$a\$", "5$ and 6$"]
)
def test_money_is_left_alone(text: str) -> None:
    assert readable(text) == text


@few
@given(texts)
def test_nothing_that_a_title_holds_is_an_error(text: str) -> None:
    readable(text)
    readable(f"${text}$")
    readable(f"$\\frac{{{text}}}{{2}}^{{{text}}}$")
