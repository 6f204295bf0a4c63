"""What the site says about papers beyond what a page holds."""

import json
from dataclasses import asdict, fields
from datetime import datetime

from bot.papers import Details
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database, Transaction
from bot.storage.engine.rows import attempt

ABSTRACT = "CASE WHEN json_valid(d.content) THEN coalesce(json_extract(d.content, '$.abstract'), '') ELSE '' END"
"""The abstract from a row `d` of `details`; "" if there is no row, or it can't be read."""


class DetailsStore:
    """The newest details of each paper."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, arxiv_id: str) -> Details | None:
        """The details of a paper; None if the site never listed it, or they can't be read."""
        row = await self._database.row("SELECT content FROM details WHERE arxiv_id = ?", (arxiv_id,))
        if row is None:
            return None
        return attempt(lambda: decode_details(arxiv_id, row["content"]), f"details of paper {arxiv_id}")


async def put_details(tx: Transaction, details: Details, read_at: datetime) -> None:
    """Store details that were read at `read_at` (the site's clock), unless newer ones are stored."""
    await tx.run(
        "INSERT INTO details (arxiv_id, read_at, content) VALUES (?, ?, ?) ON CONFLICT (arxiv_id) DO UPDATE"
        " SET read_at = excluded.read_at, content = excluded.content WHERE excluded.read_at >= details.read_at",
        (details.arxiv_id, moment(read_at), _written(details)),
    )


def _written(details: Details) -> str:
    data = asdict(details) | {"published": moment(details.published) if details.published else None}
    del data["arxiv_id"]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def decode_details(arxiv_id: str, content: str) -> Details:
    """The details in a value of the column `content`."""
    data = json.loads(content)
    published = datetime.fromisoformat(data["published"]) if data["published"] else None
    data = {field.name: data[field.name] for field in fields(Details) if field.name in data}  # a newer version has more
    return Details(arxiv_id, **(data | {"keywords": tuple(data["keywords"]), "published": published}))
