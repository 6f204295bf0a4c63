"""An archive in which a member's interests can be told apart, for tests of what is chosen for them."""

from datetime import date, timedelta

from bot.papers import Bullet, Day, Listing, Paper
from bot.storage.members.saved import ReadingLists
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, paper, utc

NOW = utc(2024, 2, 23, 8)
MEMBER = 7
_OTHERS = ("Cooking", "Sailing", "Gardening", "Knitting", "Chess", "Baking", "Rowing", "Weaving", "Fishing", "Singing")


def about(number: int, title: str, *bullets: str, author: str = "") -> Paper:
    """A paper with one author, whom no other paper has unless it is said."""
    author = author or f"Ada{number} Byron{number}"
    return paper(number, title=title, summary=tuple(map(Bullet, bullets)), authors=(author,))


OLD = (
    about(1, "GLoRe: Refining Reasoning", "보상모델을 다룹니다.", author="Yuandong Tian"),
    about(2, "Reasoning with Trees", "보상모델을 씁니다."),
    about(3, "A Reward for Reasoning", "보상모델의 길이를 봅니다.", author="Tian, Yuandong"),
    *(about(10 + place, f"{word} at Home") for place, word in enumerate(_OTHERS)),
    *(about(30 + place, f"{word} in Spring") for place, word in enumerate(_OTHERS)),
    *(about(50 + place, f"{word} in Autumn") for place, word in enumerate(_OTHERS)),
)
"""Papers of a month ago: three of a kind, and others."""

LIKE = about(101, "Reasoning Again", "보상모델을 다시 봅니다.")
BY_AUTHOR = about(102, "Go with Nets", author="Yuandong Tian")
OTHER = about(103, "Cooking with Fire")
NEW = (LIKE, BY_AUTHOR, OTHER, *(about(110 + place, f"{word} Abroad") for place, word in enumerate(_OTHERS[1:])))


async def store(library: Library, on: date, *papers: Paper, votes: int = 1) -> None:
    """Load a page with these papers, each with so many votes."""
    held = Day(on, tuple(Listing(one, votes) for one in papers))
    await library.store_page(f"{on:%Y/%m/%d}.md", f"{papers}", held, NOW)


async def fill(library: Library) -> None:
    """Load the old papers and the new ones."""
    await store(library, FRIDAY - timedelta(days=30), *OLD)
    await store(library, FRIDAY, *NEW)


async def save(lists: ReadingLists, *papers: Paper, user: int = MEMBER) -> None:
    """Put papers on a member's list."""
    for one in papers:
        await lists.add(user, one.arxiv_id, NOW)
