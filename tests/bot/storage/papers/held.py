"""What the index and the words hold."""

from bot.search.finding.fts import match_expression
from bot.search.model import Filters
from bot.search.query import parse
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library


async def found(library: Library, text: str, filters: Filters | None = None) -> list[str]:
    _, papers = await library.find(match_expression(parse(text)), filters or Filters(), 100, 0)
    return [one.listing.paper.arxiv_id[-1] for one in papers]


async def words(database: Database) -> dict[str, int]:
    rows = await database.rows("SELECT word, papers FROM words WHERE papers <> 0")
    return {row["word"]: row["papers"] for row in rows}
