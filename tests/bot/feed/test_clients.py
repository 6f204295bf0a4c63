import pytest

from bot.feed.clients import MOST_CLIENTS, PerMinute, client_of


class Seconds:
    """A clock that is moved by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_client_that_asks_too_often_is_told_how_long_to_wait_and_others_are_not() -> None:
    clock = Seconds()
    limit = PerMinute(2, clock)
    clock.now += 20.5
    assert [limit.spend("a") for _ in range(4)] == [0, 0, 40, 40]
    assert limit.spend("b") == 0
    clock.now += 39.5
    assert [limit.spend("a") for _ in range(3)] == [0, 0, 60]


def test_no_crowd_of_clients_takes_memory_without_end() -> None:
    limit = PerMinute(2, Seconds())
    assert {limit.spend(str(number)) for number in range(MOST_CLIENTS)} == {0}
    assert limit.spend("one more") == 60
    assert limit.spend("0") == 0


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "10.0.0.1, 192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "192.0.2.7, nonsense", "127.0.0.1"),
        ("127.0.0.1", ",", "127.0.0.1"),
        (None, "", ""),
    ],
)
def test_a_client_is_known_by_its_address(peer: str | None, forwarded: str, client: str) -> None:
    assert client_of(peer, forwarded) == client
