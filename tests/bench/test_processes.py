"""The processes of a benchmark: a bot that does not go on ends the run, with what its log says."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench import processes
from bench.processes import BotProcess


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(processes, "_LOOK_SECONDS", 0.0)
    log = tmp_path / "log"
    log.write_text("no such token\n", encoding="utf-8")
    return log


def bot(log: Path, returncode: int | None = None) -> BotProcess:
    process: Any = SimpleNamespace(returncode=returncode)
    return BotProcess(process, log)


async def test_a_number_is_waited_for_while_it_grows(log: Path) -> None:
    counts = iter([0, 1, 1, 3])

    async def count() -> int:
        return next(counts)

    await bot(log).until(count, 3)
    assert list(counts) == []


async def test_a_bot_that_ends_or_stands_still_ends_the_run(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def count() -> int:
        return 2

    with pytest.raises(RuntimeError, match=r"(?s)2 of 3 came.*no such token"):
        await bot(log, returncode=1).until(count, 3)
    monkeypatch.setattr(processes, "_PATIENCE_SECONDS", -1.0)
    with pytest.raises(RuntimeError, match=r"(?s)2 of 3 came.*no such token"):
        await bot(log).until(count, 3)
