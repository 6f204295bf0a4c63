"""An import of digests as an admin sees it: what it would do, the question before it is done, and what was done."""

import io
from datetime import timedelta

import aiohttp
import discord
from discord import app_commands, ui

from bot.chat.digests.words import order_text
from bot.chat.interactions.controls import Persistent, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.language import catalogue_of
from bot.chat.interactions.permissions import require_posting
from bot.chat.interactions.reply import reply, update
from bot.chat.text import limits
from bot.chat.text.limits import Message
from bot.digests.document import MAX_BYTES, Entry, read
from bot.digests.exchange import ImportPlan
from bot.errors import RefusalError
from bot.locale import Catalogue

FILE_NAME = "paperboy-digests.json"
_COLOUR = 0x4F6D9A
_AHEAD = timedelta(hours=14)  # of UTC: no zone has a later date

Button = ui.Button[ui.View]


async def import_file(interaction: discord.Interaction, file: discord.Attachment) -> None:
    """Do what a file asks for where the server has no digests; else say what that would do, and ask.

    Raises RefusalError for a file that can't be taken as it is; then nothing is done.
    """
    await interaction.response.defer(ephemeral=True, thinking=True)
    guild = _server_of_admin(interaction)
    content = await read_attachment(file, MAX_BYTES)
    plan = await _plan(interaction, guild, content)
    catalogue = catalogue_of(interaction)
    if not plan.digests:
        await services_of(interaction).exchange.carry_out(guild.id, plan, interaction.user.id)
        await reply(interaction, _told("import-done", plan, catalogue))
        return
    # The file stays with the question, so that nothing of it is kept here: the answer reads it again.
    view = view_of(
        ImportAnswer("yes", plan.mark, catalogue.say("import-yes")),
        ImportAnswer("no", plan.mark, catalogue.say("import-no")),
    )
    question = _told("import-question", plan, catalogue)
    await reply(interaction, question, view=view, file=discord.File(io.BytesIO(content), FILE_NAME))


class ImportAnswer(Persistent[Button], template=r"digest:import:(?P<answer>yes|no):(?P<mark>[0-9a-f]{16})"):
    """Does what the file beside the question asks for, or not. `mark` names the plan that was shown."""

    cost = Cost.ORDER

    def __init__(self, answer: str, mark: str, label: str | None = None) -> None:
        style = discord.ButtonStyle.danger if answer == "yes" else discord.ButtonStyle.secondary
        super().__init__(ui.Button(label=label, style=style, custom_id=f"digest:import:{answer}:{mark}"))
        self._answer = answer
        self._mark = mark

    async def press(self, interaction: discord.Interaction) -> None:
        """Do as answered, and say so in the question's place."""
        catalogue = catalogue_of(interaction)
        if self._answer == "no":
            await update(interaction, Message(catalogue.say("import-kept")))
            return
        guild = _server_of_admin(interaction)
        files = interaction.message.attachments if interaction.message else []
        if not files:
            raise RefusalError("import-unreadable")
        await interaction.response.defer()
        plan = await _plan(interaction, guild, await read_attachment(files[0], MAX_BYTES))
        if plan.mark != self._mark:
            raise RefusalError("import-changed")
        await services_of(interaction).exchange.carry_out(guild.id, plan, interaction.user.id)
        await update(interaction, _told("import-done", plan, catalogue))


def _server_of_admin(interaction: discord.Interaction) -> discord.Guild:
    """The server, where the member may manage it: a button is not guarded by its command's permissions."""
    if interaction.guild is None:
        raise app_commands.NoPrivateMessage
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])
    return interaction.guild


async def _plan(interaction: discord.Interaction, guild: discord.Guild, content: bytes) -> ImportPlan:
    """What a file asks of a server. Raises RefusalError where an edition could not be posted in its channel."""
    services = services_of(interaction)
    entries = read(content, (services.clock.now() + _AHEAD).date())
    for place, entry in enumerate(entries, 1):
        _check_channel(guild, place, entry, catalogue_of(interaction))
    return await services.exchange.plan(guild.id, entries)


def _check_channel(guild: discord.Guild, place: int, entry: Entry, catalogue: Catalogue) -> None:
    channel = guild.get_channel(entry.order.channel_id)
    if not isinstance(channel, discord.TextChannel):  # another server's is as unknown as one that never was
        raise RefusalError("import-wrong-channel", place=place)
    require_posting(channel, entry.order.style, catalogue)


def _told(key: str, plan: ImportPlan, catalogue: Catalogue) -> Message:
    """A message with the counts of a plan, and its digests: those that stay, are new, and go."""
    content = catalogue.say(key, kept=len(plan.kept), added=len(plan.added), removed=len(plan.removed))
    rows = [
        *(("✅", entry.number, entry.order) for _, entry in plan.kept),
        *(("➕", entry.number, entry.order) for entry in plan.added),
        *(("🗑️", digest.number, digest.order) for digest in plan.removed),
    ]
    blocks = [f"{sign} **#{number}** · {order_text(order, catalogue)}" for sign, number, order in rows]
    body, _ = limits.join_fitting(blocks, limits.DESCRIPTION)
    return limits.compose(content, [discord.Embed(description=body, colour=_COLOUR)])


_TIMEOUT = aiohttp.ClientTimeout(total=10)
_CHUNK = 8 * 1024
_OK = 200


async def read_attachment(attachment: discord.Attachment, limit: int) -> bytes:
    """The content, of at most `limit` bytes: more is neither begun to be read where Discord says so, nor read on.

    Raises RefusalError where it is too large or can't be had.
    """
    if attachment.size > limit:
        raise _too_large(limit)
    # Packed content would be small on the way and large here.
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
