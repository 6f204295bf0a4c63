from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.summaries.answer import read_answer
from bot.summaries.model import Source, SummaryLanguage
from bot.summaries.prompt import conversation
from sandbox import Conduct, ModelServer


@pytest.fixture
async def model() -> AsyncIterator[ModelServer]:
    async with ModelServer() as server:
        yield server


async def ask(
    model: ModelServer, source: Source, language: SummaryLanguage = SummaryLanguage.KO, **more: Any
) -> tuple[int, Any]:
    body = {"model": "any", "messages": conversation(source, [language]), **more}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{model.url}/chat/completions", json=body) as response,
    ):
        return response.status, await response.json()


@pytest.mark.parametrize("language", SummaryLanguage)
@pytest.mark.parametrize(
    "abstract",
    [
        "Without any figure.",
        "It reaches 90.5%, 3.5x more than 1,200 (see v1.2.3, GPT-4), with 7B and 7 billion, 12. And 12",
        "2024",
        "한국어 초록입니다. 정확도는 91.2%입니다.",
    ],
)
async def test_a_right_answer_is_one_for_any_paper(
    model: ModelServer, language: SummaryLanguage, abstract: str
) -> None:
    paper = Source("1", "A (very) [long] title: " + "of words " * 30, abstract)
    status, answer = await ask(model, paper, language)
    text = answer["choices"][0]["message"]["content"]
    assert status == 200
    assert read_answer(text, paper, language)
    assert (await ask(model, paper, language))[1] == answer


async def test_requests_are_kept(model: ModelServer) -> None:
    await ask(model, Source("1", "A title", "An abstract."))
    assert model.questions[0].paper == ("A title", "An abstract.")
    assert model.questions[0].languages == ["ko"]


async def test_it_does_as_it_is_told_and_then_is_right_again(model: ModelServer) -> None:
    model.next(Conduct.RATE_LIMITED, Conduct.BROKEN, Conduct.CUT_OFF)
    model.say("whatever")
    answers = [await ask(model, Source("1", "A title", "An abstract.")) for _ in range(5)]
    assert [status for status, _ in answers] == [429, 500, 200, 200, 200]
    assert [answer["choices"][0]["finish_reason"] for _, answer in answers[2:]] == ["length", "stop", "stop"]
    assert answers[3][1]["choices"][0]["message"]["content"] == "whatever"


async def test_it_takes_the_forms_that_it_is_told_to_take(model: ModelServer) -> None:
    model.formats = frozenset({"json_object"})
    paper = Source("1", "A title", "An abstract.")
    assert (await ask(model, paper, response_format={"type": "json_schema"}))[0] == 400
    assert (await ask(model, paper, response_format={"type": "json_object"}))[0] == 200


async def test_it_lists_a_model(model: ModelServer) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{model.url}/models") as response:
        assert (await response.json())["data"][0]["id"] == "sandbox"
