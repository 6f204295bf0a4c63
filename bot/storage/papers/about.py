"""Which papers a digest's subject finds, asked of the index. It has the text of each paper's newest day."""

from bot.digests.subject import excluded_of, is_all_but
from bot.search.finding.fts import any_of_terms, match_expression
from bot.search.query import parse
from bot.storage.papers.index import LAST


def papers_about(query: str, place: str = "?") -> tuple[str, str]:
    """SQL for the arXiv ids of the papers that match a subject, and the value of its parameter, written as `place`."""
    parsed = parse(query)
    if parsed.arxiv_id is not None:
        return f"SELECT {place}", parsed.arxiv_id
    rows = f"SELECT {LAST} - rowid FROM paper_index WHERE paper_index MATCH {place}"
    if is_all_but(parsed):
        return f"SELECT arxiv_id FROM papers WHERE id NOT IN ({rows})", any_of_terms(excluded_of(parsed))
    return f"SELECT arxiv_id FROM papers WHERE id IN ({rows})", match_expression(parsed)
