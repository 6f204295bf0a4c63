"""The papers chosen for a member, and why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.papers.pages import Look, PaperList, Reader, Sheet, slice_sheet
from bot.chat.text.escape import escape, shorten, width
from bot.chat.text.limits import Message
from bot.foryou.choosing import Scope
from bot.foryou.model import DAYS, SHOWN, Why
from bot.locale import Catalogue, Language
from bot.papers import Appearance

_TITLE = 40  # width
_NAME = 30
"""The width up to which what stands before a title's colon is its short form."""
_SHARED = 60
_QUERY = 30
_HANGUL = re.compile("[가-힣]")


@dataclass(frozen=True, slots=True)
class ForYouList(PaperList):
    """The papers of the newest days that fit the member best. Private, so it can't be shared."""

    @property
    def key(self) -> str:
        """Just the word: each reader sees their own list."""
        return "foryou"

    async def _page(self, reader: Reader, offset: int) -> Sheet:
        """A page of them, each with why; if there is none, what to do."""
        say = reader.catalogue.say
        found = await reader.services.for_you.of(reader.user_id, Scope(SHOWN))
        if found.missing:
            return Sheet(Message(say("foryou-few", missing=found.missing)))
        if not found.picks:
            return Sheet(Message(say("foryou-nothing", days=DAYS)))
        held = await reader.services.subscriptions.of_member(reader.user_id)
        whys = {pick.appearance.listing.paper.arxiv_id: pick.why for pick in found.picks}

        def words(shown: Appearance) -> str:
            return why_text(whys[shown.listing.paper.arxiv_id], reader.catalogue)

        look = Look(
            say("foryou-heading", count=len(found.picks)),
            note="" if any(each.is_for_you for each in held) else say("foryou-daily"),
            words=words,
        )
        return slice_sheet([pick.appearance for pick in found.picks], reader, offset, look)


def why_text(why: Why, catalogue: Catalogue) -> str:
    """Why a paper was chosen, as Discord text in a line or two."""
    if why.query:
        return catalogue.say("foryou-matches", query=escape(shorten(why.query, _QUERY, width)))
    shared = escape(shorten(catalogue.listed(_readable_in(catalogue.language, why.shared)), _SHARED, width))
    key = "foryou-like-more" if why.others else "foryou-like"
    return catalogue.say(key, title=escape(_short(why.like)), more=why.others, shared=shared)


def _short(title: str) -> str:
    """A title as people say it: what stands before its colon, if that is short."""
    name, colon, _ = title.partition(":")
    is_short = colon and name.strip() and width(name) <= _NAME
    return name.strip() if is_short else shorten(title, _TITLE, width)


def _readable_in(language: Language, words: Sequence[str]) -> Sequence[str]:
    """The words without Korean ones, unless there are only those or the reader reads Korean."""
    return words if language is Language.KO else [each for each in words if not _HANGUL.search(each)] or words
