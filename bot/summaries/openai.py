"""Summaries by a model behind the API that OpenAI, Ollama, vLLM and others speak.

The client is the extra `openai`; it is imported when a summariser is opened, and by nobody else.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import ModelAwayError, ModelFailedError, SettingsError, SummaryError
from bot.summaries.answer import Complaint, read_answer
from bot.summaries.model import CALLS, Cost, Language, Made, Source
from bot.summaries.prompt import conversation, objection, response_formats

if TYPE_CHECKING:
    from openai import AsyncOpenAI

log = logging.getLogger(__name__)

INSTALL = "pip install --require-hashes --no-build-isolation -r requirements-openai.txt"
MOST_TOKENS = 4000
"""Of one answer, with the thoughts of a model that thinks before it writes."""

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
    total_tokens: int = 0


class _Completion(_Part):
    """What of a server's answer is used; servers leave out what they like."""

    choices: list[_Choice]
    usage: _Usage | None = None


@asynccontextmanager
async def open_summariser(
    base_url: str, model: str, api_key: str | None, language: Language, timeout_seconds: float
) -> AsyncIterator["ModelSummariser"]:
    """A summariser by `model` at `base_url`, the address before /chat/completions; closed at the end.

    Without a key none is sent that means anything: local servers ask for none. Raises SettingsError where the client
    is not installed.
    """
    try:
        from openai import AsyncOpenAI  # noqa: PLC0415  an extra, which takes half a second to import
    except ImportError:
        raise SettingsError(f"summaries.by = openai needs a client that is not installed: {INSTALL}") from None
    # Calls are counted here, so the client makes none by itself; and a key of the environment is nobody's wish here.
    client = AsyncOpenAI(base_url=base_url, api_key=api_key or "none", timeout=timeout_seconds, max_retries=0)
    async with client:
        yield ModelSummariser(client, model, language, timeout_seconds)


class ModelSummariser:
    """Asks a model for a summary, and once more with what was wrong with the first."""

    def __init__(self, client: "AsyncOpenAI", model: str, language: Language, timeout_seconds: float) -> None:
        self._client = client
        self._model = model
        self._language = language
        self._timeout = timeout_seconds
        self._formats = response_formats()

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
        for index, form in enumerate(self._formats):
            if index and not bill.left.allows_a_call:
                break
            text = await self._call(messages, form, bill)
            if text is None:
                continue
            if index:
                log.info("the model's server takes no stricter form of answer than %s", form and form["type"])
                self._formats = self._formats[index:]
            return _read(text, messages, bill)
        raise bill.failure(SummaryError, "the model's server takes the request in no form that was tried")

    async def _call(self, messages: list[dict[str, str]], form: dict[str, object] | None, bill: "_Bill") -> str | None:
        """What the server answered; None where it does not take a request of this form."""
        import httpx2  # noqa: PLC0415  the client's own, an extra as it is
        import openai  # noqa: PLC0415

        asked: dict[str, Any] = {"model": self._model, "messages": messages, "max_completion_tokens": MOST_TOKENS}
        if form is not None:
            asked["response_format"] = form
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
