"""Literal text for Discord: cleaned, escaped so that it forms no markup, and cut where a reader would pause."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import takewhile

import regex

ELLIPSIS = "…"

# Control characters, halves of surrogate pairs, and what turns the direction of writing (embeddings, overrides,
# isolates): none of them is ever meant, and the last can make a text read as another.
_UNWANTED = regex.compile(r"[\p{Cs}\u202A-\u202E\u2066-\u2069]|(?!\s)\p{Cc}")
_GRAPHEME = regex.compile(r"\X")
_SPACES = regex.compile(r"\s+")
# Discord's own rule: a backslash before any sign that is no letter, digit or space makes it literal.
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
"""What stands for a sign in the text of a link where the sign would be markup."""

_PAIRED = "*_`"
_MARKUP_IN_LINK = regex.compile(
    r"""
    (?P<replaced> [\\\[\]] | :(?=//|[^\s:]*:) | (?i:(?<=discord(?:\.(?:gg|gift|new)|(?:app)?\.com)))/ )
    | <(?=\S) | ~(?=~) | \|(?=\|)                       # an invisible space after it keeps these from their like
    """,
    regex.VERBOSE,
)

_SENTENCE_END = regex.compile(
    r"""
    (?: (?<=[\p{Hangul}0-9a-z%)\]”’"'»])[.!?]++ | (?<![。！？])[。！？]++ ) [)\]”’"'»]*+
    (?<! \b(?:e\.g|i\.e|cf|vs|al|etc|approx|resp|Fig|Eq|Sec|No)\. )
    (?= \s | $ )
    """,
    regex.VERBOSE,
)
_LEAST_SENTENCES = 0.4  # of the room: less would be wasteful, and the reader is better served by half a sentence
_LEAST_WORDS = 0.6


def utf16_len(text: str) -> int:
    """The length in UTF-16 code units: no way of counting that Discord might use gives more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """The text on one line, without control characters or marks that turn the direction of writing."""
    return _SPACES.sub(" ", _UNWANTED.sub("", text)).strip()


def escape(text: str) -> str:
    """The text cleaned and written so that Discord shows it as it is: nothing in it is markup, link or mention.

    It may stand at the start of a line or in a bold run; the text of a link is `link_text`. An invisible space keeps
    @everyone apart, as discord.py's own escape_mentions does it: a backslash does not stop it everywhere.
    """
    return _MARKUP.sub(r"\\\g<0>", _MENTION.sub("@" + _UNSEEN, clean(text)))


def link_text(text: str) -> str:
    """The text cleaned and written so that it may stand between the brackets of a masked link.

    There Discord shows a backslash and what it escapes (https://github.com/discord/discord-api-docs/issues/6185), and
    an address keeps the link from being one (issue 7721). A sign that would be markup is replaced by one that looks
    like it (`ALIKE`) or followed by an invisible space. A single asterisk, underscore or backtick is no markup.
    """
    text = _MENTION.sub("@" + _UNSEEN, clean(text))
    for sign in _PAIRED:
        if text.count(sign) > 1:
            text = text.replace(sign, ALIKE[sign])
    return _MARKUP_IN_LINK.sub(lambda found: ALIKE[found[0]] if found["replaced"] else found[0] + _UNSEEN, text)


def join_given(*parts: str, separator: str = " · ") -> str:
    """The parts that are not empty."""
    return separator.join(part for part in parts if part)


def escaped_len(text: str) -> int:
    """The length of the text once escaped, in UTF-16 code units."""
    return utf16_len(escape(text))


def linked_len(text: str) -> int:
    """The length of the text as the text of a link, in UTF-16 code units."""
    return utf16_len(link_text(text))


def shorten(text: str, limit: int, measure: Callable[[str], int] = escaped_len) -> str:
    """Literal text cut so that it measures at most `limit`, escaped unless `measure` says otherwise.

    It ends after a sentence if that keeps enough of it, else after a word, else after a grapheme, then with "…".
    Text that fits is only cleaned; where not even "…" fits, it is empty.
    """
    text = clean(text)
    if measure(text) <= limit:
        return text
    edges = [0, *takewhile(limit.__ge__, (found.end() for found in _GRAPHEME.finditer(text)))]
    kept = bisect_right(edges, limit, key=lambda edge: measure(text[:edge] + ELLIPSIS))
    return next((cut for cut in _cuts(text, edges[:kept]) if measure(cut) <= limit), "")


def _cuts(text: str, edges: list[int]) -> Iterator[str]:
    """Ways to cut the text, best first, at no edge beyond the given ones."""
    room = edges[-1] if edges else 0
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, room + 1)]
    yield from (f"{text[:end]} {ELLIPSIS}" for end in reversed(ends) if room * _LEAST_SENTENCES < end <= room)
    word = text.rfind(" ", 0, room + 1)
    if word > room * _LEAST_WORDS:
        yield _trailing(text[:word])
    yield from (_trailing(text[:edge]) for edge in reversed(edges))


def _trailing(text: str) -> str:
    return text.rstrip(" ,;:·(-") + ELLIPSIS


def first_sentence(text: str) -> str:
    """The text cleaned, up to the end of its first sentence."""
    text = clean(text)
    found = _SENTENCE_END.search(text)
    return text[: found.end()] if found else text
