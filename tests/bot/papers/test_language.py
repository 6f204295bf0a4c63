import pytest

from bot.papers.language import written_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Otter는 비디오에서 수영을 배우는 새로운 모델을 제안합니다.", "ko"),
        ("강화 학습(a very long term in English that is explained at length)을 씁니다.", "ko"),
        ("The paper presents a new model.", "en"),
        ("We bound the α-divergence.", "en"),
        ("本文提出了一种新的模型，学习如何游泳。", None),
        ("이 논문은 새로운 모델을 本文提出了一种新的 제안합니다.", None),
        ("この論文は新しいモデルを提案します。", "ja"),
        ("GPT-4とLLaMA-2を比較し、CIFAR-10で90.5%の精度を達成します。", "ja"),
        ("強化学習（a very long term in English that is explained at length）を使います。", "ja"),
        ("この論文は新しいモデルを 새로운 모델을 제안합니다 提案します。", None),
        ("모델 model 비교 compare", None),
        ("12.5% (3.5)", None),
        ("", None),
    ],
)
def test_the_language_is_seen_by_its_letters(text: str, language: str | None) -> None:
    assert written_language(text) == language
