import pytest

from bot.papers import Day, Listing
from bot.search.namesakes import Namesakes
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, paper, utc

NOW = utc(2024, 2, 23)


async def put(library: Library, *authors: tuple[str, ...]) -> None:
    listings = tuple(Listing(paper(number, authors=names)) for number, names in enumerate(authors, 1))
    await library.store_page("23", "h", Day(FRIDAY, listings), NOW)


@pytest.mark.parametrize("asked", ["Yuandong Tian", "Tian Yuandong"])
async def test_the_names_of_one_author_are_found_in_the_archive(library: Library, asked: str) -> None:
    await put(
        library,
        ("Mina Kim", "Yuandong Tian"),
        ("Yuandong Tian",),
        ("Y. Tian", "Wei Chen"),
        ("Tian, Yuandong",),
        ("Yuandong Li", "Mei Tian"),
    )
    found = await Namesakes(library).of(asked)
    assert (found.names, found.doubtful) == ((asked, "Y. Tian"), ())
    assert found.written[0] == asked


async def test_another_of_the_family_keeps_the_initials(library: Library) -> None:
    await put(library, ("Yuandong Tian",), ("Y. Tian",), ("Mina Kim", "Ye Tian"))
    found = await Namesakes(library).of("Yuandong Tian")
    assert (found.names, found.doubtful) == (("Yuandong Tian",), ("Y. Tian",))
    found = await Namesakes(library).of("Y. Tian")
    assert (found.names, set(found.doubtful)) == (("Y. Tian",), {"Yuandong Tian", "Ye Tian"})


async def test_what_cannot_be_told_in_time_is_left_out(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    await put(library, ("Yuandong Tian",), ("Y. Tian",))
    for limit in ("_MOST_OF_FAMILY", "_MOST"):
        with monkeypatch.context() as patched:
            patched.setattr(f"bot.search.namesakes.{limit}", 1)
            assert (await Namesakes(library).of("Yuandong Tian")).names == ("Yuandong Tian",)
    assert (await Namesakes(library).of("Yuandong Tian")).names == ("Yuandong Tian", "Y. Tian")
    monkeypatch.setattr("bot.search.namesakes._SECONDS", 0.0)
    assert (await Namesakes(library).of("Yuandong Tian")).names == ("Yuandong Tian",)


@pytest.mark.parametrize("name", ["김민아", "DeepSeek-AI", "Nobody Known", "🤗", '"', "a|b", "Al", ","])
async def test_any_name_is_itself(library: Library, name: str) -> None:
    await put(library, ("김민아", "DeepSeek-AI"), ("Albert Al",))
    assert (await Namesakes(library).of(name)).names == (name,)
