"""Carries deliveries to Discord: the Messenger of bot.delivery, by REST alone."""

from collections.abc import Iterator
from contextlib import contextmanager

import discord

from bot.alerts.model import Alert
from bot.chat.alerts import alert_message
from bot.chat.buttons_edition import edition_view
from bot.chat.buttons_notice import notice_view
from bot.chat.cards import edition_cards, edition_headline, edition_paper, thread_name
from bot.chat.faults import PASSING, THREAD_EXISTS, delivery_error
from bot.chat.language import server_catalogue
from bot.chat.message import Message
from bot.chat.notices import notice_board, notice_message
from bot.chat.obstacles import require_embeds
from bot.chat.pace import Pace
from bot.delivery.model import Delivery, EditionMail, Part, Receipt
from bot.digests.model import Digest
from bot.errors import DeliveryError, Fault
from bot.locale import Catalogue

PER_SECOND = 40  # of the 50 that Discord allows: the rest is for answers and for discord.py's own requests
_FIRST_PAPER = 2  # position of the first paper, after the headline and the thread


class DiscordMessenger:
    """Writes each delivery in its reader's language and posts it. It pings nobody but the member of an alert."""

    def __init__(self) -> None:
        self._pace = Pace(PER_SECOND)
        self._connected: discord.Client | None = None

    def connect(self, client: discord.Client) -> None:
        """Send by this client from now on."""
        self._connected = client

    async def post_edition(self, delivery: Delivery, mail: EditionMail) -> Receipt:
        """Post one part of an edition.

        Raises DeliveryError; SERVER_LEFT without asking Discord where the client knows that it is not in the server.
        """
        catalogue = server_catalogue(self._server(mail.guild_id).preferred_locale, mail.language)
        require_embeds(self._client, mail.channel_id)
        match delivery.part:
            case Part.THREAD:
                return await self._open_thread(mail, catalogue)
            case Part.PAPER:
                return await self._post_paper(delivery, mail, catalogue)
            case Part.HEADLINE:
                message = edition_headline(mail.selection, catalogue)
            case _:
                message = edition_cards(mail.selection, catalogue)
        view = edition_view(mail.selection, catalogue)
        return await self._send(delivery, mail.channel_id, message, view=view)

    async def post_alert(self, delivery: Delivery, alert: Alert) -> Receipt:
        """Send an alert: to the member's DM, or to a channel, where it pings that member alone.

        Raises DeliveryError.
        """
        catalogue = server_catalogue(None, alert.language)
        member = discord.Object(alert.user_id)
        if alert.channel_id is None:
            message = alert_message(alert, catalogue, mention=False)
            return await self._send(delivery, await self._dm(member), message)
        require_embeds(self._client, alert.channel_id)
        message = alert_message(alert, catalogue, mention=True)
        return await self._send(delivery, alert.channel_id, message, pings=[member])

    async def post_notice(self, delivery: Delivery, digest: Digest) -> Receipt:
        """Tell of a pause in the server's system channel, where the bot may post there, else the admin by DM.

        Raises DeliveryError; DMS_CLOSED where there is neither.
        """
        guild = self._server(digest.guild_id)
        catalogue = server_catalogue(guild.preferred_locale, digest.order.language)
        view = notice_view(digest, catalogue)
        if board := notice_board(guild):
            message = notice_message(digest, guild, catalogue, by_dm=False)
            return await self._send(delivery, board.id, message, view=view)
        if not digest.created_by:
            raise DeliveryError(Fault.DMS_CLOSED, "nobody is known to have made the digest")
        message = notice_message(digest, guild, catalogue, by_dm=True)
        return await self._send(delivery, await self._dm(discord.Object(digest.created_by)), message, view=view)

    async def _post_paper(self, delivery: Delivery, mail: EditionMail, catalogue: Catalogue) -> Receipt:
        message = edition_paper(mail.selection, delivery.position - _FIRST_PAPER, catalogue)
        try:
            return await self._send(delivery, _headline(mail), message)
        except DeliveryError as error:
            if error.fault is not Fault.CHANNEL_GONE:
                raise
            raise DeliveryError(Fault.THREAD_CLOSED, error.detail) from error  # the thread is gone, not the channel

    async def _open_thread(self, mail: EditionMail, catalogue: Catalogue) -> Receipt:
        """Open the thread below the headline, whose id it bears. One that is there already is as good."""
        channel = self._client.get_partial_messageable(mail.channel_id, guild_id=mail.guild_id)
        headline = channel.get_partial_message(_headline(mail))
        await self._pace.wait()
        with _told_as_fault():
            try:
                await headline.create_thread(name=thread_name(mail.selection, catalogue))
            except discord.HTTPException as error:
                if error.code != THREAD_EXISTS:
                    raise
        return Receipt(mail.channel_id, headline.id)

    async def _dm(self, member: discord.abc.Snowflake) -> int:
        await self._pace.wait()
        with _told_as_fault():
            return (await self._client.create_dm(member)).id

    async def _send(
        self,
        delivery: Delivery,
        channel_id: int,
        message: Message,
        *,
        view: discord.ui.View | None = None,
        pings: list[discord.abc.Snowflake] | None = None,
    ) -> Receipt:
        mentions = discord.AllowedMentions(everyone=False, roles=False, replied_user=False, users=pings or False)
        await self._pace.wait()
        with _told_as_fault():
            sent = await self._client.get_partial_messageable(channel_id).send(
                message.content,
                embeds=message.embeds,
                view=view or discord.utils.MISSING,
                nonce=delivery.nonce,
                allowed_mentions=mentions,
            )
        return Receipt(channel_id, sent.id)

    def _server(self, guild_id: int) -> discord.Guild:
        """The server as the client knows it: it speaks the language that an edition is written in."""
        guild = self._client.get_guild(guild_id)
        if guild is None and self._client.is_ready():
            raise DeliveryError(Fault.SERVER_LEFT, "the bot is not in the server")
        if guild is None or guild.unavailable:
            raise DeliveryError(Fault.UNAVAILABLE, "Discord has not yet told of the server")
        return guild

    @property
    def _client(self) -> discord.Client:
        if self._connected is None:
            raise DeliveryError(Fault.UNAVAILABLE, "not connected")
        return self._connected


@contextmanager
def _told_as_fault() -> Iterator[None]:
    try:
        yield
    except PASSING as error:
        raise delivery_error(error) from error


def _headline(mail: EditionMail) -> int:
    if mail.headline_id is None:
        raise DeliveryError(Fault.REJECTED, "the headline was never posted")
    return mail.headline_id
