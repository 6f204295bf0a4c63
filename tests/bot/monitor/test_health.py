import pytest

from bot.monitor.health import Health, Sign, Vital


class Part:
    """A part of the bot that a test can kill, with an error or without a word."""

    def __init__(self) -> None:
        self.alive = True
        self.error: Exception | None = None

    async def probe(self) -> bool:
        if self.error and not self.alive:
            raise self.error
        return self.alive


class Seconds:
    """A clock of seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def health(seconds: Seconds) -> Health:
    return Health(seconds)


def test_before_its_first_sign_no_part_is_well(health: Health) -> None:
    assert health.signs() == dict.fromkeys(Vital, Sign(ok=False, age_seconds=None))


@pytest.mark.parametrize("vital", list(Vital))
def test_a_part_is_well_for_so_long_after_a_sign(health: Health, seconds: Seconds, vital: Vital) -> None:
    health.seen(vital)
    seconds.now += vital.limit
    assert health.signs()[vital] == Sign(ok=True, age_seconds=vital.limit)
    seconds.now += 0.1
    assert health.signs()[vital] == Sign(ok=False, age_seconds=vital.limit + 0.1)
    health.seen(vital)
    assert health.signs()[vital] == Sign(ok=True, age_seconds=0.0)
    assert [other for other, sign in health.signs().items() if sign.ok] == [vital]


@pytest.mark.parametrize("dead", [None, OSError("disk full"), ValueError()])
async def test_a_part_that_dies_is_told_of_once_and_when_it_comes_back(
    health: Health, seconds: Seconds, dead: Exception | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    part = Part()
    await health.look(Vital.DATABASE, part.probe)
    part.alive, part.error = False, dead
    for _ in range(5):
        seconds.now += 20
        await health.look(Vital.DATABASE, part.probe)
    assert not health.signs()[Vital.DATABASE].ok
    part.alive = True
    await health.look(Vital.DATABASE, part.probe)
    await health.look(Vital.DATABASE, part.probe)
    assert health.signs()[Vital.DATABASE].ok
    gone, back = (record.getMessage() for record in caplog.records)
    assert gone.startswith("health: the database gives no sign of life: ")
    assert back == "health: the database is well again"


async def test_a_start_that_takes_its_time_is_no_death(health: Health, caplog: pytest.LogCaptureFixture) -> None:
    part = Part()
    part.alive = False
    await health.look(Vital.GATEWAY, part.probe)
    assert caplog.records == []


def test_trouble_is_told_once_and_is_over_once_work_was_done_for_a_while_without_any(
    health: Health, seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    for _ in range(3):
        health.seen(Vital.DATABASE)
        health.tell(Vital.DATABASE, "disk full")
        assert not health.signs()[Vital.DATABASE].ok
        seconds.now += 20
        health.tell(Vital.DATABASE, "")  # something small still went
    seconds.now += 39.9
    health.tell(Vital.DATABASE, "")
    health.seen(Vital.DATABASE)
    assert not health.signs()[Vital.DATABASE].ok
    seconds.now += 0.1
    health.tell(Vital.DATABASE, "")
    assert health.signs()[Vital.DATABASE].ok
    assert [record.getMessage() for record in caplog.records] == [
        "health: the database can't be used: disk full; work that needs it is tried again",
        "health: the database can be used again",
    ]
