"""Opens the summariser, if its client is installed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import SettingsError
from bot.summaries.model import Summariser

INSTALL = "pip install --require-hashes --no-build-isolation -r requirements-openai.txt"

_DIRECTLY = {"http://": None, "https://": None}
"""What keeps the client from reading the environment."""


@asynccontextmanager
async def open_summariser(
    base_url: str,
    model: str,
    api_key: str | None,
    timeout_seconds: float,
    *,
    answer_tokens: int = 4000,
    proxy: str | None = None,
) -> AsyncIterator[Summariser]:
    """A summariser with `model` at `base_url`, the address before /chat/completions; closed at the end.

    Without a key a dummy one is sent, as local servers need none. `timeout_seconds` is for one call, which goes through
    `proxy`; `answer_tokens` limits one answer. Redirects to other hosts are not followed. Raises SettingsError if the
    client is not installed.
    """
    try:
        from openai import (  # noqa: PLC0415  an extra, which takes half a second to import
            AsyncOpenAI,
            DefaultAsyncHttpxClient,
        )

        from bot.summaries.openai import ModelSummariser, stay_at_host  # noqa: PLC0415  it imports the extra
    except ImportError:
        raise SettingsError(f"summaries.by = openai needs a client that is not installed: {INSTALL}") from None
    # Calls are counted here, so the client must not retry by itself; and a key in the environment must not be used.
    client = AsyncOpenAI(
        base_url=base_url,
        api_key=api_key or "none",
        timeout=timeout_seconds,
        max_retries=0,
        http_client=DefaultAsyncHttpxClient(
            mounts=None if proxy else _DIRECTLY, proxy=proxy, event_hooks={"response": [stay_at_host]}
        ),
    )
    async with client:
        yield ModelSummariser(client, model, timeout_seconds=timeout_seconds, answer_tokens=answer_tokens)
