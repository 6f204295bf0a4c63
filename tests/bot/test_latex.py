import pytest
from hypothesis import given

from bot.latex import readable
from tests.bot.chat.hostile import texts


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
        (r"$X^{*}_{0.6}$", "X*₀.₆"),
        (r"$90^\circ$, $A^\top$, $f^\prime$", "90°, A⊤, f′"),
        (r"$\mathbb{R}^{n \times m}$", "ℝ^(n × m)"),
        (r"$\frac{a+b}{\sqrt{n}}$ and $\hat x \not\in \bar{Y}$", "(a+b)/(√n) and x̂ ∉ Y̅"),
        (r"costs $5, or $x^2$", "costs $5, or x²"),
        ("$$x^2$$", "x²"),
    ],
)
def test_mathematics_becomes_readable(text: str, expected: str) -> None:
    assert readable(text) == expected


@pytest.mark.parametrize(
    "text", ["$5 and $10", "$5/$10", "US$5 to US$7 a day", "$5K to $10K", "a $ b", "$$", "5$ and 6$"]
)
def test_money_is_left_alone(text: str) -> None:
    assert readable(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\textsc{AIEV-Instruct} and \textbf{a \emph{b} c}", "AIEV-Instruct and a b c"),
        (r"{\sc MwpBench}, LiPO-{\lambda}, \ours{}", "MwpBench, LiPO-λ, ours"),
        (r"\url{https://a.example/b_c} or \href{https://a.example}{the page}", "https://a.example/b_c or the page"),
        (r"50\% of R\&D for \$5, a\_b", "50% of R&D for $5, a_b"),
        ("``x'' and `code`", "“x” and `code`"),
        (r"Schr\"odinger, Schr\"{o}dinger, Schr{\"o}dinger", "Schrödinger, Schrödinger, Schrödinger"),
        (r"Erd\H{o}s, Pozna\'n, Fran\c{c}ois", "Erdős, Poznań, François"),
        (r"na\"{\i}ve", "naïve"),
        (r"\L{}ukasz, \O re, Stra\ss e", "Łukasz, Øre, Straße"),
        (r"as shown \citep{a2020}.\footnote{See there.}", "as shown . (See there.)"),
        ("Q&amp;A, &lt;b&gt;, &#39;x&#x27;, caf&eacute;", "Q&A, <b>, 'x', café"),
    ],
)
def test_latex_and_entities_outside_formulas_become_readable(text: str, expected: str) -> None:
    assert readable(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "R&D, AT&T; &notanentity;",
        r"C:\temp\new, \d{3}, p\u2062a, a\nb",
        '{"a": {"b": 1}}',
        r"\codestar-15B",
        "1~5, `x`, it's, ~10x",
        "a ``` b ``` c",
    ],
)
def test_what_is_no_latex_or_not_known_stays(text: str) -> None:
    assert readable(text) == text


def test_an_escaped_apostrophe_or_quotation_mark_is_no_accent() -> None:
    assert readable(r"it\'s \"over\" now") == 'it\'s "over" now'


@given(texts)
def test_nothing_that_a_title_holds_is_an_error(text: str) -> None:
    readable(text)
    readable(f"${text}$")
    readable(f"$\\frac{{{text}}}{{2}}^{{{text}}}$")
