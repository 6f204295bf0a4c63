"""A local server for OpenAI's chat completions API, with a model whose behaviour a test chooses.

async with ModelServer() as model:
    model.next(Conduct.CUT_OFF)      # the next answer; later ones are right again
    model.say('{"whats_new": ...}')  # the exact text of the next answer
    ...                              # a client connects to model.url
    model.questions[-1].paper

It accepts any key and any model name. A right answer has the form that Paperboy's prompt asks for and contains only
numbers of the abstract in the request. The same paper always gets the same summary.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_HOST = "127.0.0.1"
_PAPER = re.compile(r"<title>\n(.*)\n</title>\n<abstract>\n(.*)\n</abstract>")
_FIGURE = re.compile(
    r"(?<![\w.,^{-])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?%?"
    r"(?=[\s;)]|[.,](?:\s|$)|$)(?!\s*(?:hundred|[mbtr]+illion|thousand))"
)
_FIGURES = 3
_THOUGHT = '<think>\nThe answer has the form {"whats_new": "", "technical_details": "", "more": {}}. Let me see {'
_FORMATS = frozenset({"json_schema", "json_object", "text"})
_LANGUAGES = {"ko": "Korean", "en": "English", "ja": "Japanese"}
_LIMITS = frozenset({"max_completion_tokens", "max_tokens"})


class Conduct(StrEnum):
    """How the server answers a request."""

    RIGHT = "right"
    SLOW = "slow"  # does not answer until it is stopped
    RATE_LIMITED = "rate-limited"
    BROKEN = "broken"  # 500
    UNAUTHORISED = "unauthorised"  # 401, and quotes the key as OpenAI does
    CONNECTION_CUT = "connection-cut"
    NO_COMPLETION = "no-completion"  # a web page, with status 200
    NO_CHOICE = "no-choice"
    CUT_OFF = "cut-off"
    NOT_JSON = "not-json"
    WRONG_LANGUAGE = "wrong-language"
    UNCOUNTED = "uncounted"  # right, without "usage"
    COUNTED_AS_NULL = "counted-as-null"
    THINKING = "thinking"  # right, after thoughts that contain braces
    REMARKING = "remarking"  # right, before a remark that contains braces
    IN_PARTS = "in-parts"  # right, with "content" as a list
    ELSEWHERE = "elsewhere"  # redirects to `elsewhere`
    MOVED = "moved"  # redirects within the host


@dataclass(frozen=True, slots=True)
class Question:
    """A request: its JSON and headers."""

    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def messages(self) -> list[dict[str, str]]:
        """The messages of the conversation."""
        return list(self.body["messages"])

    @property
    def paper(self) -> tuple[str, str]:
        """The title and abstract in the prompt; ("", "") if there are none."""
        found = _PAPER.search(self.messages[1]["content"])
        return (found[1], found[2]) if found else ("", "")

    @property
    def languages(self) -> list[str]:
        """The languages that the answer should have, "ko", "en", "ja"."""
        asked = self.messages[0]["content"]
        return [language for language, name in _LANGUAGES.items() if f"Write {name}" in asked]


class ModelServer:
    """Listens on a free port of 127.0.0.1. `formats` are the types of "response_format" that it accepts.

    `limits` are the parameters that it accepts for the maximum number of tokens, which may be `most` at most. If it is
    less than `needs`, the model is cut off while it thinks. With `is_thinking`, any temperature but 1 is refused.
    `always` is the default conduct, and `tokens` the total usage reported for each request.
    """

    def __init__(self, *, formats: frozenset[str] = _FORMATS) -> None:
        self.formats = formats
        self.limits = _LIMITS
        self.most = 1_000_000
        self.needs = 0
        self.is_thinking = False
        self.elsewhere = ""
        self.always = Conduct.RIGHT
        self.tokens = 120
        self.questions: list[Question] = []
        self._script: deque[Conduct | str] = deque()
        self._stopped = asyncio.Event()
        application = web.Application()
        application.router.add_get("/v1/models", self._models)
        application.router.add_post("/v1/chat/completions", self._complete)
        application.router.add_post("/v1/moved", self._complete)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        self._port = 0

    @property
    def url(self) -> str:
        """The base URL for a client."""
        return f"http://{_HOST}:{self._port}/v1"

    def next(self, *conducts: Conduct) -> None:
        """Set the conduct for the next requests, one each."""
        self._script.extend(conducts)

    def say(self, *answers: str) -> None:
        """Set the exact text of the next answers, one each."""
        self._script.extend(answers)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, _HOST, 0).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopped.set()
        await self._runner.cleanup()

    async def _models(self, _: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": "sandbox", "object": "model", "created": 0}]})

    async def _complete(self, request: web.Request) -> web.Response:
        question = Question(await request.json(), dict(request.headers))
        self.questions.append(question)
        if refused := self._refused(question.body):
            return _refusal(400, refused)
        conduct = self._script.popleft() if self._script else self.always
        if conduct is Conduct.SLOW:
            await self._stopped.wait()
        if conduct is Conduct.CONNECTION_CUT and request.transport is not None:
            request.transport.abort()
        if conduct in {Conduct.ELSEWHERE, Conduct.MOVED}:
            there = self.elsewhere if conduct is Conduct.ELSEWHERE else "/v1/moved"
            return web.Response(status=307, headers={"Location": there}, text=f"go to {there}")
        return _FAILURES[conduct](question) if conduct in _FAILURES else self._completion(question, conduct)

    def _refused(self, body: dict[str, Any]) -> str | None:
        """Why a request is refused, in OpenAI's wording; None if it is accepted."""
        form = body.get("response_format")
        if form is not None and form["type"] not in self.formats:
            return f"response_format {form['type']} is not supported"
        if wrong := [name for name in _LIMITS - self.limits if name in body]:
            use = ", ".join(sorted(self.limits)) or "no limit"
            return f"Unsupported parameter: '{wrong[0]}' is not supported with this model. Use {use} instead."
        if _room(body) > self.most:
            return f"this model has room for {self.most} tokens"
        if self.is_thinking and body.get("temperature", 1) != 1:
            return "Unsupported value: 'temperature' does not support this value. Only the default is supported."
        return None

    def _completion(self, question: Question, conduct: Conduct | str) -> web.Response:
        cut_off = conduct is Conduct.CUT_OFF or _room(question.body) < self.needs
        content = _THOUGHT if cut_off and conduct is Conduct.RIGHT else _words(question, conduct)
        parts = [{"type": "thinking", "thinking": [{"type": "text", "text": "{"}]}, {"type": "text", "text": content}]
        message = {"role": "assistant", "content": parts if conduct is Conduct.IN_PARTS else content}
        ended = "length" if cut_off else "stop"
        choices = [{"index": 0, "message": message, "finish_reason": ended}]
        answer: dict[str, Any] = {
            "id": "chatcmpl-sandbox",
            "object": "chat.completion",
            "created": 0,
            "model": question.body["model"],
            "choices": [] if conduct is Conduct.NO_CHOICE else choices,
        }
        if conduct is not Conduct.UNCOUNTED:
            counts = {"prompt_tokens": self.tokens - 20, "completion_tokens": 20, "total_tokens": self.tokens}
            answer["usage"] = counts if conduct is not Conduct.COUNTED_AS_NULL else dict.fromkeys(counts)
        return web.json_response(answer)


def _room(body: dict[str, Any]) -> int:
    """The maximum number of tokens of an answer."""
    return int(body.get("max_completion_tokens") or body.get("max_tokens") or 1_000_000)


def _refusal(status: int, message: str, **headers: str) -> web.Response:
    return web.json_response({"error": {"message": message, "type": "error"}}, status=status, headers=headers)


def _unauthorised(question: Question) -> web.Response:
    return _refusal(401, f"Incorrect API key provided: {question.headers.get('Authorization', '')}")


_FAILURES: dict[str, Callable[[Question], web.Response]] = {
    Conduct.RATE_LIMITED: lambda _: _refusal(429, "Rate limit reached", **{"Retry-After": "20"}),
    Conduct.BROKEN: lambda _: _refusal(500, "The server had an error"),
    Conduct.UNAUTHORISED: _unauthorised,
    Conduct.NO_COMPLETION: lambda _: web.Response(text="<h1>It works!</h1>", content_type="text/html"),
}


def _words(question: Question, conduct: Conduct | str) -> str:
    if not isinstance(conduct, Conduct):
        return conduct
    right = _answer(question, question.languages)
    other = _answer(question, question.languages, swapped=question.languages[-1])
    return {
        Conduct.CUT_OFF: right[: len(right) // 2],
        Conduct.NOT_JSON: "Sure! Here is a summary of the paper you asked for.",
        Conduct.WRONG_LANGUAGE: other,
        Conduct.THINKING: f'{_THOUGHT} So {{"whats_new": ""}}, or {{{{a}}, b}}.\n</think>\n```json\n{right}\n```',
        Conduct.REMARKING: f'{right}\n\nNote: the set {{a, b}} and {{"x": 1}} are of the abstract.',
    }.get(conduct, right)


def _answer(question: Question, languages: Sequence[str], swapped: str = "") -> str:
    """A summary, or one for each of several languages; that for `swapped` is in another language."""
    other = "en" if swapped == "ko" else "ko"
    summaries = {each: _summary(question, other if each == swapped else each) for each in languages}
    return json.dumps(summaries if len(languages) > 1 else summaries[languages[0]], ensure_ascii=False)


def _summary(question: Question, language: str) -> dict[str, str]:
    title, abstract = question.paper
    name = re.sub(r"[()\[\]]", "", title)[:80].strip()
    figures = ", ".join(dict.fromkeys(_FIGURE.findall(abstract)[:_FIGURES]))
    if language == "ko":
        return {
            "whats_new": f"이 연구는 새로운 접근 방식({name})을 제안하고, 기존 방법과 무엇이 다른지 보여 줍니다.",
            "technical_details": "제안하는 방법의 구조와 학습 과정, 사용한 데이터를 단계별로 설명합니다.",
            "performance_highlights": f"초록에서 밝힌 주요 수치는 다음과 같습니다: {figures}." if figures else "",
        }
    if language == "ja":
        return {
            "whats_new": f"この研究は新しい手法（{name}）を提案し、これまでの方法と何が違うのかを示します。",
            "technical_details": "提案する手法の構造と学習の過程、使ったデータについて、順を追って説明します。",
            "performance_highlights": f"要旨で報告されている主な数値は次のとおりです: {figures}。" if figures else "",
        }
    return {
        "whats_new": f"The paper proposes a new approach, {name}, and shows how it differs from earlier work.",
        "technical_details": "It describes the method, how the model is trained, and which data it is trained on.",
        "performance_highlights": f"The abstract reports these main figures: {figures}." if figures else "",
    }
