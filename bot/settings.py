"""The configuration: config.toml and the environment, validated once, as one frozen object.

A variable PAPERBOY_SECTION__KEY takes precedence over `key` in the file's `[section]`; an empty one counts as not set.
Relative paths are relative to the working directory.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os.path import realpath
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import SettingsError
from bot.sources.whole import CLOSES_AT
from bot.summaries.model import SummaryLanguage
from bot.values import (
    BotToken,
    CleanPath,
    Folders,
    HostName,
    Languages,
    LogLevel,
    ProxyAddress,
    Secret,
    ShortText,
    TimeOfDay,
    WebAddress,
    WholeNumber,
    clean_bot_token,
    clean_token,
)

DEFAULT_CONFIG = Path("config.toml")
_PREFIX = "PAPERBOY_"
_CONFIG_VARIABLE = "PAPERBOY_CONFIG"
# Values of these sections never appear in a message: a token pasted into the wrong line must not reach a log.
_NEVER_QUOTED = frozenset({"discord", "summaries", "network"})


def _setting(default: object, allowed: str) -> Any:  # noqa: ANN401  as pydantic's own Field: it stands for any type
    """A setting; config.example.toml says what is `allowed`."""
    return Field(default, description=allowed)


def _whole(default: int, low: int, high: int) -> Any:  # noqa: ANN401  as pydantic's own Field: it stands for any type
    return Field(default, ge=low, le=high, description=f"a whole number from {low} to {high}")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class DiscordSettings(_Section):
    """How Discord is reached. After load_settings() `token` also holds what `token_file` said."""

    token: BotToken | None = _setting(None, "the bot's token: one word, without 'Bot' before it")
    token_file: CleanPath | None = _setting(None, "a readable file that holds the bot's token and nothing else")
    api_url: WebAddress = _setting("https://discord.com/api/v10", "an http or https address without a query")
    requests_per_second: WholeNumber = _whole(48, low=1, high=10000)


class NetworkSettings(_Section):
    """The way to Discord, the site, arXiv and the model. Without `proxy` HTTPS_PROXY and HTTP_PROXY count."""

    proxy: ProxyAddress | None = _setting(None, "the address of an http or https proxy, or none")


class ArchiveSettings(_Section):
    """Where the days come from: a folder of pages, and how often it is looked at, in seconds.

    With `write`, whole days of the site are written into it as pages, and for the languages in `write_languages` into
    folders of their own.
    """

    path: CleanPath = _setting(Path("seeds"), "a folder of pages, YYYY/MM/DD.md")
    poll_seconds: WholeNumber = _whole(60, low=5, high=300)
    write: bool = _setting(False, "true or false")
    write_languages: Folders = _setting({}, "a folder for each language, outside the archive")

    @field_validator("write_languages")
    @classmethod
    def _apart(cls, folders: dict[SummaryLanguage, Path], info: ValidationInfo) -> dict[SummaryLanguage, Path]:
        """Refuse what would never be written, or be read as pages of the archive."""
        if folders and not info.data.get("write"):
            raise ValueError("needs archive.write = true")
        archive, places = info.data.get("path"), list(map(realpath, folders.values()))
        if len(set(places)) < len(places):
            raise ValueError("must name a folder of its own for each language")
        if archive and any(Path(place).is_relative_to(realpath(archive)) for place in places):
            raise ValueError(f"must name folders outside the archive ({archive}), which is read as pages")
        return folders


class SourceSettings(_Section):
    """The site that days are fetched from: how, how often (minutes), and when a day counts as what.

    `closes_at` is a time in UTC, the others are hours after the day's end.
    """

    enabled: bool = _setting(True, "true or false")
    url: WebAddress = _setting("https://huggingface.co", "an http or https address without a query")
    poll_minutes: WholeNumber = _whole(30, low=5, high=720)
    timeout_seconds: WholeNumber = _whole(20, low=1, high=120)
    user_agent: ShortText = _setting("Paperboy", "some printable characters, 200 at most")
    closes_at: TimeOfDay = _setting(CLOSES_AT, "a time of day in UTC, such as 22:30")
    whole_hours: WholeNumber = _whole(12, low=1, high=72)
    settle_hours: WholeNumber = _whole(36, low=0, high=47)  # a day is read at the site for 48


class ArxivSettings(_Section):
    """arXiv, which is asked for a paper's authors when someone cites it: whether, where, and for how long (seconds)."""

    enabled: bool = _setting(True, "true or false")
    url: WebAddress = _setting("https://export.arxiv.org", "an http or https address without a query")
    timeout_seconds: WholeNumber = _whole(5, low=1, high=30)


class SummarySettings(_Section):
    """Who summarises papers, in which languages, the archive's first, and what it may cost: a day, an answer.

    `language` is what earlier versions had instead of `languages`.
    """

    by: Literal["none", "openai"] = _setting("none", "none or openai")
    languages: Languages = _setting((SummaryLanguage.KO,), "one or more of ko, en and ja")
    language: Literal["ko", "en"] | None = _setting(None, "ko or en")
    base_url: WebAddress = _setting("https://api.openai.com/v1", "an http or https address without a query")
    model: ShortText = _setting("gpt-4o-mini", "some printable characters, 200 at most")
    api_key: Secret | None = _setting(None, "a key: one word")
    timeout_seconds: WholeNumber = _whole(60, low=1, high=600)
    calls_per_day: WholeNumber = _whole(200, low=1, high=100_000)
    tokens_per_day: WholeNumber = _whole(500_000, low=1000, high=1_000_000_000)
    answer_tokens: WholeNumber = _whole(4000, low=500, high=100_000)

    @model_validator(mode="before")
    @classmethod
    def _take_over(cls, values: Any) -> Any:  # noqa: ANN401  as pydantic has it: whatever was read
        if isinstance(values, dict) and values.get("language"):
            if "languages" in values:
                raise ValueError("language must not be set beside languages, which has taken its place")
            return values | {"languages": (values["language"],)}
        return values


class DatabaseSettings(_Section):
    """The SQLite file, how long a statement waits for a locked one (seconds), how long the ledger is kept (days)."""

    path: CleanPath = _setting(Path("paperboy.db"), "a file, made when it is not there")
    busy_timeout_seconds: WholeNumber = _whole(5, low=1, high=60)
    keep_days: WholeNumber = _whole(400, low=31, high=3650)


class DigestSettings(_Section):
    """How old a day may be for an edition (days), and how late an edition may still be posted (hours)."""

    fresh_days: WholeNumber = _whole(3, low=0, high=365)
    catch_up_hours: WholeNumber = _whole(12, low=0, high=168)


class DeliverySettings(_Section):
    """What to do in doubt whether a message came, and how long to wait for what, in seconds."""

    when_unsure: Literal["skip", "send"] = _setting("skip", "skip or send")
    nonce_seconds: WholeNumber = _whole(120, low=0, high=120)
    timeout_seconds: WholeNumber = _whole(30, low=1, high=60)
    first_pause_seconds: WholeNumber = _whole(15, low=1, high=600)
    longest_pause_seconds: WholeNumber = _whole(3600, low=1, high=21600)


class LimitSettings(_Section):
    """How often a member may ask for what costs; a server's members together may four times as often.

    `feeds_per_minute` is for each client of the feeds.
    """

    searches_per_minute: WholeNumber = _whole(30, low=1, high=600)
    shares_per_minute: WholeNumber = _whole(5, low=1, high=600)
    orders_per_minute: WholeNumber = _whole(10, low=1, high=600)
    completions_per_minute: WholeNumber = _whole(120, low=1, high=600)
    feeds_per_minute: WholeNumber = _whole(30, low=1, high=600)


class LogSettings(_Section):
    """How much is logged, and how a line looks."""

    level: LogLevel = _setting("INFO", "DEBUG, INFO, WARNING, ERROR or CRITICAL")
    format: Literal["console", "json"] = _setting("console", "console or json")


class MonitorSettings(_Section):
    """Where /healthz and /metrics are served; port 0 disables them."""

    host: HostName = _setting("127.0.0.1", "an address of this machine")
    port: WholeNumber = _whole(9464, low=0, high=65_535)


class FeedSettings(_Section):
    """Where Atom feeds are served, the address by which readers know that place, and what feeds say of their licence.

    Port 0 disables them.
    """

    host: HostName = _setting("127.0.0.1", "an address of this machine")
    port: WholeNumber = _whole(0, low=0, high=65_535)
    url: WebAddress | None = _setting(None, "an http or https address without a query")
    behind_proxy: bool = _setting(False, "true or false")
    rights: ShortText | None = _setting(None, "some printable characters, 200 at most")


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
    arxiv: ArxivSettings = ArxivSettings()
    summaries: SummarySettings = SummarySettings()
    database: DatabaseSettings = DatabaseSettings()
    digests: DigestSettings = DigestSettings()
    delivery: DeliverySettings = DeliverySettings()
    limits: LimitSettings = LimitSettings()
    log: LogSettings = LogSettings()
    monitor: MonitorSettings = MonitorSettings()
    feed: FeedSettings = FeedSettings()

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


_KNOWN = {section: tuple(type(part).model_fields) for section, part in Settings()}


def load_settings(config: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of `config`, else of the file PAPERBOY_CONFIG names, else of ./config.toml if it exists.

    Raises SettingsError with one line for each problem: where the setting is, its value unless that may be a secret,
    and what is wrong with it.
    """
    sources = _Sources(*_read_config(config, environ), _read_variables(environ))
    problems = [*sources.unknown(), *_unknown_variables(environ)]
    try:
        settings = Settings(**sources.merged())
    except ValidationError as error:
        problems.extend(map(sources.wrong, error.errors(include_url=False)))
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
        """The known sections, with variables in place of the file's values."""
        known = {section: table for section, table in self.document.items() if section in _KNOWN}
        for section, values in self.variables.items():
            table = known.get(section, {})
            known[section] = {**table, **values} if isinstance(table, dict) else table
        return known

    def unknown(self) -> Iterator[str]:
        """The file's sections that do not exist."""
        for section in (each for each in self.document if each not in _KNOWN):
            yield f"{self.file}: [{section}]: no such section; there are {', '.join(_KNOWN)}"

    def wrong(self, issue: ErrorDetails) -> str:
        """The line on what pydantic found. Its messages do not quote values."""
        section, key = (*map(str, issue["loc"][:2]), "")[:2]
        value = ""
        if key in _KNOWN[section] and section not in _NEVER_QUOTED:
            value = f" = {json.dumps(self.merged()[section][key], ensure_ascii=False, default=str)}"
        return f"{self.place(section, key)}{value}: {issue['msg'].removeprefix('Value error, ')}"

    def place(self, section: str, key: str) -> str:
        """Where a setting, or without a key a section, was set."""
        if key in self.variables.get(section, {}):
            return f"environment {_variable(section, key)}"
        if not key and section not in self.document:
            return f"environment {_variable(section, '*')}"
        return f"{self.file}: [{section}] {key}".rstrip()


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
    known = {_CONFIG_VARIABLE, *(_variable(section, key) for section, keys in _KNOWN.items() for key in keys)}
    for name in environ:
        if name.startswith(_PREFIX) and name not in known:
            yield f"environment {name}: no such setting; names are like {_PREFIX}SECTION__KEY"


def _with_token(settings: Settings, sources: _Sources) -> Settings:
    """The same settings with the token that `token_file` holds."""
    discord = settings.discord
    if discord.token_file is None:
        return settings
    place = sources.place("discord", "token_file")
    if discord.token is not None:
        raise SettingsError(f"{place}: must not be set beside {sources.place('discord', 'token')}")
    try:
        text = discord.token_file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):  # the path is not named: it may be a token that was pasted there
        raise SettingsError(f"{place}: must be a text file that can be read") from None
    try:
        token = clean_bot_token(clean_token(SecretStr(text)))
    except ValueError as error:
        raise SettingsError(f"{place}: the token in the file {error}") from None
    return settings.model_copy(update={"discord": discord.model_copy(update={"token": token})})


def _variable(section: str, key: str) -> str:
    return f"{_PREFIX}{section}__{key}".upper()
