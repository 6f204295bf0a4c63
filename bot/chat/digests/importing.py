"""/digest import as an admin sees it: what it would do, the question, and what was done."""

import io
from datetime import timedelta

import aiohttp
import discord
from discord import ui

from bot.chat.digests.words import order_text
from bot.chat.interactions.controls import Persistent, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.managers import require_digests, server_of
from bot.chat.interactions.mentions import require_mention
from bot.chat.interactions.permissions import Postable, member_of, require_kind, require_posting
from bot.chat.interactions.reply import reply, update
from bot.chat.interactions.tags import require_tags
from bot.chat.interactions.translate import catalogue_of
from bot.chat.text import limits, theme
from bot.chat.text.limits import Message
from bot.chat.text.theme import Sign
from bot.digests.document import MAX_BYTES, Entry, read
from bot.digests.exchange import ImportPlan
from bot.errors import RefusalError
from bot.locale import Catalogue

FILE_NAME = "paperboy-digests.json"
_AHEAD = timedelta(hours=14)  # the offset of the zone that is furthest ahead of UTC
_TIMEOUT = aiohttp.ClientTimeout(total=10)
_CHUNK = 8 * 1024
_OK = 200

Button = ui.Button[ui.View]


async def import_file(interaction: discord.Interaction, file: discord.Attachment) -> None:
    """Import a file at once if the server has no digests; otherwise show what would change, and ask.

    If the file changes nothing, it only says so. Raises RefusalError if the file can't be imported; nothing is changed.
    """
    await interaction.response.defer(ephemeral=True, thinking=True)
    guild = server_of(interaction)
    content = await read_attachment(file, MAX_BYTES)
    plan = await _plan(interaction, guild, content)
    catalogue = catalogue_of(interaction)
    if plan.changes_nothing:
        await reply(interaction, _told("import-same", plan, catalogue))
        return
    if not plan.digests:
        await services_of(interaction).exchange.carry_out(guild.id, plan, interaction.user.id)
        await reply(interaction, _told("import-done", plan, catalogue))
        return
    # The file is attached to the question and read again from there, so nothing has to be kept here.
    view = view_of(
        ImportAnswer("yes", plan.mark, catalogue.say("import-yes")),
        ImportAnswer("no", plan.mark, catalogue.say("import-no")),
    )
    question = _told("import-question", plan, catalogue)
    await reply(interaction, question, view=view, file=discord.File(io.BytesIO(content), FILE_NAME))


class ImportAnswer(Persistent[Button], template=r"digest:import:(?P<answer>yes|no):(?P<mark>[0-9a-f]{16})"):
    """Imports the file attached to the question, or leaves all as it is. `mark` identifies the plan that was shown."""

    cost = Cost.ORDER

    def __init__(self, answer: str, mark: str, label: str | None = None) -> None:
        style = discord.ButtonStyle.danger if answer == "yes" else discord.ButtonStyle.secondary
        super().__init__(ui.Button(label=label, style=style, custom_id=f"digest:import:{answer}:{mark}"))
        self._answer = answer
        self._mark = mark

    async def press(self, interaction: discord.Interaction) -> None:
        """Act on the answer, and replace the question with what was done."""
        catalogue = catalogue_of(interaction)
        if self._answer == "no":
            await update(interaction, Message(catalogue.say("import-cancelled")))
            return
        guild = await require_digests(interaction)
        files = interaction.message.attachments if interaction.message else []
        if not files:
            raise RefusalError("import-unreadable")
        await interaction.response.defer()
        plan = await _plan(interaction, guild, await read_attachment(files[0], MAX_BYTES))
        if plan.mark != self._mark:
            raise RefusalError("import-changed")
        await services_of(interaction).exchange.carry_out(guild.id, plan, interaction.user.id)
        await update(interaction, _told("import-done", plan, catalogue))


async def _plan(interaction: discord.Interaction, guild: discord.Guild, content: bytes) -> ImportPlan:
    """Plan the import of a file. Raises RefusalError if editions could not be posted in one of its channels."""
    services = services_of(interaction)
    entries = read(content, (services.clock.now() + _AHEAD).date())
    for place, entry in enumerate(entries, 1):
        _check_channel(interaction, guild, place, entry)
    return await services.exchange.plan(guild.id, entries)


def _check_channel(interaction: discord.Interaction, guild: discord.Guild, place: int, entry: Entry) -> None:
    catalogue = catalogue_of(interaction)
    channel = guild.get_channel(entry.order.channel_id)
    if not isinstance(channel, Postable):  # does not reveal whether another server has it
        raise RefusalError("import-wrong-channel", place=place)
    require_posting(channel, entry.order.style, catalogue, discuss=entry.order.discuss)
    require_kind(channel, entry.order)
    require_tags(channel, entry.order)
    require_mention(channel, entry.order, member_of(interaction), catalogue)


def _told(key: str, plan: ImportPlan, catalogue: Catalogue) -> Message:
    """A message with a plan's counts and its digests: kept, added and removed."""
    counts = {"kept": len(plan.kept), "added": len(plan.added), "removed": len(plan.removed)}
    changes = catalogue.listed(catalogue.say(f"import-{act}", count=count) for act, count in counts.items() if count)
    content = catalogue.say(key, changes=changes)
    rows = [
        *((Sign.DONE, entry.number, entry.order) for _, entry in plan.kept),
        *((Sign.ADDED, entry.number, entry.order) for entry in plan.added),
        *((Sign.DELETE, digest.number, digest.order) for digest in plan.removed),
    ]
    blocks = [f"{sign} **#{number}** · {order_text(order, catalogue)}" for sign, number, order in rows]
    body, _ = limits.join_fitting(blocks, limits.DESCRIPTION)
    return limits.compose(content, [discord.Embed(description=body, colour=theme.PAPER)])


async def read_attachment(attachment: discord.Attachment, limit: int) -> bytes:
    """Download an attachment of at most `limit` bytes; reading stops at the limit, whatever size Discord states.

    Raises RefusalError if it is too large or not available.
    """
    if attachment.size > limit:
        raise _too_large(limit)
    # Compressed content could expand far beyond the limit.
    plainly = {"Accept-Encoding": "identity"}
    try:
        async with (
            aiohttp.ClientSession(timeout=_TIMEOUT, auto_decompress=False, headers=plainly) as session,
            session.get(attachment.url, allow_redirects=False) as response,
        ):
            if response.status != _OK:
                raise RefusalError("import-unreadable")
            return await _read(response, limit)
    except (aiohttp.ClientError, TimeoutError) as error:
        raise RefusalError("import-unreadable") from error


async def _read(response: aiohttp.ClientResponse, limit: int) -> bytes:
    content = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        content += chunk
        if len(content) > limit:
            raise _too_large(limit)
    return bytes(content)


def _too_large(limit: int) -> RefusalError:
    return RefusalError("import-too-large", limit=limit // 1024)
