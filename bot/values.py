"""The kinds of value that a setting may have, and how each is checked. No message quotes a secret."""

import re
from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

from bot.summaries.model import SummaryLanguage

NO_PROXY = "none"
_WORDS = 200


def _no_boolean(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("must be a number, not true or false")  # noqa: TRY004  pydantic collects a ValueError, not a TypeError
    return value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _clean_path(path: Path) -> Path:
    text = str(path)
    if text[0] == text[-1] in _QUOTES:
        raise ValueError(_IN_QUOTES)
    if path == Path() or "\0" in text:
        raise ValueError("must name a file or a folder")
    return path.expanduser()


def clean_token(token: SecretStr) -> SecretStr:
    """A secret without the space around it. Raises ValueError for text that can't be one."""
    text = token.get_secret_value().strip()
    if mistake := _mistake(text):
        raise ValueError(mistake)
    if not text or not text.isascii() or not text.isprintable():
        raise ValueError("must be one word of ASCII characters")
    return SecretStr(text)


def clean_bot_token(token: SecretStr) -> SecretStr:
    """The bot's token. Raises ValueError for another value of the developer portal."""
    if other := _other_secret(token.get_secret_value()):
        raise ValueError(other)
    return token


_QUOTES = "\"'`“”„‘’«»"
_IN_QUOTES = "is in quotes: remove them"  # a shell removes them, `docker run --env-file` does not
_WHERE = "the bot's token is on the page Bot of the developer portal"


def _mistake(text: str) -> str:
    """The usual mistake in a copied secret; "" if there is none."""
    if not text:
        return ""
    if text[0] in _QUOTES or text[-1] in _QUOTES:
        return _IN_QUOTES
    if re.match(r"(Bot|Bearer)\s", text, re.IGNORECASE):
        return "has “Bot” or “Bearer” before it: leave that out"
    if len(text.splitlines()) > 1:
        return "has a line break in it: write it in one line"
    if text.split() != [text]:
        return "has a space in it: copy it again"
    return ""


def _other_secret(text: str) -> str:
    """Which other value of the developer portal a text is; "" for a bot's token, which has three parts between dots."""
    if re.fullmatch(r"[0-9]{17,20}", text):
        return f"is the application's id: {_WHERE}"
    if re.fullmatch(r"[0-9a-f]{64}", text):
        return f"is the application's public key: {_WHERE}"
    if re.fullmatch(r"[\w-]{32}", text, re.ASCII):
        return f"looks like the application's client secret: {_WHERE}"
    return ""


def _web_address(text: str) -> SplitResult | None:
    """The parts of an http or https address without white space, else None: urlsplit's errors quote the address."""
    try:
        parts = urlsplit(text)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if known and text.split() == [text] else None


def _clean_url(url: str) -> str:
    parts = _web_address(url)
    if parts is None or parts.query or parts.fragment or parts.username or parts.password:
        raise ValueError("must be an http or https address without a query")
    return url.rstrip("/")


def _clean_proxy(proxy: SecretStr) -> SecretStr:
    text = proxy.get_secret_value().strip().rstrip("/")
    parts = _web_address(text)
    if text != NO_PROXY and (parts is None or parts.path or parts.query or parts.fragment):
        raise ValueError("must be the address of an http or https proxy, or none")
    return SecretStr(text)


def _clean_host(host: str) -> str:
    if not host or not host.isascii() or not host.isprintable() or set(host) & set(" /@"):
        raise ValueError("must be a host name or an IP address")
    return host


def _clean_words(text: str) -> str:
    if not text.strip() or not text.isascii() or not text.isprintable() or len(text) > _WORDS:
        raise ValueError(f"must be printable ASCII characters, {_WORDS} at most")
    return text.strip()


def _time_of_day(value: object) -> object:
    """A time as HH:MM; TOML also has a type of its own for times, which must have no seconds."""
    if isinstance(value, time) and value == value.replace(second=0, microsecond=0, tzinfo=None):
        return value
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value, re.ASCII):
        return time.fromisoformat(value)
    raise ValueError("must be a time of day such as 22:30")


_SOME_LANGUAGES = f"must name languages of summaries, each once: {', '.join(SummaryLanguage)}"


def _languages(value: object) -> object:
    """The languages in a list, or in a text such as "ko, en" or '["ko", "en"]'."""
    if isinstance(value, str):
        value = [part for part in re.split(r"[\s,\[\]\"']+", value) if part]
    if not isinstance(value, list | tuple) or not value or any(value.count(each) > 1 for each in value):
        raise ValueError(_SOME_LANGUAGES)
    if not all(isinstance(each, str) and each in set(SummaryLanguage) for each in value):
        raise ValueError(_SOME_LANGUAGES)
    return tuple(value)


def _folders(value: object) -> object:
    """Folders by language, also from a text such as "en=/srv/papers-en, ja=/srv/papers-ja"."""
    if isinstance(value, str):
        pairs = [part.partition("=") for part in value.split(",") if part.strip()]
        value = {language.strip(): folder.strip() for language, _, folder in pairs}
    if not isinstance(value, dict) or not set(value) <= set(SummaryLanguage) or not all(value.values()):
        raise ValueError(f'must give a language ({", ".join(SummaryLanguage)}) a folder, as in en="/srv/papers-en"')
    return value


TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Languages = Annotated[tuple[SummaryLanguage, ...], NoDecode, BeforeValidator(_languages)]
CleanPath = Annotated[Path, AfterValidator(_clean_path)]
Folders = Annotated[dict[SummaryLanguage, CleanPath], NoDecode, BeforeValidator(_folders)]
WholeNumber = Annotated[int, BeforeValidator(_no_boolean)]
Secret = Annotated[SecretStr, AfterValidator(clean_token)]
BotToken = Annotated[Secret, AfterValidator(clean_bot_token)]
WebAddress = Annotated[str, AfterValidator(_clean_url)]
ProxyAddress = Annotated[SecretStr, AfterValidator(_clean_proxy)]
HostName = Annotated[str, AfterValidator(_clean_host)]
ShortText = Annotated[str, AfterValidator(_clean_words)]
LogLevel = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(_upper)]
