"""Pages in a further language, read back: their texts become texts of their papers."""

from datetime import datetime

from bot.papers import Day, Paper
from bot.papers.texts import summary_language
from bot.storage.engine.codec import encode_bullets, moment
from bot.storage.engine.database import Transaction
from bot.storage.papers.library import Library

_BY = "a page"  # instead of a model


class FurtherPages:
    """A library for the loader that takes nothing but texts of a language from pages, as if a model had made them."""

    def __init__(self, library: Library, language: str) -> None:
        self._library = library
        self._language = language

    async def page_hashes(self) -> dict[str, frozenset[str]]:
        """The content hashes of the pages that Paperboy wrote, by key: the library has their texts."""
        return await self._library.page_hashes()

    async def store_page(self, key: str, content_hash: str, day: Day, now: datetime) -> int:
        """Take over the summaries that have headings, as the site's line has none; return 0, as no paper is new.

        They also count for papers that the library lacks, once it has those.
        """
        del key, content_hash
        papers = [listing.paper for listing in day.listings]
        texts = {paper.arxiv_id: encode_bullets(paper.summary) for paper in papers if self._is_text(paper)}

        async def take_over(tx: Transaction) -> None:
            await tx.many(
                "INSERT OR REPLACE INTO summaries (arxiv_id, language, state, tried_at, model, content, shown)"
                " VALUES (?, ?, 'made', ?, ?, ?, 1)",
                [(arxiv_id, self._language, moment(now), _BY, text) for arxiv_id, text in texts.items()],
            )

        await self._library.retell(sorted(texts), take_over)
        return 0

    async def tidy(self) -> None:
        """Maintenance after texts were stored."""
        await self._library.tidy()

    def _is_text(self, paper: Paper) -> bool:
        return summary_language(paper) == self._language and any(bullet.heading for bullet in paper.summary)
