"""What each kind of setting takes, and that no refusal quotes a secret."""

import json
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.settings import DiscordSettings, Settings, load_settings
from tests.bot.conftest import Write, refusal

pytestmark = pytest.mark.usefixtures("elsewhere")

TOKEN = "MTk4.G9x.secret"


def token_of(settings: Settings) -> str | None:
    token = settings.discord.token
    return None if token is None else token.get_secret_value()


@pytest.mark.parametrize("value", ["true", "1.5", "[]", "{}", "nan", "1979-05-27", '""'])
def test_a_whole_number_is_nothing_else(write: Write, value: str) -> None:
    file = write(f"[digests]\nfresh_days = {value}\n")
    (line,) = refusal(file)
    assert line.startswith(f"{file}: [digests] fresh_days = ")


@pytest.mark.parametrize("value", ["3", '""', '"."', '"a\\u0000b"'])
def test_a_path_is_a_name(write: Write, value: str) -> None:
    file = write(f"[database]\npath = {value}\n")
    (line,) = refusal(file)
    assert line.startswith(f"{file}: [database] path = {value}: ")


def test_a_path_may_start_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/someone")
    settings = load_settings(None, {"PAPERBOY_ARCHIVE__PATH": "~/pages"})
    assert settings.archive.path == Path("/home/someone/pages")


def test_a_level_may_be_in_small_letters() -> None:
    assert load_settings(None, {"PAPERBOY_LOG__LEVEL": "debug"}).log.level == "DEBUG"


@pytest.mark.parametrize("host", ["", "a b", "http://x", "me@x", "비밀"])
def test_a_host_is_a_name_or_an_address(write: Write, host: str) -> None:
    (line,) = refusal(write(f'[monitor]\nhost = "{host}"\n'))
    assert line.endswith(": must be a host name or an IP address")


def test_a_log_has_one_of_two_looks() -> None:
    assert load_settings(None, {"PAPERBOY_LOG__FORMAT": "json"}).log.format == "json"
    assert refusal(PAPERBOY_LOG__FORMAT="xml") == [
        "environment PAPERBOY_LOG__FORMAT = \"xml\": Input should be 'console' or 'json'"
    ]


@pytest.mark.parametrize("url", ["https://discord.com/api/v10", "http://127.0.0.1:8080", "http://[::1]:1/api"])
def test_another_rest_base_may_be_named(url: str) -> None:
    assert load_settings(None, {"PAPERBOY_DISCORD__API_URL": url}).discord.api_url == url
    assert load_settings(None, {"PAPERBOY_DISCORD__API_URL": url + "/"}).discord.api_url == url


@pytest.mark.parametrize(
    "url",
    [
        "discord.com/api",
        "ftp://discord.com",
        "https://",
        "https:///api",
        "https://host:port/",
        "https://host:0",
        "https://user:pass@host/",
        "https://host/?a=b",
        "https://host/#a",
        "https://ho st/",
        " https://host",
        "http://[::1",
        "http://secret@[bad]/",
        "x",
    ],
)
def test_no_other_address_is_taken_nor_quoted(url: str) -> None:
    assert refusal(PAPERBOY_DISCORD__API_URL=url) == [
        "environment PAPERBOY_DISCORD__API_URL: must be an http or https address without a query",
    ]


# Secrets


def test_a_token_is_taken_from_either_place_or_from_a_file(write: Write, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text(f"  {TOKEN}\n", encoding="utf-8")
    assert token_of(load_settings(None, {"PAPERBOY_DISCORD__TOKEN": f" {TOKEN}\n"})) == TOKEN
    assert token_of(load_settings(write(f'[discord]\ntoken = "{TOKEN}"\n'), {})) == TOKEN
    assert token_of(load_settings(write('[discord]\ntoken_file = "token"\n'), {})) == TOKEN
    assert token_of(load_settings(None, {"PAPERBOY_DISCORD__TOKEN_FILE": str(secret)})) == TOKEN


def test_a_token_is_never_shown() -> None:
    settings = load_settings(None, {"PAPERBOY_DISCORD__TOKEN": TOKEN})
    assert TOKEN not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_two_tokens_are_refused_with_both_places(write: Write) -> None:
    file = write('[discord]\ntoken_file = "token"\n')
    assert refusal(file, PAPERBOY_DISCORD__TOKEN=TOKEN) == [
        f"{file}: [discord] token_file: must not be set beside environment PAPERBOY_DISCORD__TOKEN",
    ]


NOT_READ = "must be a text file that can be read"
NO_TOKEN = "the token in the file must be one word of ASCII characters"


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, NOT_READ), (b"\xff", NOT_READ), (b"", NO_TOKEN), (b" \n", NO_TOKEN), (b"a\x00b", NO_TOKEN)],
)
def test_a_token_file_must_hold_a_token(tmp_path: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / TOKEN).write_bytes(content)
    assert refusal(PAPERBOY_DISCORD__TOKEN_FILE=TOKEN) == [f"environment PAPERBOY_DISCORD__TOKEN_FILE: {said}"]


@pytest.mark.parametrize("value", ['""', f'["{TOKEN}"]', "123", f'{{ value = "{TOKEN}" }}', '"비밀"'])
def test_a_wrong_token_is_refused_unquoted(write: Write, value: str) -> None:
    file = write(f"[discord]\ntoken = {value}\n")
    (line,) = refusal(file)
    assert line.startswith(f"{file}: [discord] token: ")
    assert TOKEN not in line


PAGE_BOT = "the bot's token is on the page Bot of the developer portal"
USUAL_MISTAKES = {
    f'"{TOKEN}"': "is in quotes: remove them",
    f"'{TOKEN}'": "is in quotes: remove them",
    f"“{TOKEN}”": "is in quotes: remove them",
    f"`{TOKEN}`": "is in quotes: remove them",
    f'"{TOKEN}': "is in quotes: remove them",
    f"Bot {TOKEN}": "has “Bot” or “Bearer” before it: leave that out",
    f"bot\t{TOKEN}": "has “Bot” or “Bearer” before it: leave that out",
    f"Bearer {TOKEN}": "has “Bot” or “Bearer” before it: leave that out",
    TOKEN[:8] + "\r\n" + TOKEN[8:]: "has a line break in it: write it in one line",
    TOKEN[:8] + " " + TOKEN[8:]: "has a space in it: copy it again",
    "123456789012345678": f"is the application's id: {PAGE_BOT}",
    "0123456789abcdef" * 4: f"is the application's public key: {PAGE_BOT}",
    "aB3_-x9Z" * 4: f"looks like the application's client secret: {PAGE_BOT}",
}


@pytest.mark.parametrize(("text", "said"), USUAL_MISTAKES.items())
def test_a_usual_mistake_with_the_token_is_named_and_the_token_is_not(
    write: Write, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "token").write_bytes(f"{text}\n".encode())
    file = write(f"[discord]\ntoken = {json.dumps(text)}\n")
    assert refusal(PAPERBOY_DISCORD__TOKEN=text) == [f"environment PAPERBOY_DISCORD__TOKEN: {said}"]
    assert refusal(file) == [f"{file}: [discord] token: {said}"]
    assert refusal(PAPERBOY_DISCORD__TOKEN_FILE="token") == [
        f"environment PAPERBOY_DISCORD__TOKEN_FILE: the token in the file {said}"
    ]


def test_other_values_in_quotes_are_refused_and_what_may_be_a_secret_is_not_shown() -> None:
    for name in ("SUMMARIES__API_KEY", "DISCORD__TOKEN_FILE", "DISCORD__API_URL", "DATABASE__PATH", "MONITOR__PORT"):
        for text in ('"secret"', "'secret'"):
            (line,) = refusal(None, **{f"PAPERBOY_{name}": text})
            assert line.startswith(f"environment PAPERBOY_{name}")
            assert ("secret" in line) == name.startswith(("DATABASE", "MONITOR"))


def test_a_models_key_may_look_like_anything() -> None:
    for key in ("0123456789abcdef" * 4, "aB3_-x9Z" * 4, "123456789012345678"):
        held = load_settings(None, {"PAPERBOY_SUMMARIES__API_KEY": key}).summaries.api_key
        assert held is not None
        assert held.get_secret_value() == key


def test_a_section_made_by_hand_does_not_show_its_input() -> None:
    with pytest.raises(ValidationError) as caught:
        DiscordSettings.model_validate({"token": [TOKEN]})
    assert TOKEN not in str(caught.value)


@given(
    section=st.sampled_from(sorted(Settings.model_fields)),
    key=st.sampled_from(["token", "token_file", "api_url"]),
    wrong=st.one_of(st.integers(), st.booleans(), st.lists(st.just(TOKEN), min_size=1), st.just(f"{TOKEN} {TOKEN}")),
)
def test_no_refusal_quotes_a_token_wherever_it_was_put(
    tmp_path_factory: pytest.TempPathFactory, section: str, key: str, wrong: object
) -> None:
    file = tmp_path_factory.getbasetemp() / "secret.toml"
    text = str(wrong).lower() if isinstance(wrong, bool) else str(wrong).replace("'", '"')
    text = f'"{text}"' if isinstance(wrong, str) else text
    file.write_text(f"[{section}]\n{key} = {text}\n", encoding="utf-8")
    assert TOKEN not in "\n".join(refusal(file))


# Times of day


@pytest.mark.parametrize("written", ['"23:05"', "23:05:00"])
def test_a_time_of_day_is_text_or_toml_s_own_time(write: Write, written: str) -> None:
    assert load_settings(write(f"[source]\ncloses_at = {written}\n"), {}).source.closes_at == time(23, 5)


@pytest.mark.parametrize("written", ['"9:00"', '"24:00"', '"22:30:30"', "22:30:30", "2230", "true", '""'])
def test_what_is_no_time_of_day_is_named(write: Write, written: str) -> None:
    [line] = refusal(write(f"[source]\ncloses_at = {written}\n"))
    assert "closes_at" in line
    assert line.endswith("must be a time of day such as 22:30")


def test_a_time_of_day_may_be_a_variable() -> None:
    assert load_settings(None, {"PAPERBOY_SOURCE__CLOSES_AT": "21:00"}).source.closes_at == time(21)


# Languages of summaries


@pytest.mark.parametrize(
    ("environ", "languages"),
    [
        ({}, ["ko"]),
        ({"PAPERBOY_SUMMARIES__LANGUAGES": "en"}, ["en"]),
        ({"PAPERBOY_SUMMARIES__LANGUAGES": "en, ko"}, ["en", "ko"]),
        ({"PAPERBOY_SUMMARIES__LANGUAGES": '["ko", "en"]'}, ["ko", "en"]),
        ({"PAPERBOY_SUMMARIES__LANGUAGES": "ja en"}, ["ja", "en"]),
        ({"PAPERBOY_SUMMARIES__LANGUAGE": "en"}, ["en"]),
    ],
)
def test_the_languages_of_summaries_in_the_environment(environ: dict[str, str], languages: list[str]) -> None:
    assert list(load_settings(None, environ).summaries.languages) == languages


def test_the_languages_of_summaries_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    for line, languages in (('languages = ["ko", "en"]', ["ko", "en"]), ('language = "en"', ["en"])):
        file.write_text(f"[summaries]\n{line}\n", encoding="utf-8")
        assert list(load_settings(file, {}).summaries.languages) == languages


@pytest.mark.parametrize("value", ["[]", '["fr"]', '["ko", "ko"]', "[1]", '[["ko"]]', "true", '"ko, fr"'])
def test_wrong_languages_of_summaries_are_refused_and_the_right_ones_named(tmp_path: Path, value: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"[summaries]\nlanguages = {value}\n", encoding="utf-8")
    assert refusal(file) == [f"{file}: [summaries] languages: must name languages of summaries, each once: ko, en, ja"]


def test_the_old_and_the_new_setting_of_the_languages_are_not_set_together(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[summaries]\nlanguages = ["ko"]\nlanguage = "ko"\n', encoding="utf-8")
    assert len(refusal(file)) == 1


@pytest.mark.parametrize(
    ("environ", "place"),
    [
        ({"PAPERBOY_SUMMARIES__LANGUAGES": "ko", "PAPERBOY_SUMMARIES__LANGUAGE": "ko"}, "PAPERBOY_SUMMARIES__*"),
        ({"PAPERBOY_ARCHIVE__WRITE_LANGUAGES": "en=/srv/x"}, "PAPERBOY_ARCHIVE__WRITE_LANGUAGES = "),
    ],
)
def test_what_does_not_go_together_in_the_environment_is_said_to_be_there(environ: dict[str, str], place: str) -> None:
    [line] = refusal(None, **environ)
    assert line.startswith(f"environment {place}")


# Folders of pages in other languages


@pytest.mark.parametrize(
    ("written", "folders"),
    [
        ('{en = "/srv/papers-en"}', {"en": Path("/srv/papers-en")}),
        ('{en = "/srv/a", ja = "b"}', {"en": Path("/srv/a"), "ja": Path("b")}),
        ('"en=/srv/a, ja=b"', {"en": Path("/srv/a"), "ja": Path("b")}),
        ("{}", {}),
    ],
)
def test_pages_in_other_languages_have_folders(write: Write, written: str, folders: dict[str, Path]) -> None:
    file = write(f"[archive]\nwrite = true\nwrite_languages = {written}\n")
    assert load_settings(file, {}).archive.write_languages == folders


def test_pages_in_other_languages_may_be_a_variable() -> None:
    environ = {"PAPERBOY_ARCHIVE__WRITE": "true", "PAPERBOY_ARCHIVE__WRITE_LANGUAGES": "en=/srv/a,ja=/srv/b"}
    assert load_settings(None, environ).archive.write_languages == {"en": Path("/srv/a"), "ja": Path("/srv/b")}


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ('{fr = "/srv/x"}', "must give a language (ko, en, ja) a folder"),
        ('"/srv/x"', "must give a language (ko, en, ja) a folder"),
        ('["en"]', "must give a language (ko, en, ja) a folder"),
        ('{en = ""}', "must give a language (ko, en, ja) a folder"),
        ("{en = \"'/srv/x'\"}", "is in quotes"),
        ('{en = "/srv/x", ja = "/srv/y/../x"}', "must name a folder of its own for each language"),
        ('{en = "pages"}', "must name folders outside the archive (pages), which is read as pages"),
        ('{en = "pages/en"}', "must name folders outside the archive (pages)"),
        ('{en = "link/en"}', "must name folders outside the archive (pages)"),
    ],
)
def test_folders_that_can_not_hold_pages_in_other_languages_are_named(
    write: Write, tmp_path: Path, written: str, wrong: str
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "pages")
    [line] = refusal(write(f'[archive]\npath = "pages"\nwrite = true\nwrite_languages = {written}\n'))
    assert "[archive] write_languages" in line
    assert wrong in line


def test_pages_in_other_languages_are_only_written_beside_the_archives(write: Write) -> None:
    [line] = refusal(write('[archive]\nwrite_languages = {en = "/srv/x"}\n'))
    assert line.endswith("needs archive.write = true")
