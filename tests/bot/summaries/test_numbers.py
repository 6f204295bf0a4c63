from decimal import Decimal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.summaries.numbers import unfounded

whole = st.integers(min_value=100, max_value=10**9)


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("1000개", "1,000 images"),
        ("1,000개", "1000 images"),
        ("1천 개", "one thousand images"),
        ("90%", "90 percent"),
        ("90퍼센트", r"$90\%$"),
        ("3.50점", "a score of 3.5"),
        ("3.5배", "3.5x faster"),
        ("3.5×", r"$3.5\times$"),
        ("2배", "twice as fast"),
        ("2배", "a two-fold gain"),
        ("10배", "by orders of magnitude"),
        ("절반인 50%", "half of the tokens"),
        ("70억 파라미터", "a 7B model"),
        ("7B 모델", "7 billion parameters"),
        ("7B 모델", "mistral-7b"),
        ("200만 장", "two million images"),
        ("100만 장", "a million images"),
        ("100만", "$10^{6}$ steps"),
        ("10⁶번", "10^6 steps"),
        ("1억 5천만 개", "150M tokens"),
        ("12만 8천 토큰", "a 128K context"),
        ("2만 5000개", "25,000 samples"),
        ("1.5조", "1.5 trillion tokens"),
        ("GPT-4만 앞섭니다", "behind GPT-4"),
        ("상위 10 백분율", "the top 10 percentile"),
        ("CIFAR-10과 LLaMA2", "LLaMA-2 on CIFAR-10"),
        ("2024년", "in 2024"),
        ("10-20%", "10% to 20%"),
        ("３.５배", "3.5x"),
        ("3가지 방법을 2단계로", "several methods"),
        ("(1) 학습, (2) 평가", "training and evaluation"),
        ("① 학습, ② 평가", "training and evaluation"),
        ("두 배", "nothing in digits"),
        ("70億パラメータ", "a 7B model"),
        ("12万8千トークン", "a 128K context"),
        ("1億5千万件", "150M tokens"),
        ("１．５兆トークン", "1.5 trillion tokens"),
        ("2倍", "twice as fast"),
        ("3つの手法を2段階で、2種類のデータで", "several methods"),
        ("GPT-4千里眼", "behind GPT-4"),
        ("2万 5000개", "25,000 samples"),
    ],
)
def test_a_figure_of_the_paper_may_be_written_in_many_ways(text: str, paper: str) -> None:
    assert unfounded(text, paper) == []


@pytest.mark.parametrize(
    ("text", "paper", "found"),
    [
        ("91%", "90.5%", ["91"]),
        ("7억 파라미터", "a 7B model", ["7억"]),
        ("7개", "a 7B model", ["7"]),
        ("7만 개", "7 models", ["7만"]),
        ("GPT-4보다", "than earlier models", ["4"]),
        ("0.9", "90%", ["0.9"]),
        ("1억 5천만", "15M tokens", ["1억 5천만"]),
        ("50%", "two models", ["50"]),
        ("12가지", "several methods", ["12"]),
        ("7億パラメータ", "a 7B model", ["7億"]),
        ("1億5千万", "15M tokens", ["1億5千万"]),
        ("12段階", "several steps", ["12"]),
        ("정확도(약 5)", "accurate", ["5"]),
        ("5%, 5%, 6%", "", ["5", "6"]),
        ("٧٧", "", ["77"]),
        ("10^7", "10^6", ["10^7"]),
    ],
)
def test_other_figures_are_found(text: str, paper: str, found: list[str]) -> None:
    assert unfounded(text, paper) == found


@given(whole)
def test_separators_and_units_of_ten_thousand_change_nothing(number: int) -> None:
    high, low = divmod(number, 10_000)
    korean = f"{high}만 {low}" if high and low else f"{high}만" if high else str(low)
    japanese = korean.replace("만 ", "万").replace("만", "万")
    ways = [str(number), f"{number:,}", f"{number}.0", f"약 {number:,}개", korean, f"約{japanese}件"]
    for one in ways:
        for other in ways:
            assert unfounded(f"모두 {one} 있습니다", f"there are {other} of them") == []


@given(whole, whole)
def test_another_number_is_never_let_pass(number: int, other: int) -> None:
    assume(number != other)
    assert unfounded(f"모두 {number:,}개", f"there are {other:,} of them") == [f"{number:,}"]


@given(
    st.decimals(min_value="0.001", max_value=9999, places=3),
    st.sampled_from(["K", "M", "B", "T", "천", "만", "억", "千", "万", "億"]),
)
def test_a_scale_is_part_of_the_number(number: Decimal, scale: str) -> None:
    assume(number * 10 % 10 != 0)
    assert unfounded(f"{number}{scale} 개", f"{number}{scale} of them") == []
    assert unfounded(f"{number}{scale} 개", f"{number} of them") == [f"{number}{scale}"]
    assert unfounded(f"{number} 개", f"{number}{scale} of them") == [str(number)]


@given(st.text())
@example("1" * 5000)
@example("9,999^99")
@example("1억 2억 3만 ½ ① ²³ ۳")
def test_every_text_holds_its_own_numbers(text: str) -> None:
    assert unfounded(text, text) == []
