"""Summaries by a model behind the API that OpenAI, Ollama, vLLM and others speak.

The client is the extra `openai`: only bot/summaries/opening.py imports this module, when a summariser is opened.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Annotated, Any

import httpx2
import openai
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import ModelAwayError, ModelFailedError, SummaryError
from bot.summaries.answer import Complaint, read_answer
from bot.summaries.model import CALLS, Cost, Language, Made, Source
from bot.summaries.prompt import conversation, manners, objection

log = logging.getLogger(__name__)

_MOST_COUNTED = 10**9  # what is more is no count of tokens
_BYTES_PER_TOKEN = 3  # where a server does not count: fewer than there are as a rule, so that a budget holds
_BAD_REQUEST, _UNPROCESSABLE = 400, 422
_REFUSED = {
    401: "the model's server does not accept the key: look at summaries.api_key",
    402: "the model's server wants to be paid first",
    403: "the model's server forbids the request: look at summaries.api_key and summaries.model",
    404: "the model's server does not know the model or the address: look at summaries.model and summaries.base_url",
    429: "the model's server has had too many requests, or the account is used up",
    503: "the model's server is busy or still loading",
}
_SERVER_ERROR = 500


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Message(_Part):
    content: str | None = None


class _Choice(_Part):
    message: _Message
    finish_reason: str | None = None


class _Usage(_Part):
    total_tokens: Annotated[int, Field(ge=0, le=_MOST_COUNTED)] = 0


class _Completion(_Part):
    """What of a server's answer is used; servers leave out what they like."""

    choices: list[_Choice]
    usage: _Usage | None = None


class ModelSummariser:
    """Asks a model for a summary, and once more with what was wrong with the first."""

    def __init__(self, client: openai.AsyncOpenAI, model: str, language: Language, timeout_seconds: float) -> None:
        self._client = client
        self._model = model
        self._language = language
        self._timeout = timeout_seconds
        self._manners = manners()

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model

    async def summarise(self, source: Source, left: Cost) -> Made:
        """A summary that passed every check.

        Raises SummaryError where no answer of the model's did, ModelFailedError and ModelAwayError where none came.
        """
        bill = _Bill(left)
        messages = conversation(source, self._language)
        complaint = ""
        for _ in range(CALLS):
            if not bill.left.allows_a_call:
                break
            choice = await self._ask(messages, bill)
            answer = choice.message.content or ""
            try:
                if choice.finish_reason == "length":
                    raise Complaint("it was cut off: it must be shorter")  # noqa: TRY301  one way out for all complaints
                return Made(read_answer(answer, source, self._language), bill.spent)
            except Complaint as found:
                complaint = str(found)
                messages = [*conversation(source, self._language), *objection(answer, complaint)]
        raise bill.failure(SummaryError, f"the model's answer can't be used: {complaint}")

    async def _ask(self, messages: list[dict[str, str]], bill: "_Bill") -> _Choice:
        """The model's answer, asked for in the strictest form that the server takes; what it takes is remembered."""
        for index, manner in enumerate(self._manners):
            if index and not bill.left.allows_a_call:
                break
            text = await self._call(messages, manner, bill)
            if text is None:
                continue
            if index:
                log.info("the model's server takes requests in a lesser form: with %s", ", ".join(manner))
                self._manners = self._manners[index:]
            return _read(text, messages, bill)
        raise bill.failure(SummaryError, "the model's server takes the request in no form that was tried")

    async def _call(self, messages: list[dict[str, str]], manner: dict[str, Any], bill: "_Bill") -> str | None:
        """What the server answered; None where it does not take a request of this form."""
        asked: dict[str, Any] = {"model": self._model, "messages": messages, **manner}
        bill.add(Cost(calls=1))
        try:
            async with asyncio.timeout(self._timeout):  # of the whole call: the client's own is for each read
                response = await self._client.chat.completions.with_raw_response.create(**asked)
        except (TimeoutError, openai.APITimeoutError):
            bill.add(Cost(tokens=_estimate(messages)))
            raise bill.failure(ModelFailedError, f"the model did not answer within {self._timeout:g} s") from None
        except openai.APIStatusError as error:
            if error.status_code in (_BAD_REQUEST, _UNPROCESSABLE):
                return None
            raise bill.refusal(error.status_code) from None
        except openai.APIConnectionError as error:
            if isinstance(error.__cause__, httpx2.ConnectError):
                raise bill.failure(ModelAwayError, "the model's server can't be reached") from None
            raise bill.failure(ModelFailedError, "the model's server cut the connection") from None
        text: str = response.text
        return text


class _Bill:
    """What one paper has cost so far."""

    def __init__(self, allowed: Cost) -> None:
        self._allowed = allowed
        self.spent = Cost()

    @property
    def left(self) -> Cost:
        """What may still be spent."""
        return self._allowed - self.spent

    def add(self, cost: Cost) -> None:
        """Take note of a cost."""
        self.spent += cost

    def failure(self, kind: Callable[..., SummaryError], message: str) -> SummaryError:
        """An error that bears what was spent."""
        return kind(message, calls=self.spent.calls, tokens=self.spent.tokens)

    def refusal(self, status: int) -> SummaryError:
        """What a status other than 200 means. What the server said to it may quote the key, and is left out."""
        if status in _REFUSED:
            return self.failure(ModelAwayError, f"{_REFUSED[status]} ({status})")
        kind = ModelFailedError if status >= _SERVER_ERROR else SummaryError
        return self.failure(kind, f"the model's server answered with status {status}")


def _read(text: str, messages: list[dict[str, str]], bill: _Bill) -> _Choice:
    """The answer's first choice, once it is counted."""
    try:
        completion = _Completion.model_validate_json(text)
    except ValidationError:
        bill.add(Cost(tokens=_estimate(messages)))
        raise bill.failure(
            ModelFailedError, "the model's server answers with something else than a completion"
        ) from None
    counted = completion.usage.total_tokens if completion.usage else 0
    answered = [{"content": choice.message.content or ""} for choice in completion.choices]
    bill.add(Cost(tokens=counted if counted > 0 else _estimate(messages + answered)))
    if not completion.choices:
        raise bill.failure(SummaryError, "the model gave no answer")
    return completion.choices[0]


def _estimate(messages: list[dict[str, str]]) -> int:
    """About how many tokens messages have."""
    return sum(len(message["content"].encode(errors="replace")) for message in messages) // _BYTES_PER_TOKEN + 1
