"""Reads Atom documents as strictly as RFC 4287 has them, in what Paperboy's feeds use of it: all else is an error.

The rules are those of the RELAX NG grammar in its appendix B, and of section 4 where the grammar can't say them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

_ATOM = "{http://www.w3.org/2005/Atom}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ONE, _SOME, _ANY = (1, 1), (0, 1), (0, 10_000)
_FEED = {"id": _ONE, "title": _ONE, "updated": _ONE, "author": _ONE, "generator": _SOME, "link": _ANY, "rights": _SOME}
_ENTRY = {"id": _ONE, "title": _ONE, "updated": _ONE, "published": _SOME, "author": _ANY, "link": _ANY, "content": _ONE}
_ATTRIBUTES = {"link": {"rel", "href", "type"}, "content": {"type"}, "feed": {_LANG}}
_TAGS = frozenset({"p", "em", "strong", "div", "ol", "ul", "li", "a", "br"})


@dataclass(frozen=True)
class ReadEntry:
    id: str
    title: str
    link: str
    updated: datetime
    authors: tuple[str, ...]
    html: str
    text: str


@dataclass(frozen=True)
class ReadFeed:
    id: str
    title: str
    language: str
    updated: datetime
    self_link: str | None
    rights: str | None
    entries: tuple[ReadEntry, ...]


def read(document: bytes) -> ReadFeed:
    """The feed in a document. Fails if the document is not valid."""
    assert document.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n")
    root = ET.fromstring(document)  # noqa: S314  our own document
    assert root.tag == f"{_ATOM}feed"
    for element in root.iter():
        _check_attributes(element)
    _check_children(root, {**_FEED, "entry": _ANY})
    entries = tuple(_entry(element) for element in root.findall(f"{_ATOM}entry"))
    assert max(Counter(entry.id for entry in entries).values(), default=1) == 1
    links = _links(root)
    assert set(links) <= {"self"}
    return ReadFeed(
        _iri(_text(root, "id")),
        _text(root, "title"),
        root.attrib[_LANG],
        _moment(_text(root, "updated")),
        links.get("self"),
        root.findtext(f"{_ATOM}rights"),
        entries,
    )


def _entry(element: ET.Element) -> ReadEntry:
    _check_children(element, _ENTRY)
    links = _links(element)
    assert set(links) == {"alternate"}
    html = _text(element, "content")
    assert element.find(f"{_ATOM}content").attrib == {"type": "html"}  # type: ignore[union-attr]
    assert _moment(_text(element, "published")) <= _moment(_text(element, "updated"))
    reader = _Html()
    reader.feed(html)
    reader.close()
    assert reader.open == [], "tags are not closed"
    return ReadEntry(
        _iri(_text(element, "id")),
        _text(element, "title"),
        links["alternate"],
        _moment(_text(element, "updated")),
        tuple(_text(author, "name") for author in element.findall(f"{_ATOM}author")),
        html,
        "".join(reader.words),
    )


def _check_children(element: ET.Element, allowed: dict[str, tuple[int, int]]) -> None:
    counts = Counter(child.tag.removeprefix(_ATOM) for child in element)
    assert set(counts) <= set(allowed)
    for name, (least, most) in allowed.items():
        assert least <= counts[name] <= most, name
    for author in element.findall(f"{_ATOM}author"):
        assert [child.tag for child in author] == [f"{_ATOM}name"]


def _check_attributes(element: ET.Element) -> None:
    assert set(element.attrib) <= _ATTRIBUTES.get(element.tag.removeprefix(_ATOM), set())


def _links(element: ET.Element) -> dict[str, str]:
    links = [link.attrib for link in element.findall(f"{_ATOM}link")]
    assert len({link["rel"] for link in links}) == len(links)
    return {link["rel"]: _iri(link["href"]) for link in links}


def _text(element: ET.Element, name: str) -> str:
    text = element.findtext(f"{_ATOM}{name}")
    assert text, f"{name} is empty"
    return text


def _iri(text: str) -> str:
    parts = urlsplit(text)
    assert parts.netloc if parts.scheme == "https" else parts.scheme in {"http", "urn"}, text
    assert text.split() == [text]
    return text


def _moment(text: str) -> datetime:
    """An RFC 3339 moment, with upper-case T and Z."""
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007  compared with others in UTC alone
    assert len(text) == len("2024-02-23T00:00:00Z")
    return moment


class _Html(HTMLParser):
    """Reads HTML that has nothing but what our entries have."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _TAGS
        for name, value in attrs:
            assert (tag, name) in {("a", "href"), ("div", "lang")}
            assert name != "href" or (value or "").startswith(("https://arxiv.org/", "https://huggingface.co/papers/"))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)
