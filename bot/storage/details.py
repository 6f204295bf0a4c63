"""What the site tells of papers beyond what a page holds."""

import json
from datetime import datetime
from typing import Any

from bot.papers import Details
from bot.storage.codec import moment
from bot.storage.database import Database, Transaction


class DetailsStore:
    """The details of papers that the site listed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, arxiv_id: str) -> Details | None:
        """What is known of a paper; None where the site never listed it."""
        row = await self._database.row("SELECT content FROM details WHERE arxiv_id = ?", (arxiv_id,))
        return decode_details(arxiv_id, row["content"]) if row else None

    async def of_all(self, arxiv_ids: list[str]) -> dict[str, Details]:
        """What is known of each of these papers of which something is."""
        rows = await self._database.rows(
            "SELECT arxiv_id, content FROM details WHERE arxiv_id IN (SELECT value FROM json_each(?))",
            (json.dumps(arxiv_ids),),
        )
        return {row["arxiv_id"]: decode_details(row["arxiv_id"], row["content"]) for row in rows}


async def put_details(tx: Transaction, details: Details, read_at: datetime) -> None:
    """Keep what was read at a moment, unless what is kept was read later."""
    await tx.run(
        "INSERT INTO details (arxiv_id, read_at, content) VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
        " SET read_at = excluded.read_at, content = excluded.content WHERE excluded.read_at >= details.read_at",
        (details.arxiv_id, moment(read_at), _encode(details)),
    )


def _encode(details: Details) -> str:
    told: dict[str, Any] = {
        "abstract": details.abstract,
        "digest": details.digest,
        "keywords": details.keywords,
        "published": moment(details.published) if details.published else None,
        "code": details.code,
        "stars": details.stars,
        "project": details.project,
        "comments": details.comments,
        "organisation": details.organisation,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def decode_details(arxiv_id: str, content: str) -> Details:
    """The details in the text of their column."""
    told = json.loads(content)
    published = told["published"]
    return Details(
        arxiv_id=arxiv_id,
        abstract=told["abstract"],
        digest=told["digest"],
        keywords=tuple(told["keywords"]),
        published=datetime.fromisoformat(published) if published else None,
        code=told["code"],
        stars=told["stars"],
        project=told["project"],
        comments=told["comments"],
        organisation=told["organisation"],
    )
