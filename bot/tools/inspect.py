"""Checks Discord over REST for `paperboy check`: the token, and whether the bot may post in its channels."""

from types import TracebackType
from typing import Self

import discord
from discord.http import Route

from bot.chat.gateway.patience import failure, refuses_token
from bot.chat.interactions.permissions import Postable, granted, missing_to_be_sure, permission_names, publishes
from bot.digests.model import Order
from bot.errors import PaperboyError, SettingsError
from bot.locale import Language, catalogue


class Inspector:
    """A login without a gateway connection. Raises SettingsError if the token is refused."""

    def __init__(self, token: str, api_url: str, proxy: str | None = None) -> None:
        Route.BASE = api_url
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # voice is not used
        self._token = token
        self._client = discord.Client(intents=discord.Intents(guilds=True), proxy=proxy)

    async def __aenter__(self) -> Self:
        """Log in."""
        try:
            await self._client.login(self._token)
        except Exception as error:  # whatever went wrong
            await self._client.close()
            if refuses_token(error):
                raise SettingsError("the token is refused: make a new one on the developer portal") from error
            raise PaperboyError(f"can't be asked: {failure(error)}") from error
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Log out."""
        await self._client.close()

    @property
    def name(self) -> str:
        """The bot's own name."""
        return str(self._client.user)

    @property
    def is_for_users(self) -> bool:
        """Whether the bot can be added to accounts."""
        application = self._client.application
        return application is not None and application.user_integration_config is not None

    async def trouble(self, guild_id: int, order: Order) -> str:
        """What keeps the bot from posting and publishing an order's editions exactly once; "" if nothing does."""
        try:
            guild = await self._client.fetch_guild(guild_id, with_counts=False)
            me = await guild.fetch_member(self._client.application_id or 0)
            channel = await guild.fetch_channel(order.channel_id)
        except Exception as error:  # noqa: BLE001  the other digests are still checked
            return f"the channel can't be seen ({failure(error)})"
        if not isinstance(channel, Postable):
            return "editions can't be posted in a channel of this kind"
        in_forum = isinstance(channel, discord.ForumChannel)
        missing = missing_to_be_sure(granted(channel, me), order.style, in_forum=in_forum, discuss=order.discuss)
        if missing:
            return f"missing {permission_names(missing, catalogue(Language.EN))}"
        return "only announcement channels can publish" if order.publish and not publishes(channel) else ""
