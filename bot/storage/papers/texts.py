"""Papers' texts beside their pages' summaries: those of models, and the site's."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.papers import Bullet, Paper, Text
from bot.papers.language import written_language
from bot.storage.engine.codec import decode_bullets
from bot.storage.engine.database import Transaction
from bot.storage.engine.rows import attempt

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
