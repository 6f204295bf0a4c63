import pytest

from bot.runtime.web import stays


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("https://a.bc/d", "https://a.bc/e?f"),
        ("https://a.bc/d", "https://A.bc:443/e"),
        ("http://a.bc/d", "https://a.bc/d"),
        ("http://127.0.0.1:8000/d", "http://127.0.0.1:8000/e"),
    ],
)
def test_a_redirect_within_the_host_stays(asked: str, told: str) -> None:
    assert stays(asked, told)


@pytest.mark.parametrize(
    "told",
    [
        "https://b.bc/d",
        "https://a.bc.evil.example/",
        "http://a.bc/d",
        "https://a.bc:8443/d",
        "https://me@a.bc/d",
        "https://a.bc@evil.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::1",
        "https://a.bc:99999999/",
        "file:///etc/passwd",
        "/d",
        "",
    ],
)
def test_a_redirect_elsewhere_does_not(told: str) -> None:
    assert not stays("https://a.bc/d", told)
