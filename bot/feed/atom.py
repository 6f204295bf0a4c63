"""Writes a feed as an Atom document: https://www.rfc-editor.org/rfc/rfc4287."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import regex

from bot.feed.model import Entry, Feed

CONTENT_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_NAME = "Paperboy"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated: Atom wants a moment."""
_NOT_XML = regex.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
"""Characters that XML 1.0 does not have: https://www.w3.org/TR/xml/#charsets."""


def write(feed: Feed, *, link: str | None = None, rights: str | None = None) -> bytes:
    """The feed in UTF-8. `link` is the address where it will be found, `rights` a note on the licence of its texts."""
    root = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(max((entry.updated for entry in feed.entries), default=_NEVER)))
    _add(_add(root, "author"), "name", _NAME)
    _add(root, "generator", _NAME)
    if link:
        _add(root, "link", rel="self", type=CONTENT_TYPE, href=link)
    if rights:
        _add(root, "rights", rights)
    for entry in feed.entries:
        _write_entry(_add(root, "entry"), entry)
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _write_entry(element: ET.Element, entry: Entry) -> None:
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "link", rel="alternate", href=entry.link)
    _add(element, "published", _moment(entry.updated))
    _add(element, "updated", _moment(entry.updated))
    for name in entry.authors:
        _add(_add(element, "author"), "name", name)
    _add(element, "content", entry.content, type="html")


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = _NOT_XML.sub("", text) if text is not None else None
    return element


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
