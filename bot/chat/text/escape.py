"""Literal text for Discord: cleaned, escaped so that nothing in it is markup, joined, and cut at a natural place."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import chain, takewhile
from unicodedata import east_asian_width

import regex

ELLIPSIS = "…"

# Control characters, surrogates, and characters that change the direction of writing (embeddings, overrides, isolates),
# which can make one text look like another.
_UNWANTED = regex.compile(r"[\p{Cs}\u202A-\u202E\u2066-\u2069]|(?!\s)\p{Cc}")
_GRAPHEME = regex.compile(r"\X")
_SPACES = regex.compile(r"\s+")
# In Discord, a backslash makes any character literal but letters, digits and spaces.
_MARKUP = regex.compile(
    r"""
    [\\*_~`|<\[\]]                                       # emphasis, code, spoilers, mentions, links
    | :(?=//|[^\s:]*:)                                   # bare links, emoji by name
    | (?i:(?<=discord(?:\.(?:gg|gift|new)|(?:app)?\.com)))/   # invitations show without https:// too
    | ^[-+>\#]                                           # lists, quotes, headings, small print
    | (?<=^[0-9]+)[.)](?=\s|$)                           # numbered lists
    """,
    regex.VERBOSE,
)
_MENTION = regex.compile(r"@(?=everyone|here)|(?<=<)@", regex.IGNORECASE)
_UNSEEN = "\u200b"

ALIKE = {"\\": "∖", "[": "［", "]": "］", ":": "∶", "/": "∕", "*": "∗", "_": "ˍ", "`": "ˋ"}
"""Look-alikes for characters that would be markup in the text of a link."""

_PAIRED = "*_`"
_MARKUP_IN_LINK = regex.compile(
    r"""
    (?P<replaced> [\\\[\]] | :(?=//|[^\s:]*:) | (?i:(?<=discord(?:\.(?:gg|gift|new)|(?:app)?\.com)))/ )
    | <(?=\S) | ~(?=~) | \|(?=\|)                       # broken up by an invisible space
    """,
    regex.VERBOSE,
)

_SENTENCE_END = regex.compile(
    r"""
    (?<=[\p{Hangul}0-9a-z%)\]”’"'»])[.!?]++ [)\]”’"'»]*+
    (?<! \b(?:e\.g|i\.e|cf|vs|al|etc|approx|resp|Fig|Eq|Sec|No)\. )
    (?= \s | $ )
    | (?<![。！？])[。！？]++ [)\]”’"'»]*+ (?![」』）])     # no space follows in Japanese
    """,
    regex.VERBOSE,
)
_LEAST_SENTENCES = 0.4  # of the room: rather than leave more of it empty, cut within a sentence
_LEAST_WORDS = 0.6


def utf16_len(text: str) -> int:
    """The length in UTF-16 code units. Discord does not say how it counts; no other way gives more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """The text on one line, without control characters and those that change the direction of writing."""
    return _SPACES.sub(" ", _UNWANTED.sub("", text)).strip()


def escape(text: str) -> str:
    """The text, cleaned and escaped so that nothing in it is markup, a link or a mention.

    It may start a line or be put in bold; for the text of a link, use `link_text`. @everyone is broken up by an
    invisible space, as in discord.py's escape_mentions, because a backslash does not work everywhere.
    """
    return _MARKUP.sub(r"\\\g<0>", _MENTION.sub("@" + _UNSEEN, clean(text)))


def link_text(text: str) -> str:
    """The text, cleaned and made safe for the brackets of a masked link.

    There Discord shows backslashes (https://github.com/discord/discord-api-docs/issues/6185), and a URL breaks the link
    (issue 7721). So characters that would be markup are replaced by look-alikes (`ALIKE`) or followed by an invisible
    space. A single asterisk, underscore or backtick is not markup.
    """
    text = _MENTION.sub("@" + _UNSEEN, clean(text))
    for mark in _PAIRED:
        if text.count(mark) > 1:
            text = text.replace(mark, ALIKE[mark])
    return _MARKUP_IN_LINK.sub(lambda found: ALIKE[found[0]] if found["replaced"] else found[0] + _UNSEEN, text)


def join_given(*parts: str, separator: str = " · ") -> str:
    """The parts that are not empty, joined."""
    return separator.join(part for part in parts if part)


def escaped_len(text: str) -> int:
    """The length of the text once escaped, in UTF-16 code units."""
    return utf16_len(escape(text))


def linked_len(text: str) -> int:
    """The length of the text as the text of a link, in UTF-16 code units."""
    return utf16_len(link_text(text))


def width(text: str) -> int:
    """The width of the text on a screen, in Latin letters: Korean letters count 2. At least its escaped length."""
    return max(sum(2 if east_asian_width(character) in "WF" else 1 for character in text), escaped_len(text))


def count_lines(text: str, limit: int) -> int:
    """How many lines of at most `limit` by `width` the text takes; 0 without text.

    Lines break between words; Korean words and those longer than a line, anywhere.
    """
    words = clean(text).split()
    lines, used = int(bool(words)), 0
    for word in words:
        taken = width(word)
        end = used + bool(used) + taken
        if end <= limit:
            used = end
        elif taken > limit or east_asian_width(word[-1]) in "WF":
            lines, used = lines + (end - 1) // limit, (end - 1) % limit + 1
        else:
            lines, used = lines + 1, taken
    return lines


def shorten(text: str, limit: int, measure: Callable[[str], int] = escaped_len, *, at_sentences: bool = True) -> str:
    """Cut a text so that `measure` of it (by default its escaped length) is at most `limit`.

    It is cut after a sentence if enough is left (unless `at_sentences` is false), else after a word, else after a
    grapheme, and ends with "…". Text that fits is only cleaned. The result is literal text, and "" if not even "…"
    fits.
    """
    text = clean(text)
    if measure(text) <= limit:
        return text
    edges = [0, *takewhile(limit.__ge__, (found.end() for found in _GRAPHEME.finditer(text)))]
    kept = bisect_right(edges, limit, key=lambda edge: measure(text[:edge] + ELLIPSIS))
    room = edges[:kept]
    cuts = chain(_after_sentences(text, room) if at_sentences else (), _after_words(text, room))
    return next((cut for cut in cuts if measure(cut) <= limit), "")


def _after_sentences(text: str, edges: list[int]) -> Iterator[str]:
    """Ways to cut the text after a sentence at or before the last edge, best first."""
    room = edges[-1] if edges else 0
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, room + 1)]
    yield from (f"{text[:end]} {ELLIPSIS}" for end in reversed(ends) if room * _LEAST_SENTENCES < end <= room)


def _after_words(text: str, edges: list[int]) -> Iterator[str]:
    """Ways to cut the text after a word or a grapheme at or before the last edge, best first."""
    room = edges[-1] if edges else 0
    word = text.rfind(" ", 0, room + 1)
    if word > room * _LEAST_WORDS:
        yield _trailing(text[:word])
    yield from (_trailing(text[:edge]) for edge in reversed(edges))


def _trailing(text: str) -> str:
    return text.rstrip(" ,;:·(-、（") + ELLIPSIS


def first_sentence(text: str) -> str:
    """The text cleaned, up to the end of its first sentence."""
    text = clean(text)
    found = _SENTENCE_END.search(text)
    return text[: found.end()] if found else text
