"""What is known of papers beyond what a page holds: what the site says, and models' texts."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime

from bot.papers import Bullet, Details, Paper, Text
from bot.papers.language import written_language
from bot.storage.engine.codec import decode_bullets, moment
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


# -- texts by language -------------------------------------------------------------------------------------------------

MADE = (
    "(SELECT json_group_array(json_array(s.language, s.content)) FROM summaries s"
    " WHERE s.arxiv_id = a.arxiv_id AND s.state = 'made' AND s.shown)"
)
"""The texts that models made and that are shown, for a row `a` of `appearances`."""

TOLD = (
    "(SELECT coalesce(nullif(json_extract(t.content, '$.digest'), ''), json_extract(t.content, '$.abstract'))"
    " FROM details t WHERE t.arxiv_id = a.arxiv_id AND json_valid(t.content))"
)
"""The site's line, else the abstract, for a row `a` of `appearances`; NULL or "" if they are not known."""

ORGANISATION = (
    "(SELECT json_extract(o.content, '$.organisation') FROM details o"
    " WHERE o.arxiv_id = a.arxiv_id AND json_valid(o.content))"
)
"""The organisation that the site names, for a row `a` of `appearances`; NULL if it is not known."""

TEXTS = f"{MADE} AS made, {TOLD} AS told, {ORGANISATION} AS organisation"


async def show(tx: Transaction, arxiv_ids: Sequence[str]) -> None:
    """Make new summaries of models texts of their papers. The papers' index entries are to be updated with that."""
    await tx.run(
        "UPDATE summaries SET shown = 1 WHERE state = 'made' AND shown = 0"
        " AND arxiv_id IN (SELECT value FROM json_each(?))",
        (json.dumps(arxiv_ids),),
    )


def with_texts(paper: Paper, made: str, told: str | None, organisation: str | None) -> Paper:
    """The paper with the texts in values of MADE and TOLD, and its ORGANISATION."""
    texts = attempt(lambda: tuple(_made(made)), f"texts of paper {paper.arxiv_id}") or ()
    if told:
        texts += (Text(written_language(told), (Bullet(told),)),)
    return replace(paper, texts=texts, organisation=organisation or "") if texts or organisation else paper


def bullets_of(arxiv_id: str, made: str, told: str | None) -> tuple[str, ...]:
    """The text of each bullet of a paper's texts in values of MADE and TOLD, without telling their languages."""
    bullets = attempt(
        lambda: tuple(bullet for text in _made(made) for bullet in text.bullet_texts()), f"texts of paper {arxiv_id}"
    )
    return (*(bullets or ()), told or "")


def _made(made: str) -> Iterator[Text]:
    for language, content in json.loads(made) if made != "[]" else ():
        yield Text(language, decode_bullets(content))
