"""A paper to be summarised, and answers of a model about it."""

import json
from typing import Any

from bot.summaries.model import Source, Usage

PLENTY = Usage(100, 1_000_000)
ABSTRACT = (
    "We present Otter, a 7B model that is trained on 1,200 hours of video in two stages. It reaches 90.5% on CIFAR-10"
    " and is 3.5x faster than GPT-4."
)


def source(number: int = 1, **changes: Any) -> Source:
    values: dict[str, Any] = {
        "arxiv_id": f"2402.{number:05d}",
        "title": "Otter: learning to swim",
        "abstract": ABSTRACT,
    }
    return Source(**(values | changes))


def answer(**changes: str) -> str:
    """A right answer in Korean."""
    values = {
        "whats_new": "Otter는 비디오에서 수영을 배우는 새로운 모델(model)을 제안합니다.",
        "technical_details": "70억 개의 파라미터를 가진 모델을 1200시간의 비디오로 2단계에 걸쳐 학습합니다.",
        "performance_highlights": "CIFAR-10에서 90.5%를 달성하며 GPT-4보다 3.5배 빠릅니다.",
    }
    return json.dumps(values | changes, ensure_ascii=False)
