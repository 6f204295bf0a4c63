import pytest

from bot.search.analysis import IndexedWord
from bot.storage.engine.database import Database
from bot.storage.papers.words import Words

RUNNING = frozenset[IndexedWord]({("running", "run"), "models"})
MODELS = frozenset[IndexedWord]({"models"})


async def held(database: Database) -> list[tuple[str, str | None, int]]:
    rows = await database.rows("SELECT word, token, papers FROM words ORDER BY word")
    return [(row["word"], row["token"], row["papers"]) for row in rows]


async def add(database: Database, words: Words, *new: frozenset[IndexedWord]) -> None:
    async with database.write() as tx:
        known = await words.add(tx, new)
    words.keep(new, known)


async def tidy(database: Database, words: Words) -> None:
    async with database.write() as tx:
        await words.tidy(tx)


async def test_a_word_is_known_at_once_with_its_token(database: Database) -> None:
    await add(database, Words(), RUNNING, MODELS)
    assert await held(database) == [("models", None, 2), ("running", "run", 1)]


async def test_what_is_noted_of_known_words_is_written_once(database: Database) -> None:
    words = Words()
    await add(database, words, MODELS)
    await add(database, words, RUNNING)
    await add(database, words, MODELS)
    assert await held(database) == [("models", None, 1), ("running", "run", 1)]
    for _ in range(2):
        await tidy(database, words)
        assert await held(database) == [("models", None, 3), ("running", "run", 1)]


async def test_a_word_that_no_paper_has_any_more_stays_with_none(database: Database) -> None:
    words = Words()
    await add(database, words, RUNNING, MODELS)
    words.remove([RUNNING])
    await tidy(database, words)
    assert await held(database) == [("models", None, 1), ("running", "run", 0)]


async def test_two_programs_count_together(database: Database) -> None:
    one, other = Words(), Words()
    await add(database, one, MODELS)
    await add(database, other, MODELS)
    await add(database, one, MODELS)
    await add(database, other, MODELS)
    await tidy(database, one)
    await tidy(database, other)
    assert await held(database) == [("models", None, 4)]


async def test_words_that_two_of_one_program_write_at_once_are_counted_once_each(database: Database) -> None:
    words = Words()
    async with database.write() as tx:
        first, second = await words.add(tx, [MODELS]), await words.add(tx, [MODELS])
    words.keep([MODELS], first)
    words.keep([MODELS], second)
    await tidy(database, words)
    assert await held(database) == [("models", None, 2)]


async def test_a_word_of_a_transaction_that_failed_is_not_taken_for_known(database: Database) -> None:
    words = Words()

    async def fail() -> None:
        async with database.write() as tx:
            await words.add(tx, [MODELS])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await held(database) == []
    await add(database, words, MODELS)
    assert await held(database) == [("models", None, 1)]
