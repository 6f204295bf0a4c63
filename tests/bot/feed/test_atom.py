from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.feed.atom import write
from bot.feed.model import Entry, Feed
from bot.locale import Language
from tests.atom import read
from tests.builders import utc

ENTRY = Entry("https://arxiv.org/abs/1#2", "A & B", "https://arxiv.org/abs/1", utc(2024, 2, 23), "<p>x</p>", ("Kim",))
anything = st.text(st.characters(codec=None), min_size=1)


def feed(*entries: Entry) -> Feed:
    return Feed("urn:uuid:1", "T", Language.KO, entries)


def test_a_feed_reads_back_as_it_was_written() -> None:
    older = Entry("urn:x:2", "Older", "https://arxiv.org/abs/2", utc(2024, 2, 22), "<p>y</p>")
    told = read(write(feed(ENTRY, older), link="https://x.example/a?b=c&d=e", rights="CC BY"))
    assert (told.id, told.title, told.language) == ("urn:uuid:1", "T", "ko")
    assert (told.self_link, told.rights) == ("https://x.example/a?b=c&d=e", "CC BY")
    assert told.updated == datetime(2024, 2, 23)  # noqa: DTZ001  as the reader gives it
    assert [(one.id, one.title, one.link, one.authors, one.html) for one in told.entries] == [
        (one.id, one.title, one.link, one.authors, one.content) for one in (ENTRY, older)
    ]


def test_a_feed_without_entries_is_valid() -> None:
    told = read(write(feed()))
    assert (told.entries, told.self_link, told.rights) == ((), None, None)


@given(anything)
def test_whatever_stands_in_a_text_the_document_is_valid_and_keeps_what_xml_can(text: str) -> None:
    written = write(feed(Entry(ENTRY.id, f"a{text}", ENTRY.link, ENTRY.updated, "<p>x</p>", (f"b{text}",))))
    [entry] = read(written).entries
    kept = (
        "".join(
            each
            for each in text
            if each in "\t\n\r" or (each >= " " and not "\ud800" <= each <= "\udfff" and each not in "\ufffe\uffff")
        )
        .replace("\r\n", "\n")
        .replace("\r", "\n")
    )
    assert (entry.title, entry.authors) == (f"a{kept}", (f"b{kept}",))
