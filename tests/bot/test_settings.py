import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from bot.settings import LogSettings, Settings, load_settings
from tests.bot.conftest import Write, refusal

pytestmark = pytest.mark.usefixtures("elsewhere")

TOKEN = "MTk4.G9x.secret"
EXAMPLE = Path(__file__).resolve().parents[2] / "config.example.toml"
DEFAULTS = Settings()


# Where settings come from


def test_without_file_or_variable_the_defaults_hold() -> None:
    assert load_settings(None, {}) == DEFAULTS
    assert DEFAULTS.archive.path == Path("seeds")
    assert DEFAULTS.database.path == Path("paperboy.db")
    assert DEFAULTS.discord.api_url == "https://discord.com/api/v10"
    assert DEFAULTS.discord.token is None


def test_a_file_sets(write: Write) -> None:
    settings = load_settings(write('[archive]\npath = "pages"\n[digests]\nfresh_days = 0\n'), {})
    assert (settings.archive.path, settings.digests.fresh_days) == (Path("pages"), 0)
    assert settings.log == DEFAULTS.log


def test_the_environment_goes_before_the_file_key_by_key(write: Write) -> None:
    file = write("[digests]\nfresh_days = 1\ncatch_up_hours = 2\n")
    settings = load_settings(file, {"PAPERBOY_DIGESTS__FRESH_DAYS": "9", "HOME": "/"})
    assert (settings.digests.fresh_days, settings.digests.catch_up_hours) == (9, 2)


def test_the_process_environment_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERBOY_DIGESTS__FRESH_DAYS", "9")
    Path(".env").write_text("PAPERBOY_DIGESTS__FRESH_DAYS=8\n", encoding="utf-8")
    assert load_settings(None, {}) == Settings() == DEFAULTS


def test_an_empty_variable_counts_as_not_set() -> None:
    assert load_settings(None, {"PAPERBOY_DISCORD__TOKEN": "", "PAPERBOY_CONFIG": ""}) == DEFAULTS


def test_config_toml_is_used_if_it_is_there() -> None:
    Path("config.toml").write_text("[digests]\nfresh_days = 5\n", encoding="utf-8")
    assert load_settings(None, {}).digests.fresh_days == 5


def test_the_option_goes_before_the_variable_and_the_variable_before_config_toml(write: Write) -> None:
    Path("config.toml").write_text("[digests]\nfresh_days = 5\n", encoding="utf-8")
    Path("other.toml").write_text("[digests]\nfresh_days = 6\n", encoding="utf-8")
    environ = {"PAPERBOY_CONFIG": "other.toml"}
    assert load_settings(None, environ).digests.fresh_days == 6
    assert load_settings(write("[digests]\nfresh_days = 7\n"), environ).digests.fresh_days == 7


def test_a_byte_order_mark_does_no_harm(write: Write) -> None:
    assert load_settings(write("\ufeff[digests]\nfresh_days = 5\n"), {}).digests.fresh_days == 5


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        DEFAULTS.digests.fresh_days = 1
    with pytest.raises(ValidationError):
        DEFAULTS.log = LogSettings(level="DEBUG")


# The file itself


def test_a_named_file_that_is_missing_is_refused() -> None:
    reason = "can't be read (No such file or directory)"
    assert refusal(Path("gone.toml")) == [f"--config gone.toml: {reason}"]
    assert refusal(PAPERBOY_CONFIG="gone.toml") == [f"environment PAPERBOY_CONFIG: gone.toml: {reason}"]


def test_a_syntax_error_names_its_line() -> None:
    Path("config.toml").write_text("[digests]\nfresh_days 5\n", encoding="utf-8")
    (line,) = refusal()
    assert line.startswith("config.toml: must be TOML: ")
    assert "line 2" in line


def test_a_file_must_be_utf_8() -> None:
    Path("config.toml").write_bytes(b"\xff\xfe\xfa")
    assert refusal() == ["config.toml: must be UTF-8 text"]


# Names


def test_unknown_names_are_refused_with_their_place(write: Write) -> None:
    file = write(f'[digests]\nfresh_day = "{TOKEN}"\n[digest]\n[log]\nlevel = "INFO"\n')
    assert refusal(file, PAPERBOY_LOG__LEVLE="x", PAPERBOY_TOKEN=TOKEN) == [
        (
            f"{file}: [digest]: no such section; there are discord, network, archive, source, arxiv, summaries, "
            "database, digests, delivery, limits, log, monitor, feed"
        ),
        "environment PAPERBOY_LOG__LEVLE: no such setting; names are like PAPERBOY_SECTION__KEY",
        "environment PAPERBOY_TOKEN: no such setting; names are like PAPERBOY_SECTION__KEY",
        f"{file}: [digests] fresh_day: Extra inputs are not permitted",
    ]


def test_a_section_must_be_one(write: Write) -> None:
    file = write(f'discord = "{TOKEN}"\nlog = "{TOKEN}"\n')
    for line, section in zip(refusal(file, PAPERBOY_LOG__LEVEL="INFO"), ["discord", "log"], strict=True):
        assert line.startswith(f"{file}: [{section}]: ")
        assert TOKEN not in line


@pytest.mark.parametrize("name", ["PAPERBOY_DIGESTS", "PAPERBOY_digests__fresh_days", "PAPERBOY_DIGESTS_FRESH_DAYS"])
def test_a_variable_must_be_spelt_as_documented(name: str) -> None:
    (line,) = refusal(None, **{name: "1"})
    assert line.startswith(f"environment {name}: no such setting")


# Values


def test_every_problem_is_named_with_its_place(write: Write) -> None:
    file = write('[digests]\nfresh_days = "x"\ncatch_up_hours = 169\n[archive]\npoll_second = 60\n')
    assert refusal(file, PAPERBOY_DIGESTS__CATCH_UP_HOURS="-1", PAPERBOY_LOG__LEVEL="loud") == [
        f"{file}: [archive] poll_second: Extra inputs are not permitted",
        f'{file}: [digests] fresh_days = "x": Input should be a valid integer, unable to parse string as an integer',
        'environment PAPERBOY_DIGESTS__CATCH_UP_HOURS = "-1": Input should be greater than or equal to 0',
        "environment PAPERBOY_LOG__LEVEL = \"loud\": Input should be 'DEBUG', 'INFO', 'WARNING', 'ERROR' or 'CRITICAL'",
    ]


@pytest.mark.parametrize(
    ("section", "key", "low", "high"),
    [
        ("archive", "poll_seconds", 5, 300),
        ("database", "busy_timeout_seconds", 1, 60),
        ("database", "keep_days", 31, 3650),
        ("monitor", "port", 0, 65_535),
        ("digests", "fresh_days", 0, 365),
        ("digests", "catch_up_hours", 0, 168),
    ],
)
def test_bounds_are_inclusive(section: str, key: str, low: int, high: int) -> None:
    variable = f"PAPERBOY_{section}__{key}".upper()
    for value in (low, high):
        assert getattr(getattr(load_settings(None, {variable: str(value)}), section), key) == value
    for value, bound in ((low - 1, low), (high + 1, high)):
        (line,) = refusal(None, **{variable: str(value)})
        assert re.fullmatch(rf'environment {variable} = "{value}": .* {bound}', line)


# The example


def settings_with_defaults() -> list[tuple[str, str, object, str]]:
    return [
        (section, key, getattr(part, key), info.description or "")
        for section, part in DEFAULTS
        if isinstance(part, BaseModel)
        for key, info in type(part).model_fields.items()
    ]


def test_the_example_names_every_setting_with_its_default() -> None:
    assert load_settings(EXAMPLE, {}) == DEFAULTS
    document = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    named = {(section, key) for section, table in document.items() for key in table}
    assert named == {(section, key) for section, key, value, _ in settings_with_defaults() if value is not None}


def test_the_example_says_of_every_setting_what_is_allowed() -> None:
    sections = dict(
        re.findall(r"^\[(\w+)\]\n(.*?)(?=^\[|\Z)", EXAMPLE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    )
    for section, key, value, allowed in settings_with_defaults():
        paragraph = next(
            part for part in sections[section].split("\n\n") if re.search(rf"^(# )?{key} = ", part, re.MULTILINE)
        )
        assert allowed in paragraph.replace("\n# ", " "), (section, key)
        assert (f"\n# {key} = " in paragraph) == (value is None), (section, key)
