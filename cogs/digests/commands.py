"""The commands of /digest: each reads its options, calls the service, and shows the answer."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.digests.acts import DEFAULT_TIME, add_digest, digest_channel, post_now
from bot.chat.digests.listing import show_digests
from bot.chat.digests.outlook import outlook_text
from bot.chat.digests.preview import show_preview
from bot.chat.digests.removing import ask_to_remove
from bot.chat.digests.words import day_history, digest_set, history, site_text
from bot.chat.interactions.controls import costs
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.managers import server_of
from bot.chat.interactions.mentions import require_mention
from bot.chat.interactions.permissions import (
    Postable,
    loss_without_history,
    member_of,
    obstacle,
    require_kind,
    require_posting,
)
from bot.chat.interactions.reply import reply
from bot.chat.interactions.tags import require_tags
from bot.chat.interactions.translate import catalogue_of, text
from bot.client import Paperboy
from bot.digests.model import Order, Style
from bot.errors import RefusalError
from bot.search.dates import parse_date
from cogs.digests.choices import date_choices, digest_choices
from cogs.digests.exchange import ExchangeCommands
from cogs.digests.here import HereCommands
from cogs.digests.options import Interaction, changed, home_zone, takes_order
from cogs.options import named


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Digests(
    ExchangeCommands,
    HereCommands,
    commands.GroupCog,
    group_name=text("command-digest"),
    group_description=text("command-digest-about"),
    name="digest",
):
    """The group /digest, for a server's admins."""

    def __init__(self, bot: Paperboy) -> None:
        self._digests = bot.services.digests

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Require a server. Who may use the commands there is Discord's to check, as the server has set it."""
        return bool(server_of(interaction))

    @app_commands.command(name=text("command-digest-add"), description=text("command-digest-add-about"))
    @takes_order()
    async def add(self, interaction: Interaction, /, **given: Any) -> None:  # noqa: ANN401  OPTIONS has their types
        """Start a digest, by default in the channel where the command is typed."""
        channel: Postable = given["channel"] or _here(interaction)
        if given["style"] is None and isinstance(channel, discord.ForumChannel):
            given["style"] = Style.POSTS
        zone = given["timezone"] or (await home_zone(interaction)).key
        order = changed(Order(channel.id, given["time"] or DEFAULT_TIME, zone), given)
        await add_digest(interaction, channel, order)

    @app_commands.command(name=text("command-digest-list"), description=text("command-digest-list-about"))
    async def list(self, interaction: Interaction) -> None:
        """Show the server's digests."""
        await show_digests(interaction)

    @app_commands.command(name=text("command-digest-edit"), description=text("command-digest-edit-about"))
    @named("digest", "digest")
    @takes_order()
    @app_commands.autocomplete(digest=digest_choices)
    async def edit(
        self,
        interaction: Interaction,
        /,
        digest: int | None = None,
        **given: Any,  # noqa: ANN401  OPTIONS has their types
    ) -> None:
        """Change a digest."""
        guild_id, number = await self._which(interaction, digest)
        held = await self._digests.get(guild_id, number)
        order = changed(held.order, given)
        catalogue = catalogue_of(interaction)
        target = digest_channel(interaction.guild, number, order)
        require_posting(target, order.style, catalogue, discuss=order.discuss)
        require_kind(target, order)
        require_tags(target, order)
        if given["mention"] or given["channel"]:
            require_mention(target, order, member_of(interaction), catalogue)
        # The check has passed, so a new channel, style or tag removes the cause for which Paperboy paused the digest.
        mended = (
            bool(given["channel"] or given["style"] or given["tags"] or held.unreadable)
            and held.pause is not None
            and held.pause.reason is not None
        )
        standing = await self._digests.edit(guild_id, number, order, resume=mended)
        done = "digest-edited-resumed" if mended else "digest-edited"
        note = loss_without_history(target, catalogue)
        outlook = await outlook_text(order, interaction.client.services, catalogue)
        await reply(interaction, digest_set(done, standing, interaction.guild, catalogue, note, outlook))

    @app_commands.command(name=text("command-digest-remove"), description=text("command-digest-remove-about"))
    @named("digest", "digest")
    @app_commands.autocomplete(digest=digest_choices)
    async def remove(self, interaction: Interaction, digest: int | None = None) -> None:
        """Ask whether to remove a digest."""
        await ask_to_remove(interaction, await self._digests.get(*await self._which(interaction, digest)))

    @app_commands.command(name=text("command-digest-pause"), description=text("command-digest-pause-about"))
    @costs(Cost.ORDER)
    @named("digest", "digest")
    @app_commands.autocomplete(digest=digest_choices)
    async def pause(self, interaction: Interaction, digest: int | None = None) -> None:
        """Pause a digest."""
        standing = await self._digests.set_paused(*await self._which(interaction, digest), paused=True)
        catalogue = catalogue_of(interaction)
        await reply(interaction, catalogue.say("digest-now-paused", number=standing.digest.number))

    @app_commands.command(name=text("command-digest-resume"), description=text("command-digest-resume-about"))
    @named("digest", "digest")
    @app_commands.autocomplete(digest=digest_choices)
    async def resume(self, interaction: Interaction, digest: int | None = None) -> None:
        """Resume a digest, if its channel can take editions."""
        guild_id, number = await self._which(interaction, digest)
        held = await self._digests.get(guild_id, number)
        catalogue = catalogue_of(interaction)
        if held.pause is not None and (found := obstacle(interaction.guild, held.order)):
            raise RefusalError(f"error-resume-{found.kind}", number=number, **found.values(catalogue))
        standing = await self._digests.set_paused(guild_id, number, paused=False)
        await reply(interaction, digest_set("digest-resumed", standing, interaction.guild, catalogue))

    @app_commands.command(name=text("command-digest-preview"), description=text("command-digest-preview-about"))
    @costs(Cost.ORDER)
    @named("digest", "digest")
    @app_commands.autocomplete(digest=digest_choices)
    async def preview(self, interaction: Interaction, digest: int | None = None) -> None:
        """Show what a digest would post."""
        proof = await self._digests.preview(*await self._which(interaction, digest))
        await show_preview(interaction, proof)

    @app_commands.command(name=text("command-digest-now"), description=text("command-digest-now-about"))
    @costs(Cost.ORDER)
    @named("digest", "digest")
    @app_commands.autocomplete(digest=digest_choices)
    async def now(self, interaction: Interaction, digest: int | None = None) -> None:
        """Post an edition now."""
        _, number = await self._which(interaction, digest)
        await post_now(interaction, server_of(interaction), number)

    @app_commands.command(name=text("command-digest-why"), description=text("command-digest-why-about"))
    @named("digest", "digest", "date")
    @app_commands.autocomplete(digest=digest_choices)
    @app_commands.autocomplete(date=date_choices)
    async def why(self, interaction: Interaction, digest: int | None = None, date: str | None = None) -> None:
        """Show what became of the last editions, or of those on one date."""
        guild_id, number = await self._which(interaction, digest)
        catalogue = catalogue_of(interaction)
        site = site_text(await interaction.client.services.desk.site_health(), catalogue)
        if date is None:
            told = await self._digests.why(guild_id, number)
            await reply(interaction, history(told, interaction.guild, catalogue, site))
        else:
            on = parse_date(date, await self._digests.today(guild_id, number))
            told_on = await self._digests.why_on(guild_id, number, on)
            await reply(interaction, day_history(told_on, interaction.guild, catalogue, site))

    async def _which(self, interaction: Interaction, number: int | None) -> tuple[int, int]:
        """The server's id and the digest's number, which may be omitted if the server has just one."""
        guild_id = interaction.guild_id or 0
        if number is not None:
            return guild_id, number
        standings = await self._digests.of_server(guild_id)
        if len(standings) != 1:
            raise RefusalError("error-digest-which" if standings else "error-digest-none")
        return guild_id, standings[0].digest.number


def _here(interaction: Interaction) -> Postable:
    """The channel where a command is typed; of a thread or post, its parent. Raises RefusalError if it can't be one."""
    place = interaction.channel
    channel = place.parent if isinstance(place, discord.Thread) else place
    # discord.py knows an interaction's channel also where the bot can't see it.
    if not isinstance(channel, Postable) or server_of(interaction).get_channel(channel.id) is None:
        raise RefusalError("error-channel-here")
    return channel
