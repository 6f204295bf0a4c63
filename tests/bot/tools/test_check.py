import asyncio
import errno
import os
from functools import partial
from pathlib import Path

import pytest

from bot.sources.huggingface import open_site
from bot.storage.engine.database import Database
from bot.storage.engine.lock import hold
from bot.storage.members.desk import Desk
from bot.upkeep import INSPECTION, Inspection
from tests.bot.tools.conftest import Shell
from tests.builders import day, utc


def test_without_a_token_it_says_how_to_set_one(shell: Shell) -> None:
    shell.page(day())
    shell.run("load")
    status, out, _ = shell.run("check")
    assert status == 1
    assert "✓ database" in out
    assert "2 papers on 1 days" in out
    assert "✗ token: not set" in out
    assert "PAPERBOY_DISCORD__TOKEN" in out


def test_an_empty_archive_and_a_broken_page_are_pointed_at(shell: Shell) -> None:
    assert "add pages" in shell.run("check")[1]
    broken = shell.page(day())
    broken.write_text("## Daily Papers (2024-02-31)\n", encoding="utf-8")
    out = shell.run("check")[1]
    assert f"{broken}:1: " in out


def test_a_database_that_is_none_is_said_so(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "paperboy.db").write_text("nonsense " * 200, encoding="utf-8")
    status, out, _ = shell.run("check")
    assert status == 1
    assert "✗ database" in out
    assert "restore a backup" in out


def test_check_looks_at_the_database_as_run_does(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERBOY_DISCORD__TOKEN", "a.made-up.token")
    monkeypatch.setenv("PAPERBOY_DISCORD__API_URL", "http://127.0.0.1:9/api")
    path = tmp_path / "paperboy.db"
    shell.page(day())
    shell.run("load")
    sound = path.read_bytes()
    for content in (b"hello", sound[: 4096 * 3] + os.urandom(4096) + sound[4096 * 4 :], sound[:-4096]):
        path.write_bytes(content)
        status, _, said = shell.run("run")
        assert status == 1
        assert f"✗ database: {said.removeprefix('paperboy: ')}" in shell.run("check")[1]


def test_a_lock_that_can_not_be_had_is_told_as_run_tells_it(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    (tmp_path / "paperboy.db.lock").touch()
    monkeypatch.setattr("fcntl.flock", refuse)
    status, _, said = shell.run("run")
    assert (status, "put the database on a local disk" in said) == (1, True)
    assert f"✗ bot: {said.removeprefix('paperboy: ')}" in shell.run("check")[1]


async def inspected(path: Path, *problems: str) -> None:
    async with Database.open(path) as database:
        await Desk(database).set_note(INSPECTION, Inspection(utc(2024, 2, 23), problems).written())


def test_the_last_integrity_check_is_told(shell: Shell, tmp_path: Path) -> None:
    assert "✓ integrity: not looked at yet" in shell.run("check")[1]
    asyncio.run(inspected(tmp_path / "paperboy.db"))
    assert "✓ integrity: looked at on 2024-02-23, sound" in shell.run("check")[1]
    asyncio.run(inspected(tmp_path / "paperboy.db", "row 3 missing from index x"))
    out = shell.run("check")[1]
    assert "✗ integrity: looked at on 2024-02-23, damaged: row 3 missing from index x" in out
    assert "`paperboy restore FILE`" in out


def test_it_says_whether_a_bot_runs(shell: Shell, tmp_path: Path) -> None:
    assert "✓ bot: does not run on this database" in shell.run("check")[1]
    with hold(tmp_path / "paperboy.db", utc(2024, 2, 23, 12)):
        assert f"✓ bot: runs as process {os.getpid()} on " in shell.run("check")[1]


def test_it_says_whether_the_site_can_be_read(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "✓ site: not read (source.enabled)" in shell.run("check")[1]
    monkeypatch.setattr("bot.tools.check.open_site", partial(open_site, apart=0.0))
    monkeypatch.setenv("PAPERBOY_SOURCE__ENABLED", "true")
    monkeypatch.setenv("PAPERBOY_SOURCE__URL", "http://127.0.0.1:9")
    out = shell.run("check")[1]
    assert "✗ site: http://127.0.0.1:9: the site can't be reached" in out
    assert "source.enabled = false" in out


def test_it_says_who_summarises(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "summaries" not in shell.run("check")[1]
    monkeypatch.setenv("PAPERBOY_SUMMARIES__BY", "openai")
    monkeypatch.setenv("PAPERBOY_SUMMARIES__API_KEY", "sk-secret")
    out = shell.run("check")[1]
    assert "✓ summaries: by gpt-4o-mini at https://api.openai.com/v1" in out
    assert "sk-secret" not in out


def test_it_names_the_folders_of_pages_and_says_which_can_not_be_written_or_have_no_texts(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "pages: written" not in shell.run("check")[1]
    (tmp_path / "file").touch()
    monkeypatch.setenv("PAPERBOY_ARCHIVE__WRITE", "true")
    monkeypatch.setenv("PAPERBOY_ARCHIVE__WRITE_LANGUAGES", f"en={tmp_path}/en/papers, ja={tmp_path}/ja, ko=file/ko")
    out = shell.run("check")[1]
    assert f"✓ pages: written to {shell.folder}\n" in out
    assert f"✓ pages: written to {tmp_path}/en/papers in English\n" in out
    assert (
        f"✗ pages: written to {tmp_path}/ja in Japanese, but no summaries are made in it\n  → set summaries.by" in out
    )
    assert (
        f"✗ pages: written to file/ko in Korean, but {tmp_path}/file is not a folder\n  → let the bot write there"
        in out
    )
    monkeypatch.setenv("PAPERBOY_SUMMARIES__BY", "openai")
    monkeypatch.setenv("PAPERBOY_SUMMARIES__LANGUAGES", "ko, ja")
    assert f"✓ pages: written to {tmp_path}/ja in Japanese\n" in shell.run("check")[1]


def test_a_folder_that_may_not_be_written_is_said_so(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERBOY_ARCHIVE__WRITE", "true")
    monkeypatch.setattr("os.access", lambda *_: False)
    assert f"✗ pages: written to {shell.folder}, but {shell.folder} can't be written" in shell.run("check")[1]
