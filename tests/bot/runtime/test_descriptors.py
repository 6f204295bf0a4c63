import resource

import pytest

from bot.errors import SettingsError
from bot.runtime import descriptors
from bot.runtime.descriptors import ENOUGH, LEAST, allow_open_files

ANY = resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("soft", "hard", "becomes"),
    [
        (1024, ANY, ENOUGH),
        (256, ENOUGH + 1, ENOUGH),
        (64, LEAST, LEAST),
        (ENOUGH, ANY, ENOUGH),
        (ANY, ANY, ANY),
        (2 * ENOUGH, ANY, 2 * ENOUGH),
    ],
)
def test_the_own_limit_is_raised_as_far_as_the_system_lets_it(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, becomes: int
) -> None:
    limits = [(soft, hard)]
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _, both: limits.append(both))
    allow_open_files()
    assert limits[-1] == (becomes, hard)


def test_too_few_files_for_a_bot_are_one_line_before_anything_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (32, 64))
    with pytest.raises(SettingsError, match=r"only 64 files open at once, .* `ulimit -n 4096`"):
        allow_open_files()


def test_a_platform_without_such_a_limit_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descriptors, "resource", None)
    allow_open_files()
