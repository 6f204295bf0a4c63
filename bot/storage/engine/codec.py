"""Domain types to the text that a column holds, and back."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.foryou.model import Why
from bot.papers import Bullet, Paper

_TITLE, _AUTHORS, _MORE, _SUMMARY = b'{"title":"', b',"authors":[', b'],"more":', b',"summary":['


def moment(value: datetime) -> str:
    """A moment as text that sorts: ISO 8601 in UTC, to the microsecond."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def read_moment(text: str | None) -> datetime | None:
    """The moment that `moment` wrote; None for NULL."""
    return datetime.fromisoformat(text) if text else None


def encode_why(why: Why) -> list[object]:
    """Why a paper was chosen, for JSON."""
    return [why.like, why.others, list(why.shared), why.query]


def decode_why(held: Sequence[Any] | None = None) -> Why | None:
    """What `encode_why` wrote; None where nothing is held."""
    if held is None:
        return None
    like, others, shared, query = held
    return Why(like, others, tuple(shared), query)


def encode(paper: Paper) -> str:
    """A paper as JSON."""
    return json.dumps(
        {
            "title": paper.title,
            "authors": paper.authors,
            "more": paper.more_authors,
            "image": paper.image,
            "video": paper.video,
            "summary": [_bullet(bullet) for bullet in paper.summary],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def decode(arxiv_id: str, content: str | bytes) -> Paper:
    """The paper that `encode` wrote."""
    data = json.loads(content)
    return Paper(
        arxiv_id=arxiv_id,
        title=data["title"],
        authors=tuple(data["authors"]),
        more_authors=data["more"],
        image=data["image"],
        video=data["video"],
        summary=tuple(_read_bullet(bullet) for bullet in data["summary"]),
    )


def texts(content: bytes, end: bytes) -> tuple[bytes, bytes, bytes]:
    """Title, authors and summary (without headings) of what `encode` wrote, in UTF-8, `end` between their parts.

    JSON without an escape is cut up instead of decoded, which is ten times as fast.
    """
    if b"\\" in content:
        return paper_texts(decode("", content), end)
    authors = content.index(_AUTHORS)
    more = content.index(_MORE, authors)
    strings = content[content.index(_SUMMARY, more) + len(_SUMMARY) :].split(b'"')
    bullets = strings[1::2]
    if b"," in strings:  # a heading: nothing else has only a comma before it
        bullets = [text for before, text in zip(strings[::2], bullets, strict=False) if before != b","]
    names = content[authors + len(_AUTHORS) + 1 : more - 1].replace(b'","', end)
    return content[len(_TITLE) : authors - 1], names, end.join(bullets)


def paper_texts(paper: Paper, end: bytes) -> tuple[bytes, bytes, bytes]:
    """The same of a paper. No text holds `end`: a space stands there."""
    title, authors, summary = (
        end.join([text.encode().replace(end, b" ") for text in each])
        for each in ((paper.title,), paper.authors, paper.bullet_texts())
    )
    return title, authors, summary


def encode_bullets(bullets: tuple[Bullet, ...]) -> str:
    """A summary as JSON."""
    return json.dumps([_bullet(bullet) for bullet in bullets], ensure_ascii=False, separators=(",", ":"))


def decode_bullets(content: str) -> tuple[Bullet, ...]:
    """The summary that `encode_bullets` wrote."""
    return tuple(_read_bullet(bullet) for bullet in json.loads(content))


def _bullet(bullet: Bullet) -> list[Any]:
    return [bullet.text, bullet.heading, bullet.number, [_bullet(child) for child in bullet.children]]


def _read_bullet(data: list[Any]) -> Bullet:
    text, heading, number, children = data
    return Bullet(text, heading, number, tuple(_read_bullet(child) for child in children))
