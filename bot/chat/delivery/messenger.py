"""Carries deliveries to Discord: the Messenger of bot.delivery, by REST alone."""

import asyncio
import logging
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from functools import partial

import discord

from bot.alerts.model import Alert
from bot.chat.delivery.doubt import attempting, may_be_stored
from bot.chat.delivery.faults import PASSING, delivery_error
from bot.chat.delivery.following import open_thread, publish, telling_of_message
from bot.chat.delivery.history import History
from bot.chat.delivery.invalid import InvalidRequests
from bot.chat.delivery.posts import create_post, find_post
from bot.chat.delivery.readers import require_member, require_reader
from bot.chat.delivery.threads import EditedThread
from bot.chat.delivery.writing import EditionWriter, post_name_of
from bot.chat.digests.notices import notice_board, notice_message, notice_view
from bot.chat.interactions.mentions import allowed_mentions
from bot.chat.interactions.permissions import require_embeds
from bot.chat.interactions.translate import server_catalogue
from bot.chat.members.alerts import alert_message, alert_view
from bot.chat.members.reminders import reminder_message, reminder_view
from bot.chat.papers.editions import post_name, thread_name
from bot.chat.text.limits import Message
from bot.chat.text.refused import send_accepted
from bot.delivery.model import Delivery, EditionMail, Letter, Part, Receipt
from bot.digests.model import Digest
from bot.errors import DeliveryError, Fault
from bot.locale import Catalogue

log = logging.getLogger(__name__)

# Faults of a channel mean something else in a thread or a DM: a thread may be gone while its channel exists.
_IN_THREAD: Mapping[Fault, Fault] = {Fault.CHANNEL_GONE: Fault.THREAD_CLOSED}
_BY_DM: Mapping[Fault, Fault] = dict.fromkeys(
    (Fault.CHANNEL_GONE, Fault.MISSING_PERMISSION, Fault.SERVER_LEFT), Fault.DMS_CLOSED
)


class DiscordMessenger:
    """Posts each delivery in its reader's language. Pings only the member of an alert, and whom an edition mentions.

    A message that takes longer than `timeout` seconds, including discord.py's retries, is cancelled and counts as
    unsure. Nothing is sent while `invalid` is near its limit. Discord is relied on to recognise a repeated nonce for
    `nonce_seconds`. `hide` removes secrets from error texts.
    """

    def __init__(
        self,
        timeout: float,
        invalid: InvalidRequests | None = None,
        *,
        nonce_seconds: float = math.inf,
        hide: Callable[[str], str] = str,
    ) -> None:
        self._timeout = timeout
        self._invalid = invalid or InvalidRequests()
        self._nonce_seconds = nonce_seconds
        self._hide = hide
        self._connected: discord.Client | None = None
        self._writer = EditionWriter()

    def connect(self, client: discord.Client) -> None:
        """Use this client from now on."""
        self._connected = client

    async def post_edition(self, delivery: Delivery, mail: EditionMail) -> Receipt:
        """Post one part of an edition, or do it to the message that it follows.

        Raises DeliveryError: SERVER_LEFT, without a request, if the client knows that the bot is not in the server.
        """
        catalogue = self._catalogue_there(mail)
        forum = self._forum(mail)
        if not delivery.part.is_message:
            return await self._do(delivery, mail, catalogue, forum)
        message, view = self._writer.write(delivery, mail, catalogue, self._server(mail.guild_id))
        mentions = allowed_mentions(mail.mention) if mail.mention and delivery.position == 0 else None
        if delivery.part is not Part.PAPER and forum:
            name = post_name_of(delivery, mail, catalogue)
            return await self._create_post(forum, delivery, mail, name, message, view, mentions)
        if delivery.part is Part.POST:
            raise DeliveryError(Fault.CHANNEL_GONE, "the channel is no forum")
        with self._telling_of(delivery, mail):
            return await self._send(delivery, await self._place(delivery, mail), message, view, mentions=mentions)

    async def _create_post(
        self,
        forum: discord.ForumChannel,
        delivery: Delivery,
        mail: EditionMail,
        name: str,
        message: Message,
        view: discord.ui.View,
        mentions: discord.AllowedMentions | None,
    ) -> Receipt:
        async with self._requesting(once=True):
            return await create_post(
                forum,
                name,
                message,
                view,
                tags=mail.tags,
                mentions=mentions or discord.AllowedMentions.none(),
                what=_name(delivery),
            )

    def _forum(self, letter: Letter) -> discord.ForumChannel | None:
        """The forum that an edition is posted in; None if its channel is of another kind or not known."""
        guild = self._client.get_guild(letter.guild_id) if isinstance(letter, EditionMail) else None
        channel = guild.get_channel_or_thread(letter.channel_id) if guild and isinstance(letter, EditionMail) else None
        return channel if isinstance(channel, discord.ForumChannel) else None

    def recognises(self, delivery: Delivery, letter: Letter) -> bool:
        """Whether Discord takes a delivery that is soon sent again for the same message: by its nonce, not for a post.

        Where the client does not know yet, nothing is sent either.
        """
        return self._connected is None or delivery.part is Part.PAPER or self._forum(letter) is None

    @asynccontextmanager
    async def revising(self, mail: EditionMail) -> AsyncIterator[Callable[[Delivery, Receipt], Awaitable[None]]]:
        """Gives a function that edits one posted part of an edition; its mark stays.

        An archived thread is unarchived for that, and archived at the end. The function raises DeliveryError:
        THREAD_CLOSED if the message is gone or the thread is locked.
        """
        thread = EditedThread(self._client, mail.headline_id or 0)
        try:
            yield partial(self._revise, mail, thread)
        finally:
            if thread.was_opened:
                await self._archive(thread, mail)

    async def _archive(self, thread: EditedThread, mail: EditionMail) -> None:
        try:
            async with self._requesting():
                await thread.close()
        except DeliveryError as error:  # Discord archives it itself some days later
            log.warning("the thread of edition %d stays open: %s", mail.edition_id, error)

    async def _revise(self, mail: EditionMail, thread: EditedThread, delivery: Delivery, receipt: Receipt) -> None:
        catalogue = self._catalogue_there(mail)
        written, view = self._writer.write(delivery, mail, catalogue, self._server(mail.guild_id))
        place = self._client.get_partial_messageable(receipt.channel_id, guild_id=mail.guild_id)
        posted = place.get_partial_message(receipt.message_id)

        async def edit(message: Message) -> None:
            await posted.edit(
                content=message.content,
                embeds=message.embeds,
                view=view,
                allowed_mentions=discord.AllowedMentions.none(),
            )

        if delivery.part is Part.POST:
            thread = EditedThread(self._client, receipt.channel_id)
        with self._telling_of(delivery, mail, in_thread=receipt.channel_id != mail.channel_id):
            async with self._requesting():
                await thread.edit(partial(send_accepted, written, edit, _name(delivery)))
        if delivery.part is Part.POST and thread.was_opened:
            await self._archive(thread, mail)

    def _catalogue_there(self, mail: EditionMail) -> Catalogue:
        """The catalogue for an edition. Raises DeliveryError if embeds can't be shown in its channel."""
        guild = self._server(mail.guild_id)
        require_embeds(guild.get_channel_or_thread(mail.channel_id))
        return server_catalogue(guild.preferred_locale, mail.language)

    async def post_alert(self, delivery: Delivery, alert: Alert) -> Receipt:
        """Send an alert, or a reminder, to the member's DM, or to a channel, where it pings only the member.

        Raises DeliveryError: MEMBER_AWAY if the member left the server or may not see the channel any more.
        """
        catalogue = server_catalogue(None, alert.language)
        view = (alert_view if alert.unread is None else reminder_view)(alert, catalogue, delivery.id)
        if alert.unread is not None:
            message, mentions = reminder_message(alert, catalogue), None
        elif alert.channel_id is None:
            message, mentions = alert_message(alert, catalogue, mention=False), None
        else:
            guild = self._server(alert.guild_id or 0)
            require_embeds(guild.get_channel_or_thread(alert.channel_id))
            with _nothing_sent():
                async with self._requesting():
                    await require_reader(guild, alert.user_id, alert.channel_id)
            message, mentions = alert_message(alert, catalogue, mention=True), _only_member(alert.user_id)
        with self._telling_of(delivery, alert):
            return await self._send(delivery, await self._place(delivery, alert), message, view, mentions=mentions)

    async def post_notice(self, delivery: Delivery, digest: Digest) -> Receipt:
        """Post the notice of a pause in the server's system channel if the bot may post there, else to the admin's DM.

        Raises DeliveryError: DMS_CLOSED if there is neither, MEMBER_AWAY if the admin left the server.
        """
        guild = self._server(digest.guild_id)
        catalogue = server_catalogue(guild.preferred_locale, digest.order.language)
        by_dm = notice_board(guild) is None
        message = notice_message(digest, guild, catalogue, by_dm=by_dm)
        view = notice_view(digest, catalogue, delivery.id)
        if by_dm and digest.created_by:
            with _nothing_sent():
                async with self._requesting():
                    await require_member(guild, digest.created_by)
        with self._telling_of(delivery, digest):
            return await self._send(delivery, await self._place(delivery, digest), message, view)

    async def find(self, delivery: Delivery, letter: Letter, since: datetime, until: datetime) -> Receipt | None:
        """The message of a delivery if it was posted between two moments on Discord's clock, else None.

        Raises DeliveryError: HISTORY_HIDDEN if the history may not be read or is too long.
        """
        forum = self._forum(letter)
        if forum and delivery.part is not Part.PAPER:
            async with self._requesting():
                return await find_post(forum, delivery.id, since, until)
        with self._telling_of(delivery, letter):
            place = await self._place(delivery, letter)
            async with self._requesting():
                history = History(self._client, place, letter.guild_id, self._ruling(letter))
                found = await history.find(delivery.id, since, until)
        return None if found is None else Receipt(place, found)

    async def _place(self, delivery: Delivery, letter: Letter) -> int:
        """The id of the channel, thread or DM that a delivery's message belongs in."""
        if isinstance(letter, Alert):
            return letter.channel_id or await self._dm(letter.user_id)
        if isinstance(letter, Digest):
            return self._ruling(letter) or await self._dm(letter.created_by)
        self._server(letter.guild_id)
        return _headline(letter) if _is_in_thread(delivery, letter) else letter.channel_id

    def _ruling(self, letter: Letter) -> int | None:
        """The channel whose permissions apply where a letter goes; None for a DM."""
        if isinstance(letter, Digest):
            board = notice_board(self._server(letter.guild_id))
            return board.id if board else None
        return letter.channel_id

    async def _do(
        self, delivery: Delivery, mail: EditionMail, catalogue: Catalogue, forum: discord.ForumChannel | None
    ) -> Receipt:
        """Open a thread on a posted message, or publish it; in a forum, the headline's post is its thread."""
        done_to = delivery.done_to or _headline(mail)
        if delivery.part is Part.THREAD and forum:
            return Receipt(done_to, done_to)
        channel = self._client.get_partial_messageable(mail.channel_id, guild_id=mail.guild_id)
        message = channel.get_partial_message(done_to)
        with telling_of_message(delivery.part):
            async with self._requesting():
                match delivery.part:
                    case Part.PUBLICATION:
                        await publish(message)
                    case Part.DISCUSSION:
                        await open_thread(message, post_name(mail.selection.listings[delivery.paper].paper))
                    case _:
                        await open_thread(message, thread_name(mail.selection, catalogue))
        return Receipt(mail.channel_id, done_to)

    async def _dm(self, user_id: int) -> int:
        """The channel of a member's DM. A failure here is never unsure, as no message was sent yet."""
        if not user_id:
            raise DeliveryError(Fault.DMS_CLOSED, "nobody is known to have made the digest")
        with _nothing_sent():
            async with self._requesting():
                return (await self._client.create_dm(discord.Object(user_id))).id

    async def _send(
        self,
        delivery: Delivery,
        channel_id: int,
        written: Message,
        view: discord.ui.View,
        *,
        mentions: discord.AllowedMentions | None = None,
    ) -> Receipt:
        """Send a message; it pings nobody but whom `mentions` allows."""
        place = self._client.get_partial_messageable(channel_id)

        async def post(message: Message) -> discord.Message:
            return await place.send(
                message.content,
                embeds=message.embeds,
                view=view,
                nonce=delivery.nonce,
                allowed_mentions=mentions or discord.AllowedMentions.none(),
            )

        async with self._requesting(self._nonce_seconds, delivery.send_until):
            sent = await send_accepted(written, post, _name(delivery))
        return Receipt(channel_id, sent.id)

    @asynccontextmanager
    async def _requesting(
        self, window: float = math.inf, until: float | None = None, *, once: bool = False
    ) -> AsyncIterator[None]:
        """Make requests in the block. Errors are raised as DeliveryError, with `unsure` set accordingly.

        No request is sent once its nonce is too old: `window` seconds after the first, or from `until` (`boottime`) on.
        With `once`, none is after one that may have been stored.
        """
        self._invalid.check()
        with attempting(window, until, once=once) as attempt:
            try:
                async with asyncio.timeout(self._timeout) as attempt.limit:
                    yield
            except PASSING as error:
                unsure = attempt.unsure or may_be_stored(error)
                raise delivery_error(error, unsure=unsure, hide=self._hide) from error
            except DeliveryError:
                raise
            except Exception as error:
                if attempt.status is None and not self._client.is_closed():  # a bug of ours: nothing was asked yet
                    raise
                told = f"the answer ({attempt.status}) can't be read: {type(error).__name__}"
                raise DeliveryError(Fault.UNAVAILABLE, told, unsure=True) from error

    @contextmanager
    def _telling_of(self, delivery: Delivery, letter: Letter, *, in_thread: bool = False) -> Iterator[None]:
        """Translate faults in the block to those of a thread or DM, if the message goes there."""
        others: Mapping[Fault, Fault] = {}
        if in_thread or _is_in_thread(delivery, letter):
            others = _IN_THREAD
        elif self._ruling(letter) is None:
            others = _BY_DM
        try:
            yield
        except DeliveryError as error:
            if error.fault not in others:
                raise
            raise DeliveryError(others[error.fault], error.detail, unsure=error.unsure, wait=error.wait) from error

    def _server(self, guild_id: int) -> discord.Guild:
        """The server from the client's cache, for its language. Raises DeliveryError if it is not there."""
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
def _nothing_sent() -> Iterator[None]:
    """Raise failures in the block as not unsure: no message was sent yet."""
    try:
        yield
    except DeliveryError as error:
        raise DeliveryError(error.fault, error.detail, wait=error.wait) from error


def _is_in_thread(delivery: Delivery, letter: Letter) -> bool:
    return delivery.part is Part.PAPER and isinstance(letter, EditionMail) and not letter.threadless


def _only_member(user_id: int) -> discord.AllowedMentions:
    return discord.AllowedMentions(everyone=False, roles=False, replied_user=False, users=[discord.Object(user_id)])


def _name(delivery: Delivery) -> str:
    return f"delivery {delivery.id} ({delivery.part})"


def _headline(mail: EditionMail) -> int:
    if mail.headline_id is None:
        raise DeliveryError(Fault.REJECTED, "the headline was never posted")
    return mail.headline_id
