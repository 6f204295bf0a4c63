"""Papers' texts beside their pages' summaries: those of models, and the site's."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.language import written_language
from bot.papers import Bullet, Details, Paper, Text
from bot.storage.engine.codec import decode_bullets
from bot.storage.engine.database import Transaction
from bot.storage.engine.rows import attempt
from bot.summaries.plain import plain_bullets

MADE = (
    "(SELECT json_group_array(json_array(s.language, s.content)) FROM summaries s"
    " WHERE s.arxiv_id = a.arxiv_id AND s.state = 'made' AND s.shown)"
)
"""The texts that models made and that are shown, for a row `a` of `appearances`."""

TOLD = (
    "(SELECT json_array(json_extract(t.content, '$.digest'), json_extract(t.content, '$.abstract')) FROM details t"
    " WHERE t.arxiv_id = a.arxiv_id AND json_valid(t.content))"
)
"""The site's line and the abstract, for a row `a` of `appearances`; NULL if they are not known."""

TEXTS = f"{MADE} AS made, {TOLD} AS told"


async def show(tx: Transaction, arxiv_ids: Sequence[str]) -> None:
    """Make new summaries of models texts of their papers. The papers' index entries are to be updated with that."""
    await tx.run(
        "UPDATE summaries SET shown = 1 WHERE state = 'made' AND shown = 0"
        " AND arxiv_id IN (SELECT value FROM json_each(?))",
        (json.dumps(arxiv_ids),),
    )


def with_texts(paper: Paper, made: str | bytes, told: str | bytes | None) -> Paper:
    """The paper with the texts in values of MADE and TOLD."""
    texts = attempt(lambda: (*_made(made), *map(_text, _told(told))), f"texts of paper {paper.arxiv_id}")
    return replace(paper, texts=texts) if texts else paper


def bullets_of(made: bytes, told: bytes | None) -> Iterator[str]:
    """The text of each bullet of the texts in values of MADE and TOLD, without telling their languages."""
    for text in (*_made(made), *(Text(None, bullets) for bullets in _told(told))):
        yield from text.bullet_texts()


def _made(made: str | bytes) -> Iterator[Text]:
    for language, content in json.loads(made):
        yield Text(language, decode_bullets(content))


def _told(told: str | bytes | None) -> Iterator[tuple[Bullet, ...]]:
    digest, abstract = json.loads(told) if told else (None, None)
    if bullets := plain_bullets(Details("", digest=digest or "", abstract=abstract or "")):
        yield bullets


def _text(bullets: tuple[Bullet, ...]) -> Text:
    return Text(written_language(bullets[0].text), bullets)
