"""Which proxy an address goes through, and that Discord, the site and the model all go through it."""

from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr

from bot.clock import SystemClock
from bot.errors import ModelAwayError, ModelFailedError, SettingsError, SourceError
from bot.runtime.proxies import proxy_for, secrets_of
from bot.settings import DiscordSettings, NetworkSettings, Settings, SourceSettings, load_settings
from bot.sources.huggingface import open_site
from bot.summaries.model import SummaryLanguage
from bot.summaries.opening import open_summariser
from sandbox import LocalSite, ModelServer, Sandbox
from sandbox.api.gateway import Gateway
from tests.bot.summaries.papers import PLENTY, source
from tests.conftest import House
from tests.proxy import proxying

PROXY = "http://proxy.example:3128"
SET = NetworkSettings(proxy=SecretStr(PROXY))
UNSET = NetworkSettings()


def port_of(url: str) -> int:
    return urlsplit(url).port or 0


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy"])
@pytest.mark.parametrize("url", ["https://discord.com/api/v10", "wss://gateway.discord.gg/", "https://huggingface.co"])
def test_https_proxy_serves_https_and_the_gateway(monkeypatch: pytest.MonkeyPatch, name: str, url: str) -> None:
    monkeypatch.setenv(name, PROXY)
    assert proxy_for(url, UNSET) == PROXY
    assert proxy_for("http://model.example/v1", UNSET) is None


def test_http_proxy_serves_http(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "proxy.example:3128")
    assert proxy_for("http://model.example/v1", UNSET) == PROXY
    assert proxy_for("https://discord.com", UNSET) is None


def test_the_setting_goes_before_the_environment_and_none_is_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://other.example")
    assert proxy_for("https://discord.com", SET) == PROXY
    assert proxy_for("http://localhost:11434/v1", SET) == PROXY
    assert proxy_for("https://discord.com", NetworkSettings(proxy=SecretStr("none"))) is None


@pytest.mark.parametrize("no_proxy", ["discord.com", ".discord.com", "localhost, discord.com:443", "*"])
@pytest.mark.parametrize("settings", [SET, UNSET])
def test_no_proxy_is_asked_directly_whoever_named_the_proxy(
    monkeypatch: pytest.MonkeyPatch, no_proxy: str, settings: NetworkSettings
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", PROXY)
    monkeypatch.setenv("NO_PROXY", no_proxy)
    assert proxy_for("https://discord.com:443/api/v10", settings) is None


def test_a_proxy_of_another_kind_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://proxy.example")
    with pytest.raises(SettingsError, match="environment HTTPS_PROXY: must be the address of an http or https proxy"):
        proxy_for("https://discord.com", UNSET)


@pytest.mark.parametrize(
    "value", ["proxy.example", "ftp://x", "http://x/path", "http://u:s3cret@:1", "http://u:s3cret"]
)
def test_a_setting_that_is_no_proxy_is_refused_without_its_password(value: str) -> None:
    with pytest.raises(SettingsError, match="PAPERBOY_NETWORK__PROXY: must be the address") as refused:
        load_settings(None, {"PAPERBOY_NETWORK__PROXY": value})
    assert "s3cret" not in str(refused.value)


def test_the_passwords_of_proxies_are_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://me:s3cret@proxy.example")
    assert secrets_of(Settings(network=NetworkSettings(proxy=SecretStr("http://me:hush@proxy.example")))) == [
        "hush",
        "s3cret",
    ]
    assert secrets_of(Settings(network=NetworkSettings(proxy=SecretStr("none")))) == ["s3cret"]


@pytest.mark.parametrize("by", ["setting", "environment"])
async def test_discords_rest_and_gateway_go_through_the_proxy(
    house: House, discord: Sandbox, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """Its host is known to the proxy alone: what went another way would not come."""
    server = discord.add_server("ML")
    member = server.add_member("mina")
    server.add_channel("papers")
    port = port_of(discord.url)
    monkeypatch.setattr(Gateway, "url", "ws://gateway.test/gateway")
    async with proxying({"discord.test": port, "gateway.test": port}) as proxy:
        address = proxy.url.replace("http://", "http://me:s3cret@")
        if by == "environment":
            monkeypatch.setenv("HTTP_PROXY", address)
        house.settings = house.settings.model_copy(
            update={
                "discord": DiscordSettings(token=house.settings.discord.token, api_url="http://discord.test/api/v10"),
                "network": NetworkSettings(proxy=SecretStr(address)) if by == "setting" else UNSET,
            }
        )
        async with house.running():
            assert "Paperboy" in (await member.type("/about")).text
    assert {"GET discord.test", "GET gateway.test"} <= set(proxy.asked)
    assert proxy.authorisations == {"Basic bWU6czNjcmV0"}


async def test_the_site_goes_through_the_proxy() -> None:
    async with LocalSite(SystemClock().now) as site, proxying({"site.test": port_of(site.url)}) as proxy:
        settings = SourceSettings(url="http://site.test")
        async with open_site(settings, SystemClock(), 0, proxy=proxy.url) as client:
            assert await client.today() == SystemClock().now().date()
    assert proxy.asked == ["GET site.test"]


async def test_the_model_goes_through_the_proxy() -> None:
    async with ModelServer() as model, proxying({"model.test": port_of(model.url)}) as proxy:
        url = f"http://model.test{urlsplit(model.url).path}"
        async with open_summariser(url, "otter-1", None, 10, proxy=proxy.url) as summariser:
            await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY)
    assert proxy.asked == ["POST model.test"]


async def test_https_is_asked_by_connect() -> None:
    """Nobody answers there: that the proxy was asked for a tunnel, and refused, is enough."""
    async with proxying({}) as proxy:
        async with open_site(SourceSettings(url="https://site.test"), SystemClock(), 0, proxy=proxy.url) as site:
            with pytest.raises(SourceError, match="can't be reached"):
                await site.today()
        async with open_summariser("https://model.test", "otter-1", None, 5, proxy=proxy.url) as model:
            with pytest.raises((ModelAwayError, ModelFailedError)):
                await model.summarise(source(), [SummaryLanguage.KO], PLENTY)
    assert set(proxy.asked) == {"CONNECT site.test", "CONNECT model.test"}


async def test_the_model_is_asked_directly_where_the_environment_names_a_proxy_and_the_settings_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with ModelServer() as model, proxying({}) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        async with open_summariser(model.url, "otter-1", None, 10, proxy=None) as summariser:
            await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY)
    assert proxy.asked == []


async def test_a_proxy_that_does_not_reach_discord_at_the_start_is_waited_for(
    house: House, discord: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    async with proxying({}) as proxy:

        async def sleep(_: float) -> None:
            proxy.hosts |= dict.fromkeys(("discord.test", "127.0.0.1"), port_of(discord.url))

        house.settings = house.settings.model_copy(
            update={
                "discord": DiscordSettings(token=house.settings.discord.token, api_url="http://discord.test/api/v10"),
                "network": NetworkSettings(proxy=SecretStr(proxy.url)),
            }
        )
        house.sleep = sleep
        async with house.running():
            pass
    assert "log in: status 503, with a page that is not Discord's" in caplog.text
