"""What the cards of editions and the view of a paper share: the summary, the video and the arXiv id."""

import discord

from bot.chat.text import limits
from bot.chat.text.escape import join_given, shorten, utf16_len
from bot.chat.text.pictures import video
from bot.chat.text.prose import summary_text, unbroken
from bot.locale import Catalogue
from bot.papers import Paper

_ID = 40


def with_summary(embed: discord.Embed, paper: Paper, catalogue: Catalogue, used: int = 0) -> discord.Embed:
    """The embed with as much of the summary as fits, and the paper's video.

    `used` is what the message's other embeds take up, in UTF-16 code units.
    """
    end = video_line(paper, catalogue, limits.URL)
    room = min(limits.DESCRIPTION, limits.EMBEDS_TOTAL - used - limits.embed_len(embed)) - utf16_len(end) - 1
    embed.description = join_lines(summary_text(paper, room, catalogue), end)
    return embed


def video_line(paper: Paper, catalogue: Catalogue, limit: int) -> str:
    """A link to the paper's video; "" if it has none, or its address is longer than `limit`."""
    link = video(paper)
    return f"[{catalogue.say('video-link')}]({link})" if link and len(link) <= limit else ""


def join_lines(*parts: str) -> str:
    """The parts that are not empty, a line each."""
    return join_given(*parts, separator="\n")


def arxiv_line(paper: Paper) -> str:
    """The paper's arXiv id as literal text on one line: "arXiv 2402.12345"."""
    return unbroken(shorten(f"arXiv {paper.arxiv_id}", _ID, utf16_len))
