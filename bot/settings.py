"""What the operator decides: config.toml and the environment, validated once, then one frozen object.

A variable PAPERBOY_SECTION__KEY goes before `key` in the file's `[section]`; an empty one counts as not set.
A relative path is relative to the working directory, wherever it was written.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import SettingsError

DEFAULT_CONFIG = Path("config.toml")
_PREFIX = "PAPERBOY_"
_CONFIG_VARIABLE = "PAPERBOY_CONFIG"
# A token pasted into the wrong line must not end in a log: no value of these sections is ever quoted.
_NEVER_QUOTED = frozenset({"discord", "summaries", "network"})
_CALLED = {"token": "token", "api_key": "key"}
NO_PROXY = "none"
_WORDS = 200


def _no_boolean(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("a boolean is no number")  # noqa: TRY004  pydantic collects a ValueError, not a TypeError
    return value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _clean_path(path: Path) -> Path:
    text = str(path)
    if path == Path() or "\0" in text or text[0] == text[-1] in _QUOTES:
        raise ValueError("no path")
    return path.expanduser()


def _clean_token(token: SecretStr) -> SecretStr:
    text = token.get_secret_value().strip()
    if not text or _mistake(text) or not text.isascii() or not text.isprintable():
        raise ValueError("no token")
    return SecretStr(text)


def _clean_bot_token(token: SecretStr) -> SecretStr:
    if _other_secret(token.get_secret_value().strip()):
        raise ValueError("no token of a bot")
    return token


_QUOTES = "\"'`“”„‘’«»"
_IN_QUOTES = "is in quotes: remove them"  # a shell takes them away, `docker run --env-file` does not
_WHERE = "the bot's token is on the page Bot of the developer portal"


def _mistake(text: str) -> str:
    """What is usually wrong with a secret that was copied; empty where it is none of that."""
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
    """Which other value of the developer portal a text seems to be; a bot's token is three parts with dots between."""
    if re.fullmatch(r"[0-9]{17,20}", text):
        return f"is the application's id: {_WHERE}"
    if re.fullmatch(r"[0-9a-f]{64}", text):
        return f"is the application's public key: {_WHERE}"
    if re.fullmatch(r"[\w-]{32}", text, re.ASCII):
        return f"looks like the application's client secret: {_WHERE}"
    return ""


def _clean_url(url: str) -> str:
    parts = urlsplit(url)
    extras = parts.query or parts.fragment or parts.username or parts.password or url.split() != [url]
    if extras or parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
        raise ValueError("no address")
    return url.rstrip("/")


def _clean_proxy(proxy: SecretStr) -> SecretStr:
    text = proxy.get_secret_value().strip().rstrip("/")
    parts = urlsplit(text)
    extras = parts.path or parts.query or parts.fragment or text.split() != [text]
    if text != NO_PROXY and (extras or parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0):
        raise ValueError("no proxy")
    return SecretStr(text)


def _clean_host(host: str) -> str:
    if not host or not host.isascii() or not host.isprintable() or set(host) & set(" /@"):
        raise ValueError("no host")
    return host


def _clean_words(text: str) -> str:
    if not text.strip() or not text.isascii() or not text.isprintable() or len(text) > _WORDS:
        raise ValueError("no text that a header can bear")
    return text.strip()


_Whole = Annotated[int, BeforeValidator(_no_boolean)]
_Path = Annotated[Path, AfterValidator(_clean_path)]
_Secret = Annotated[SecretStr, AfterValidator(_clean_token)]
_Token = Annotated[_Secret, AfterValidator(_clean_bot_token)]
_Url = Annotated[str, AfterValidator(_clean_url)]
_Proxy = Annotated[SecretStr, AfterValidator(_clean_proxy)]
_Host = Annotated[str, AfterValidator(_clean_host)]
_Agent = Annotated[str, AfterValidator(_clean_words)]
_Level = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(_upper)]


def _setting(default: object, allowed: str) -> Any:  # noqa: ANN401  as pydantic's own Field: it stands for any type
    """A setting; `allowed` completes the sentence "must be ..." and stands in config.example.toml."""
    return Field(default, description=allowed)


def _whole(default: int, low: int, high: int) -> Any:  # noqa: ANN401  as pydantic's own Field: it stands for any type
    return Field(default, ge=low, le=high, description=f"a whole number from {low} to {high}")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class DiscordSettings(_Section):
    """How Discord is reached. After load_settings() `token` also holds what `token_file` said."""

    token: _Token | None = _setting(None, "the bot's token: one word, without 'Bot' before it")
    token_file: _Path | None = _setting(None, "a readable file that holds the bot's token and nothing else")
    api_url: _Url = _setting("https://discord.com/api/v10", "an http or https address without a query")
    requests_per_second: _Whole = _whole(48, low=1, high=10000)


class NetworkSettings(_Section):
    """The way to Discord, the site and the model. Without `proxy` HTTPS_PROXY and HTTP_PROXY count."""

    proxy: _Proxy | None = _setting(None, "the address of an http or https proxy, or none")


class ArchiveSettings(_Section):
    """Where the days come from: a folder of pages, and how often it is looked at, in seconds.

    With `write`, whole days of the site are written into it as pages.
    """

    path: _Path = _setting(Path("seeds"), "a folder of pages, YYYY/MM/DD.md")
    poll_seconds: _Whole = _whole(60, low=5, high=300)
    write: bool = _setting(False, "true or false")


class SourceSettings(_Section):
    """The site that days are fetched from: how, how often (minutes), and when a day counts as what (hours)."""

    enabled: bool = _setting(True, "true or false")
    url: _Url = _setting("https://huggingface.co", "an http or https address without a query")
    poll_minutes: _Whole = _whole(30, low=5, high=720)
    timeout_seconds: _Whole = _whole(20, low=1, high=120)
    user_agent: _Agent = _setting("Paperboy", "some printable characters, 200 at most")
    whole_hours: _Whole = _whole(12, low=1, high=72)
    settle_hours: _Whole = _whole(36, low=0, high=47)  # a day is read at the site for 48


class SummarySettings(_Section):
    """Who summarises papers that come without a summary, in which language, and what it may cost: a day, an answer."""

    by: Literal["none", "openai"] = _setting("none", "none or openai")
    language: Literal["ko", "en"] = _setting("ko", "ko or en")
    base_url: _Url = _setting("https://api.openai.com/v1", "an http or https address without a query")
    model: _Agent = _setting("gpt-4o-mini", "some printable characters, 200 at most")
    api_key: _Secret | None = _setting(None, "a key: one word")
    timeout_seconds: _Whole = _whole(60, low=1, high=600)
    calls_per_day: _Whole = _whole(200, low=1, high=100_000)
    tokens_per_day: _Whole = _whole(500_000, low=1000, high=1_000_000_000)
    answer_tokens: _Whole = _whole(4000, low=500, high=100_000)


class DatabaseSettings(_Section):
    """The SQLite file, how long a statement waits for a locked one (seconds), how long the ledger is kept (days)."""

    path: _Path = _setting(Path("paperboy.db"), "a file, made when it is not there")
    busy_timeout_seconds: _Whole = _whole(5, low=1, high=60)
    keep_days: _Whole = _whole(400, low=31, high=3650)


class DigestSettings(_Section):
    """How old a day may be for an edition (days), and how late an edition may still be posted (hours)."""

    fresh_days: _Whole = _whole(3, low=0, high=365)
    catch_up_hours: _Whole = _whole(12, low=0, high=168)


class DeliverySettings(_Section):
    """What to do in doubt whether a message came, and how long to wait for what, in seconds."""

    when_unsure: Literal["skip", "send"] = _setting("skip", "skip or send")
    nonce_seconds: _Whole = _whole(120, low=0, high=120)
    timeout_seconds: _Whole = _whole(30, low=1, high=60)
    first_pause_seconds: _Whole = _whole(15, low=1, high=600)
    longest_pause_seconds: _Whole = _whole(3600, low=1, high=21600)


class LimitSettings(_Section):
    """How often a member may ask for what costs; a server's members together may four times as often."""

    searches_per_minute: _Whole = _whole(30, low=1, high=600)
    shares_per_minute: _Whole = _whole(5, low=1, high=600)
    orders_per_minute: _Whole = _whole(10, low=1, high=600)
    completions_per_minute: _Whole = _whole(120, low=1, high=600)


class LogSettings(_Section):
    """How much is logged, and how a line looks."""

    level: _Level = _setting("INFO", "DEBUG, INFO, WARNING, ERROR or CRITICAL")
    format: Literal["console", "json"] = _setting("console", "console or json")


class MonitorSettings(_Section):
    """Where health and metrics are told; port 0 is nowhere."""

    host: _Host = _setting("127.0.0.1", "an address of this machine")
    port: _Whole = _whole(9464, low=0, high=65_535)


class Settings(BaseSettings):
    """Every setting. Made by load_settings(); a test may make one from its sections."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    discord: DiscordSettings = DiscordSettings()
    network: NetworkSettings = NetworkSettings()
    archive: ArchiveSettings = ArchiveSettings()
    source: SourceSettings = SourceSettings()
    summaries: SummarySettings = SummarySettings()
    database: DatabaseSettings = DatabaseSettings()
    digests: DigestSettings = DigestSettings()
    delivery: DeliverySettings = DeliverySettings()
    limits: LimitSettings = LimitSettings()
    log: LogSettings = LogSettings()
    monitor: MonitorSettings = MonitorSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *others: PydanticBaseSettingsSource,
        **named: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is handed in and nothing else: the process's environment and .env files are never read."""
        del settings_cls, others, named
        return (init_settings,)


# What there is to set: section, key, what is allowed.
_KNOWN: dict[str, dict[str, str]] = {
    section: {key: info.description or "" for key, info in type(part).model_fields.items()}
    for section, part in Settings()
}


def load_settings(config: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of `config`, else of the file PAPERBOY_CONFIG names, else of ./config.toml if it is there.

    Raises SettingsError with one line for each problem: its place, its name and what is allowed.
    """
    sources = _Sources(*_read_config(config, environ), _read_variables(environ))
    problems = [*sources.unknown(), *_unknown_variables(environ)]
    try:
        settings = Settings(**sources.merged())
    except ValidationError as error:
        keys = dict.fromkeys((str(issue["loc"][0]), str(issue["loc"][1])) for issue in error.errors())
        problems.extend(sources.wrong(*key) for key in keys)
    else:
        if not problems:
            return _with_token(settings, sources)
    raise SettingsError("\n".join(problems)) from None


@dataclass(frozen=True, slots=True)
class _Sources:
    """What was read: the file (None without one) and the variables, both as section -> key -> value."""

    file: Path | None
    document: dict[str, Any]
    variables: dict[str, dict[str, str]]

    def merged(self) -> dict[str, Any]:
        """The known settings alone, the variables before the file."""
        return {
            section: {
                key: value
                for key, value in {**self._table(section), **self.variables.get(section, {})}.items()
                if key in keys
            }
            for section, keys in _KNOWN.items()
        }

    def unknown(self) -> Iterator[str]:
        """What in the file is no section and no setting of ours."""
        sections = ", ".join(f"[{section}]" for section in _KNOWN)
        for section, table in self.document.items():
            if section not in _KNOWN:
                yield f"{self.file}: {section}: no such section; there are {sections}"
            elif not isinstance(table, dict):
                yield f"{self.file}: {section}: must be a section, headed [{section}]"
            else:
                keys = ", ".join(_KNOWN[section])
                for key in table:
                    if key not in _KNOWN[section]:
                        yield f"{self.file}: [{section}] {key}: no such setting; there are {keys}"

    def wrong(self, section: str, key: str) -> str:
        """The sentence on a wrong value."""
        if mistake := self._mistake(section, key):
            return f"{self.place(section, key)}: the {_CALLED.get(key, 'value')} {mistake}"
        value = "" if section in _NEVER_QUOTED else f" = {_quoted(self._value(section, key))}"
        return f"{self.place(section, key)}{value}: must be {_KNOWN[section][key]}"

    def _mistake(self, section: str, key: str) -> str:
        value = self._value(section, key)
        text = value.strip() if isinstance(value, str) else ""
        if key in _CALLED:
            return _mistake(text) or (_other_secret(text) if key == "token" else "")
        return _IN_QUOTES if text and text[0] == text[-1] in _QUOTES else ""

    def place(self, section: str, key: str) -> str:
        """Where a setting was set."""
        if key in self.variables.get(section, {}):
            return f"environment {_variable(section, key)}"
        return f"{self.file}: [{section}] {key}"

    def _value(self, section: str, key: str) -> object:
        return self.variables.get(section, {}).get(key, self._table(section).get(key))

    def _table(self, section: str) -> dict[str, Any]:
        table = self.document.get(section)
        return table if isinstance(table, dict) else {}


def _read_config(config: Path | None, environ: Mapping[str, str]) -> tuple[Path | None, dict[str, Any]]:
    if config is not None:
        return config, _read_toml(config, f"--config {config}")
    if name := environ.get(_CONFIG_VARIABLE):
        return Path(name), _read_toml(Path(name), f"environment {_CONFIG_VARIABLE}: {name}")
    if DEFAULT_CONFIG.exists():
        return DEFAULT_CONFIG, _read_toml(DEFAULT_CONFIG, str(DEFAULT_CONFIG))
    return None, {}


def _read_toml(path: Path, place: str) -> dict[str, Any]:
    try:
        # Some editors put a byte order mark first; TOML itself knows none.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{place}: can't be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{place}: must be UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{place}: must be TOML: {error}") from None


def _read_variables(environ: Mapping[str, str]) -> dict[str, dict[str, str]]:
    source = EnvSettingsSource(Settings)
    source.env_vars = {
        name.lower(): environ[name]
        for section, keys in _KNOWN.items()
        for key in keys
        if environ.get(name := _variable(section, key))
    }
    return source()


def _unknown_variables(environ: Mapping[str, str]) -> Iterator[str]:
    known = {_variable(section, key) for section, keys in _KNOWN.items() for key in keys}
    for name in environ:
        if name.startswith(_PREFIX) and name not in known | {_CONFIG_VARIABLE}:
            section = name.removeprefix(_PREFIX).partition("__")[0].lower()
            there = [_variable(section, key) for key in _KNOWN.get(section, ())] or [
                f"{_variable(section, '')}..." for section in _KNOWN
            ]
            yield f"environment {name}: no such setting; there are {', '.join(there)}"


def _with_token(settings: Settings, sources: _Sources) -> Settings:
    """The same settings with the token that `token_file` holds."""
    discord = settings.discord
    if discord.token_file is None:
        return settings
    place = sources.place("discord", "token_file")
    if discord.token is not None:
        raise SettingsError(f"{place}: must not be set beside {sources.place('discord', 'token')}")
    try:
        text = discord.token_file.read_text(encoding="utf-8-sig").strip()
        if mistake := _mistake(text) or _other_secret(text):
            raise SettingsError(f"{place}: the token in the file {mistake}")
        token = _clean_token(SecretStr(text))
    except (OSError, ValueError):  # which of the two is left out: the path may be a token pasted there
        raise SettingsError(sources.wrong("discord", "token_file")) from None
    return settings.model_copy(update={"discord": discord.model_copy(update={"token": token})})


def _variable(section: str, key: str) -> str:
    return f"{_PREFIX}{section}__{key}".upper()


def _quoted(value: object) -> str:
    """A value as TOML would write it, or nearly."""
    return json.dumps(value, ensure_ascii=False, default=str)
