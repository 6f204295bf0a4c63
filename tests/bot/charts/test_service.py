import sys

import pytest

from bot.charts.model import Lines
from bot.charts.service import Charts, open_charts

LINES = Lines(("4월",), ("환각",), ((0.5,),))


def program(code: str) -> Charts:
    return Charts((sys.executable, "-c", code), seconds=60)


async def test_what_the_process_writes_is_the_picture_and_it_is_asked_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    asked = tmp_path_factory.mktemp("charts") / "asked"
    charts = program(
        f"import sys; open({str(asked)!r}, 'a').write('x'); sys.stdout.buffer.write(sys.stdin.buffer.read())"
    )
    for _ in range(2):
        drawn = await charts.draw(LINES)
        assert drawn is not None
        assert Lines.read(drawn) == LINES
    assert asked.read_text() == "x"


async def test_a_process_that_fails_gives_no_picture_and_says_why(caplog: pytest.LogCaptureFixture) -> None:
    assert await program("raise SystemExit('no font')").draw(LINES) is None
    assert "no font" in caplog.text


async def test_a_process_that_takes_too_long_is_ended(caplog: pytest.LogCaptureFixture) -> None:
    charts = Charts((sys.executable, "-c", "import threading; threading.Event().wait()"), seconds=0.01)
    assert await charts.draw(LINES) is None
    assert "not drawn within" in caplog.text


async def test_the_process_is_not_told_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERBOY_DISCORD__TOKEN", "secret")
    told = await program("import os; print(sorted(os.environ))").draw(LINES)
    assert told is not None
    assert b"PAPERBOY" not in told


def test_without_the_extra_nothing_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_charts() is not None
    monkeypatch.setattr("bot.charts.service.find_spec", lambda name: None if name == "pygal" else object())
    assert open_charts() is None
