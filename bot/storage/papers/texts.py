"""Papers' texts beside their pages' summaries: those of models, and the site's."""

import json
from collections.abc import Iterator
from dataclasses import replace

from bot.language import written_language
from bot.papers import Details, Paper, Text
from bot.storage.engine.codec import decode_bullets
from bot.storage.engine.rows import attempt
from bot.summaries.plain import plain_bullets

MADE = (
    "(SELECT json_group_array(json_array(s.language, s.content)) FROM summaries s"
    " WHERE s.arxiv_id = a.arxiv_id AND s.state = 'made')"
)
"""The texts that models made, for a row `a` of `appearances`."""

TOLD = (
    "(SELECT json_array(json_extract(t.content, '$.digest'), json_extract(t.content, '$.abstract')) FROM details t"
    " WHERE t.arxiv_id = a.arxiv_id AND json_valid(t.content))"
)
"""The site's line and the abstract, for a row `a` of `appearances`; NULL if they are not known."""

TEXTS = f"{MADE} AS made, {TOLD} AS told"


def with_texts(paper: Paper, made: str | bytes, told: str | bytes | None) -> Paper:
    """The paper with the texts in values of MADE and TOLD."""
    texts = attempt(lambda: (*_made(made), *_told(told)), f"texts of paper {paper.arxiv_id}")
    return replace(paper, texts=texts) if texts else paper


def _made(made: str | bytes) -> Iterator[Text]:
    for language, content in json.loads(made):
        yield Text(language, decode_bullets(content))


def _told(told: str | bytes | None) -> Iterator[Text]:
    digest, abstract = json.loads(told) if told else (None, None)
    if bullets := plain_bullets(Details("", digest=digest or "", abstract=abstract or "")):
        yield Text(written_language(bullets[0].text), bullets)
