"""Files that members hand in, read as what they are: a stranger's."""

import aiohttp
import discord

from bot.errors import RefusalError

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
