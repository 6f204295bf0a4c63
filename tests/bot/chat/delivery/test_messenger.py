from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.alerts.model import Alert, Match
from bot.chat.delivery.invalid import STOP, InvalidRequests
from bot.chat.delivery.messenger import DiscordMessenger
from bot.chat.papers.editions import edition_cards
from bot.chat.text.limits import Message
from bot.delivery.model import Delivery, EditionMail, Part, Receipt, State
from bot.digests.model import Selection, Style
from bot.errors import DeliveryError, Fault
from bot.locale import Catalogue
from tests.bot.chat.doubles import http_error
from tests.builders import FRIDAY, day, utc

SERVER, CHANNEL, HEADLINE, DM, MEMBER = 1, 10, 500, 77, 42


@dataclass
class FakeClient:
    """Takes what is sent, or fails with `error`."""

    locale: discord.Locale = discord.Locale.korean
    in_server: bool = True
    unavailable: bool = False
    ready: bool = True
    error: Exception | None = None
    refusals: list[Exception] = field(default_factory=list)
    visible: bool = True
    away: Exception | None = None
    """What Discord answers when it is asked for the member."""
    sent: list[dict[str, Any]] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)

    def is_ready(self) -> bool:
        return self.ready

    def is_closed(self) -> bool:
        return False

    def get_guild(self, _: int) -> Any:
        if not self.in_server:
            return None
        return SimpleNamespace(
            preferred_locale=self.locale,
            unavailable=self.unavailable,
            get_channel_or_thread=lambda _: None,
            get_role=discord.Object,
            fetch_member=self._member,
            fetch_channel=self._channel,
        )

    async def _member(self, user_id: int) -> Any:
        assert user_id == MEMBER
        if self.away:
            raise self.away
        return SimpleNamespace(id=user_id)

    async def _channel(self, _: int) -> Any:
        sight = discord.Permissions(view_channel=self.visible)
        return SimpleNamespace(permissions_for=lambda _: sight)

    def get_partial_messageable(self, channel_id: int, **_: int) -> Any:
        async def send(content: str, **others: Any) -> Any:
            self._fail()
            if self.refusals:
                raise self.refusals.pop(0)
            self.sent.append({"channel": channel_id, "content": content, **others})
            return SimpleNamespace(id=900)

        async def create_thread(*, name: str, auto_archive_duration: int) -> None:
            assert auto_archive_duration == 3 * 24 * 60
            self._fail()
            self.threads.append(name)

        headline = SimpleNamespace(id=HEADLINE, create_thread=create_thread)
        return SimpleNamespace(send=send, get_partial_message=lambda _: headline)

    async def create_dm(self, user: discord.abc.Snowflake) -> Any:
        assert user.id == MEMBER
        return SimpleNamespace(id=DM)

    def _fail(self) -> None:
        if self.error:
            raise self.error


def _messenger(client: FakeClient) -> DiscordMessenger:
    messenger = DiscordMessenger(5)
    messenger.connect(cast("discord.Client", client))
    return messenger


def _delivery(part: Part, position: int = 0) -> Delivery:
    return Delivery(
        id=3,
        part=part,
        position=position,
        state=State.SENDING,
        edition_id=1,
        alert_id=None,
        pause_id=None,
        attempts=1,
        due=utc(2024, 2, 23),
        until=utc(2024, 2, 24),
    )


LISTINGS = day(votes=(5, 3)).listings
MAIL = EditionMail(1, SERVER, CHANNEL, Style.CARDS, None, Selection(FRIDAY, 2, LISTINGS), HEADLINE)
ALERT = Alert(1, MEMBER, FRIDAY, None, "ko", (Match(LISTINGS[0], ("강화학습",)),))
HERE = replace(ALERT, channel_id=CHANNEL, guild_id=SERVER)


async def test_cards_are_one_message_with_buttons_that_pings_nobody() -> None:
    client = FakeClient()
    receipt = await _messenger(client).post_edition(_delivery(Part.CARDS), MAIL)
    [sent] = client.sent
    assert receipt == Receipt(CHANNEL, 900)
    assert sent["channel"] == CHANNEL
    assert sent["nonce"] == "paperboy-3"
    assert len(sent["embeds"]) == 2
    assert len(sent["view"].children) == 3
    assert sent["allowed_mentions"].to_dict() == {"parse": []}


async def test_posts_are_in_the_servers_language_unless_the_digest_has_its_own() -> None:
    client = FakeClient(locale=discord.Locale.korean)
    await _messenger(client).post_edition(_delivery(Part.CARDS), MAIL)
    await _messenger(client).post_edition(_delivery(Part.CARDS), replace(MAIL, language="en"))
    korean, english = client.sent
    assert "2024년" in korean["content"]
    assert "February" in english["content"]


async def test_a_thread_is_opened_below_the_headline_and_bears_its_id() -> None:
    client = FakeClient()
    receipt = await _messenger(client).post_edition(_delivery(Part.THREAD, 1), MAIL)
    assert receipt == Receipt(CHANNEL, HEADLINE)
    assert len(client.threads) == 1


async def test_a_thread_that_is_there_already_is_as_good() -> None:
    client = FakeClient(error=http_error(400, 160004))
    assert await _messenger(client).post_edition(_delivery(Part.THREAD, 1), MAIL) == Receipt(CHANNEL, HEADLINE)


async def test_papers_go_into_the_thread_in_order() -> None:
    client = FakeClient()
    for position in (2, 3):
        await _messenger(client).post_edition(_delivery(Part.PAPER, position), MAIL)
    assert [sent["channel"] for sent in client.sent] == [HEADLINE, HEADLINE]
    assert [sent["embeds"][0].title for sent in client.sent] == ["Paper number 1", "Paper number 2"]


async def test_a_thread_that_was_deleted_is_not_called_the_channel() -> None:
    client = FakeClient(error=http_error(404, 10003))
    with pytest.raises(DeliveryError) as failed:
        await _messenger(client).post_edition(_delivery(Part.PAPER, 2), MAIL)
    assert failed.value.fault is Fault.THREAD_CLOSED


async def test_an_alert_by_dm_pings_nobody() -> None:
    client = FakeClient()
    assert await _messenger(client).post_alert(_delivery(Part.ALERT), ALERT) == Receipt(DM, 900)
    assert "<@" not in client.sent[0]["content"]
    assert client.sent[0]["allowed_mentions"].to_dict() == {"parse": []}


async def test_an_alert_in_a_channel_pings_its_member_alone() -> None:
    client = FakeClient()
    await _messenger(client).post_alert(_delivery(Part.ALERT), HERE)
    assert client.sent[0]["content"].startswith(f"<@{MEMBER}>")
    assert client.sent[0]["allowed_mentions"].to_dict() == {"parse": [], "users": [MEMBER]}


async def test_an_alert_whose_embed_is_refused_still_names_the_day_and_has_its_menu() -> None:
    tree = {"embeds": {"0": {"description": {"_errors": [{"code": "X", "message": "as Discord says"}]}}}}
    client = FakeClient(refusals=[http_error(400, 50035, "Invalid Form Body", tree)])
    assert await _messenger(client).post_alert(_delivery(Part.ALERT), ALERT) == Receipt(DM, 900)
    [sent] = client.sent
    assert (sent["nonce"], sent["embeds"]) == ("paperboy-3", ())
    assert "2024년" in sent["content"]
    assert [item.item.custom_id for item in sent["view"].children] == ["papers:d3", "alert:manage:3"]


@pytest.mark.parametrize(
    "client",
    [
        FakeClient(away=http_error(404, 10007)),
        FakeClient(away=http_error(404, 10013)),
        FakeClient(visible=False),
    ],
    ids=["left", "deleted", "blind"],
)
async def test_who_left_or_sees_the_channel_no_more_is_not_pinged(client: FakeClient) -> None:
    with pytest.raises(DeliveryError) as failed:
        await _messenger(client).post_alert(_delivery(Part.ALERT), HERE)
    assert (failed.value.fault, failed.value.unsure) == (Fault.MEMBER_AWAY, False)
    assert client.sent == []


async def test_a_member_that_can_not_be_asked_for_now_leaves_no_doubt_and_the_alert_waits() -> None:
    client = FakeClient(away=http_error(503))
    with pytest.raises(DeliveryError) as failed:
        await _messenger(client).post_alert(_delivery(Part.ALERT), HERE)
    assert (failed.value.fault, failed.value.unsure) == (Fault.UNAVAILABLE, False)


@pytest.mark.parametrize("error", [http_error(403), http_error(404), http_error(403, 50001), http_error(404, 10003)])
async def test_a_dm_that_is_refused_is_closed_whatever_discord_calls_it(error: Exception) -> None:
    with pytest.raises(DeliveryError) as failed:
        await _messenger(FakeClient(error=error)).post_alert(_delivery(Part.ALERT), ALERT)
    assert failed.value.fault is Fault.DMS_CLOSED


@pytest.mark.parametrize("error", [http_error(404, 10003), http_error(404)])
async def test_papers_of_an_edition_without_a_thread_stand_in_the_channel(error: Exception) -> None:
    client, threadless = FakeClient(), replace(MAIL, threadless=True)
    assert await _messenger(client).post_edition(_delivery(Part.PAPER, 2), threadless) == Receipt(CHANNEL, 900)
    client.error = error
    with pytest.raises(DeliveryError) as failed:
        await _messenger(client).post_edition(_delivery(Part.PAPER, 2), threadless)
    assert failed.value.fault is Fault.CHANNEL_GONE


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (http_error(404, 10003), Fault.CHANNEL_GONE),
        (http_error(403, 50001), Fault.MISSING_PERMISSION),
        (http_error(403, 50013), Fault.MISSING_PERMISSION),
        (http_error(403, 50007), Fault.DMS_CLOSED),
        (http_error(400, 50083), Fault.THREAD_CLOSED),
        (http_error(401), Fault.UNAUTHORISED),
        (http_error(429), Fault.RATE_LIMITED),
        (discord.RateLimited(9), Fault.RATE_LIMITED),
        (http_error(503), Fault.UNAVAILABLE),
        (aiohttp.ClientConnectionError("refused"), Fault.UNAVAILABLE),
        (ConnectionResetError(), Fault.UNAVAILABLE),
        (TimeoutError(), Fault.UNAVAILABLE),
        (http_error(400, 50035), Fault.REJECTED),
        (http_error(404, 10008), Fault.THREAD_CLOSED),
        (http_error(404, 10004), Fault.SERVER_LEFT),
        (http_error(403, 20016), Fault.RATE_LIMITED),
        (http_error(403, 40333), Fault.UNAVAILABLE),
        (http_error(404, 10001), Fault.CHANNEL_GONE),
    ],
)
async def test_what_an_error_means(error: Exception, fault: Fault) -> None:
    with pytest.raises(DeliveryError) as failed:
        await _messenger(FakeClient(error=error)).post_edition(_delivery(Part.CARDS), MAIL)
    assert failed.value.fault is fault
    assert failed.value.detail


async def test_the_detail_is_discords_code_and_words_in_short() -> None:
    client = FakeClient(error=http_error(400, 50035, "Invalid\nForm " + "x" * 1000))
    with pytest.raises(DeliveryError) as failed:
        await _messenger(client).post_edition(_delivery(Part.CARDS), MAIL)
    assert failed.value.detail.startswith("400 50035 Invalid Form xxx")
    assert len(failed.value.detail) < 400


@pytest.mark.parametrize(
    ("client", "fault"),
    [
        (FakeClient(in_server=False), Fault.SERVER_LEFT),
        (FakeClient(in_server=False, ready=False), Fault.UNAVAILABLE),
        (FakeClient(unavailable=True), Fault.UNAVAILABLE),
    ],
)
async def test_a_server_that_the_client_does_not_know_is_not_posted_to(client: FakeClient, fault: Fault) -> None:
    with pytest.raises(DeliveryError) as failed:
        await _messenger(client).post_edition(_delivery(Part.CARDS), MAIL)
    assert failed.value.fault is fault
    assert not client.sent


async def test_before_it_is_connected_a_delivery_waits() -> None:
    with pytest.raises(DeliveryError) as failed:
        await DiscordMessenger(5).post_edition(_delivery(Part.CARDS), MAIL)
    assert failed.value.fault is Fault.UNAVAILABLE


async def test_a_bug_of_ours_is_not_taken_for_a_failure_of_discords() -> None:
    with pytest.raises(ZeroDivisionError):
        await _messenger(FakeClient(error=ZeroDivisionError())).post_edition(_delivery(Part.CARDS), MAIL)


@pytest.mark.parametrize("part", [Part.CARDS, Part.THREAD])
async def test_while_invalid_requests_are_near_their_limit_nothing_is_sent_and_it_is_tried_later(part: Part) -> None:
    client, invalid = FakeClient(), InvalidRequests()
    messenger = DiscordMessenger(5, invalid)
    messenger.connect(cast("discord.Client", client))
    for _ in range(STOP):
        invalid.note(403)
    with pytest.raises(DeliveryError) as stopped:
        await messenger.post_edition(_delivery(part), MAIL)
    assert (stopped.value.fault, stopped.value.unsure) == (Fault.RATE_LIMITED, False)
    assert (client.sent, client.threads) == ([], [])


async def test_what_many_servers_get_is_rendered_once_and_each_message_bears_its_own_mark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rendered: list[tuple[Selection, str]] = []

    def cards(selection: Selection, catalogue: Catalogue) -> Message:
        rendered.append((selection, catalogue.language))
        return edition_cards(selection, catalogue)

    monkeypatch.setattr("bot.chat.delivery.writing.edition_cards", cards)
    client = FakeClient()
    messenger = _messenger(client)
    fewer = replace(MAIL, selection=Selection(FRIDAY, 2, LISTINGS[:1]))
    for number, mail in enumerate((MAIL, replace(MAIL, guild_id=2), fewer, replace(MAIL, language="en"), MAIL)):
        await messenger.post_edition(replace(_delivery(Part.CARDS), id=number), mail)
    assert rendered == [(MAIL.selection, "ko"), (fewer.selection, "ko"), (MAIL.selection, "en")]
    assert [sent["view"].children[0].custom_id for sent in client.sent] == [f"papers:d{n}" for n in range(5)]


@pytest.mark.parametrize("part", [Part.CARDS, Part.HEADLINE])
async def test_an_edition_mentions_a_role_below_its_first_lines_and_allows_that_alone(part: Part) -> None:
    client = FakeClient()
    await _messenger(client).post_edition(_delivery(part), replace(MAIL, mention="77"))
    [sent] = client.sent
    assert sent["content"].endswith("\n<@&77>")
    assert sent["allowed_mentions"].to_dict() == {"parse": [], "roles": [77]}


async def test_a_paper_of_a_thread_mentions_nobody() -> None:
    client = FakeClient()
    await _messenger(client).post_edition(_delivery(Part.PAPER, 2), replace(MAIL, mention="77"))
    [sent] = client.sent
    assert "<@&" not in sent["content"]
    assert sent["allowed_mentions"].to_dict() == {"parse": []}
