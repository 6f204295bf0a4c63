"""Summaries by a model behind the API of OpenAI, Ollama, vLLM and others.

The client is the extra `openai`, so only bot/summaries/opening.py imports this module, when it opens a summariser.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import httpx2
import openai
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.errors import ModelAwayError, ModelFailedError, SummaryError
from bot.papers import Bullet
from bot.runtime.web import stays
from bot.summaries.answer import read_answers, schema_of
from bot.summaries.model import CALLS, Made, Source, SummaryLanguage, Usage
from bot.summaries.prompt import FORMS, Form, conversation, objection

log = logging.getLogger(__name__)

_MOST_COUNTED = 10**9  # more can't be a count of tokens
_BYTES_PER_TOKEN = 3  # if a server does not count: an overestimate of tokens, so that a budget holds
_MORE_ROOM = 4
"""Times the tokens for a second answer after the first was cut off."""
_CUT_OFF = frozenset({"length", "max_tokens", "model_length"})
_BAD_REQUEST, _UNPROCESSABLE = 400, 422
_REDIRECTS = range(300, 400)
_MOST_READ = 10_000  # characters of a refusal
_REFUSED = {
    401: "the model's server does not accept the key: check summaries.api_key",
    402: "the model's server requires payment",
    403: "the model's server forbids the request: check summaries.api_key and summaries.model",
    404: "the model's server does not know the model or the address: check summaries.model and summaries.base_url",
    429: "the model's server got too many requests, or the account's credit is used up",
    503: "the model's server is busy or still loading",
}
_SERVER_ERROR = 500


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore")


def _text(content: object) -> object:
    """The text of a message; reasoning models send it in parts."""
    if not isinstance(content, list):
        return content
    return "".join(part["text"] for part in content if isinstance(part, dict) and isinstance(part.get("text"), str))


class _Message(_Part):
    content: Annotated[str | None, BeforeValidator(_text)] = None


class _Choice(_Part):
    message: _Message
    finish_reason: str | None = None

    @property
    def answer(self) -> str:
        """The model's answer."""
        return self.message.content or ""

    @property
    def is_cut_off(self) -> bool:
        """Whether the answer was cut off."""
        return (self.finish_reason or "").lower() in _CUT_OFF


class _Usage(_Part):
    total_tokens: Annotated[int, Field(ge=0, le=_MOST_COUNTED)] | None = None


class _Completion(_Part):
    """The parts of a server's answer that are used; servers may omit any."""

    choices: list[_Choice]
    usage: _Usage | None = None


class ModelSummariser:
    """Asks a model for a summary, and a second time with a complaint about the first answer or more room for it.

    An answer may have `answer_tokens`, including a reasoning model's thoughts; four times as many if that was too few.
    The form of request that the server accepts is remembered.
    """

    def __init__(
        self,
        client: openai.AsyncOpenAI,
        model: str,
        *,
        timeout_seconds: float,
        answer_tokens: int,
    ) -> None:
        self._client = client
        self._model = model
        self._timeout = timeout_seconds
        self._more_room = _MORE_ROOM * answer_tokens
        self._room = answer_tokens
        self._form: Form | None = None

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model

    async def summarise(self, source: Source, languages: Sequence[SummaryLanguage], left: Usage) -> Made:
        """Summaries in these languages, in one answer, as far as they passed every check.

        A second call asks for those that did not. Raises SummaryError if none did, ModelFailedError or ModelAwayError
        if there was no answer.
        """
        bill, texts = _Bill(left), dict[SummaryLanguage, tuple[Bullet, ...]]()
        try:
            fault = await self._fill(texts, source, languages, bill)
        except SummaryError as error:
            if not texts:
                raise
            fault = str(error)
        if not texts:
            raise bill.failure(SummaryError, fault)
        return Made(texts, bill.spent, fault)

    async def _fill(
        self,
        texts: dict[SummaryLanguage, tuple[Bullet, ...]],
        source: Source,
        languages: Sequence[SummaryLanguage],
        bill: "_Bill",
    ) -> str:
        """Add the summaries that passed; return what is wrong with the others, "" if nothing is."""
        lacking, messages = languages, conversation(source, languages)
        room, complaint = self._room, ""
        for _ in range(CALLS):
            if not bill.left.allows_a_call:
                break
            choice = await self._ask(messages, room, bill, schema_of(lacking))
            answers = read_answers(choice.answer, source, lacking)
            texts |= answers.texts
            if len(texts) == len(languages):
                self._room = room
                return ""
            lacking = [language for language in languages if language not in texts]
            if choice.is_cut_off:
                complaint = f"it was cut off after {room} tokens: increase summaries.answer_tokens"
                room = self._more_room
            else:
                complaint = answers.complaint
            messages = conversation(source, lacking)
            if not answers.texts and not choice.is_cut_off:
                messages += objection(choice.answer, complaint)
        return f"the model's answer can't be used: {complaint}"

    async def _ask(
        self, messages: list[dict[str, str]], room: int, bill: "_Bill", schema: Mapping[str, Any]
    ) -> _Choice:
        """The model's answer, requested in the form accepted last, else in the strictest that the server accepts."""
        forms = [self._form] if self._form else list(FORMS)
        refusal: str | None = None
        while forms and (refusal is None or bill.left.allows_a_call):
            form = forms.pop(0)
            text, refusal = await self._call(messages, form.request(room, schema), bill)
            if refusal is None:
                if form not in {FORMS[0], self._form}:
                    log.info("the model's server needs a less strict form: %s, %s", form.answer, form.limit)
                self._form = form
                return _read(text, messages, bill)
            forms.sort(key=lambda other: other.shares(form, refusal or ""))
        which = "the request" if self._form else "the request in every form that was tried"
        self._form = None  # unless this paper or the room was refused, the next request finds the form
        raise bill.failure(SummaryError, f"the model's server refuses {which}, with room for {room} tokens")

    async def _call(
        self, messages: list[dict[str, str]], form: dict[str, Any], bill: "_Bill"
    ) -> tuple[str, str | None]:
        """The server's completion, or its message if it refuses the form of the request."""
        asked: dict[str, Any] = {"model": self._model, "messages": messages, **form}
        bill.add(Usage(calls=1))
        try:
            async with asyncio.timeout(self._timeout):  # the whole call; the client's own timeout is for each read
                response = await self._client.chat.completions.with_raw_response.create(**asked)
        except (TimeoutError, openai.APITimeoutError):
            bill.add(Usage(tokens=_estimate(messages)))
            raise bill.failure(ModelFailedError, f"the model did not answer within {self._timeout:g} s") from None
        except openai.APIStatusError as error:
            if error.status_code in (_BAD_REQUEST, _UNPROCESSABLE):
                return "", error.response.text[:_MOST_READ]
            raise bill.refusal(error.status_code) from None
        except ElsewhereError as error:
            raise bill.failure(ModelAwayError, str(error)) from None
        except openai.APIConnectionError as error:
            if isinstance(error.__cause__, httpx2.ConnectError):
                raise bill.failure(ModelAwayError, "the model's server can't be reached") from None
            raise bill.failure(ModelFailedError, "the model's server cut the connection") from None
        text: str = response.text
        return text, None


class ElsewhereError(Exception):
    """A server redirects to another host."""


async def stay_at_host(response: httpx2.Response) -> None:
    """Raise ElsewhereError for a redirect to another host: a hook for each response of the client."""
    if not response.has_redirect_location:
        return
    try:
        there = str(response.request.url.join(response.headers["Location"]))
    except httpx2.InvalidURL:
        there = ""
    if not stays(str(response.request.url), there):
        raise ElsewhereError("the model's server redirects to another address: check summaries.base_url")


class _Bill:
    """What one paper has cost so far."""

    def __init__(self, allowed: Usage) -> None:
        self._allowed = allowed
        self.spent = Usage()

    @property
    def left(self) -> Usage:
        """What may still be spent."""
        return self._allowed - self.spent

    def add(self, cost: Usage) -> None:
        """Add a cost."""
        self.spent += cost

    def failure(self, kind: Callable[..., SummaryError], message: str) -> SummaryError:
        """An error with the cost so far."""
        return kind(message, calls=self.spent.calls, tokens=self.spent.tokens)

    def refusal(self, status: int) -> SummaryError:
        """The error for a status other than 200. The server's message may quote the key, so it is left out."""
        if status in _REFUSED:
            return self.failure(ModelAwayError, f"{_REFUSED[status]} ({status})")
        if status in _REDIRECTS:
            return self.failure(ModelAwayError, f"the model's server redirects ({status})")
        kind = ModelFailedError if status >= _SERVER_ERROR else SummaryError
        return self.failure(kind, f"the model's server answered with status {status}")


def _read(text: str, messages: list[dict[str, str]], bill: _Bill) -> _Choice:
    """Count an answer's cost and return its first choice."""
    try:
        completion = _Completion.model_validate_json(text)
    except ValidationError:
        bill.add(Usage(tokens=_estimate(messages)))
        raise bill.failure(ModelFailedError, "the model's server did not answer with a completion") from None
    counted = completion.usage.total_tokens if completion.usage else None
    answered = [{"content": choice.answer} for choice in completion.choices]
    bill.add(Usage(tokens=counted or _estimate(messages + answered)))
    if not completion.choices:
        raise bill.failure(SummaryError, "the model gave no answer")
    return completion.choices[0]


def _estimate(messages: list[dict[str, str]]) -> int:
    """A rough number of tokens in messages."""
    return sum(len(message["content"].encode(errors="replace")) for message in messages) // _BYTES_PER_TOKEN + 1
