"""Converts LaTeX to Unicode, token by token."""

import unicodedata
from abc import ABC, abstractmethod

import regex

from bot.latex.symbols import (
    ACCENTS,
    BLACKBOARD,
    LETTERS,
    LOWERED,
    MARKS,
    OPERATORS,
    RAISED,
    STYLES,
    SYMBOLS,
    UNSHOWN,
)

_IN_WORDS = regex.compile(r"\\[A-Za-z]+|\\.|[{}]|[^\\{}]+|\\", regex.DOTALL)
_IN_FORMULA = regex.compile(r"\\[A-Za-z]+|\\.|.", regex.DOTALL)
_OPEN, _CLOSE = "{", "}"
_DEEPEST = 16
"""The deepest nesting of groups that is converted; anything deeper stays unchanged."""

_CLOSING_QUOTE = regex.compile(r"""\\"(?![A-Za-z{\\])""")
_ENGLISH = regex.compile(r"(?:[stdm]|ll|re|ve)(?!\p{L})")
_PUNCTUATION = frozenset("!\"#$%&'()*+-./:;<=>?@[]^_`{|}~")
_IN_FORMULAS = {"-": "−", "'": "′", "~": " ", "&": "", "{": "", "}": "", r"\!": "", r"\|": "‖"}
_IN_FORMULAS |= {f"\\{symbol}": " " for symbol in ",;:> \\"}
_FRACTIONS = frozenset({"frac", "dfrac", "tfrac"})
_WITH_ARGUMENT = _FRACTIONS | {"sqrt"}
_SIMPLE = regex.compile(r"[\w.′*]*|.")
_HYPHEN = regex.compile(r"(?<=\p{L})−(?=\p{L})")


def read_words(text: str) -> str:
    """Convert text outside formulas. Whatever is not known LaTeX stays unchanged."""
    return _Words(text).read() if "\\" in text else text


def read_formula(text: str) -> str:
    """Convert a formula, without its dollar signs. A minus sign between letters becomes a hyphen."""
    return _HYPHEN.sub("-", _Formula(text).read())


class _Reader(ABC):
    """Reads the tokens in one pass; the end of each group is computed first."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._ends = _ends(tokens)
        self._at = 0
        self._depth = 0

    def read(self) -> str:
        return self._until(len(self._tokens))

    def _until(self, end: int) -> str:
        written: list[str] = []
        while self._at < end:
            self._at += 1
            written.append(self._piece(self._tokens[self._at - 1], written[-1][-1:] if written else ""))
        return "".join(written)

    @abstractmethod
    def _piece(self, token: str, before: str) -> str:
        """Convert a token and its arguments; `before` is the last character written."""

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _skip(self, count: int) -> None:
        """Drop the first characters of the next token."""
        self._tokens[self._at] = self._tokens[self._at][count:]

    def _skip_space(self) -> None:
        if self._next().startswith(" "):
            self._skip(1)

    def _group(self) -> str | None:
        """The group that begins here, without its braces; None if none begins here."""
        end = self._ends.get(self._at)
        if end is None:
            return None
        self._at += 1
        if self._depth < _DEEPEST:
            self._depth += 1
            inner = self._until(end)
            self._depth -= 1
        else:
            inner = "".join(self._tokens[self._at : end])
        self._at = end + 1
        return inner

    def _argument(self) -> str | None:
        """The argument of a command that must have one."""
        return self._group()

    def _command(self, name: str) -> str | None:
        """Convert a command; None if it is unknown and has no group as its argument."""
        if name in STYLES:
            self._skip_space()
            return ""
        if name in LETTERS or name in SYMBOLS:
            if self._ends.get(self._at) == self._at + 1:
                self._at += 2  # \LaTeX{}
            elif name in LETTERS:
                self._skip_space()
            return LETTERS.get(name) or SYMBOLS[name]
        if name in OPERATORS:
            return name
        return self._with_argument(name) if len(name) > 1 else None

    def _with_argument(self, name: str) -> str | None:
        if name not in MARKS and name not in _WITH_ARGUMENT and self._at not in self._ends:
            return None
        first = self._argument() or ""
        if name in _FRACTIONS:
            return f"{_held(first)}/{_held(self._argument() or '')}"
        if name in MARKS:
            return unicodedata.normalize("NFC", first + MARKS[name]) if len(first) == 1 else first
        if name == "href":
            return self._group() or first
        forms = {"sqrt": f"√{_held(first)}", "mathbb": BLACKBOARD.get(first, first), "footnote": f" ({first})"}
        return "" if name in UNSHOWN else forms.get(name, first or name)


class _Words(_Reader):
    def __init__(self, text: str) -> None:
        super().__init__(_IN_WORDS.findall(text))
        self._has_quotes = _CLOSING_QUOTE.search(text) is not None

    def _piece(self, token: str, before: str) -> str:
        if token == _OPEN:
            return self._braced()
        name = token[1:]
        if not token.startswith("\\") or not name:
            return token
        shown = self._accented(name, before) if name in ACCENTS else None
        if shown is None:
            shown = self._command(name) if name.isalpha() else self._escaped(name)
        return token if shown is None else shown

    def _braced(self) -> str:
        r"""A group. Its braces are dropped only if a command begins it: {\em so}, {\"o}."""
        name = self._next()[1:] if self._next().startswith("\\") else ""
        self._at -= 1
        inner = self._group()
        if inner is None:
            self._at += 1
            return _OPEN
        return inner if len(name) > 1 or name in ACCENTS or name in LETTERS else f"{{{inner}}}"

    def _accented(self, name: str, before: str) -> str | None:
        r"""A letter with its accent: \"o, \"{o}, \c{c}, and within a word \c c. None if it is not an accent."""
        if (name == '"' and self._has_quotes) or (name == "'" and before.isalpha() and _ENGLISH.match(self._next())):
            return None
        is_group = self._ends.get(self._at) == self._at + 2
        base = self._tokens[self._at + 1] if is_group else self._next()
        lead = 1 if not is_group and name.isalpha() and before.isalpha() and base.startswith(" ") else 0
        if not is_group and name.isalpha() and not lead:
            return None
        letter = base[1] if base in {r"\i", r"\j"} else base[lead : lead + 1]
        accented = unicodedata.normalize("NFC", letter + ACCENTS[name])
        if not letter.isalpha() or len(accented) > 1 or (is_group and base not in {letter, r"\i", r"\j"}):
            return None
        if is_group:
            self._at += 3
        elif base.startswith("\\"):
            self._at += 1
        else:
            self._skip(lead + 1)
        return accented

    def _escaped(self, character: str) -> str | None:
        """An escaped character, of LaTeX or of Markdown."""
        if character == "\\":
            return " " if not self._next() or self._next()[0].isspace() else character
        if character in {",", " "}:
            return " "
        return character if character in _PUNCTUATION else None


class _Formula(_Reader):
    def __init__(self, text: str) -> None:
        super().__init__(_IN_FORMULA.findall(text))

    def _piece(self, token: str, before: str) -> str:
        if token in {"^", "_"}:
            return self._script(token)
        if token == _OPEN and self._at - 1 in self._ends:
            self._at -= 1
            return self._group() or ""
        name = token[1:]
        if not name.isalpha():
            return _IN_FORMULAS.get(token, name or token)
        return self._named(name, before)

    def _named(self, name: str, before: str) -> str:
        if name == "not":
            return unicodedata.normalize("NFC", (self._argument() or "") + "\u0338")
        shown = self._command(name)
        if name in OPERATORS and before.isalnum():
            return f" {name}"
        if name in SYMBOLS and before.strip():
            self._skip_space()  # 3\times 4 is 3×4
        return name if shown is None else shown

    def _argument(self) -> str | None:
        """The group or the single token that follows."""
        while self._next() in {" ", ""} and self._at < len(self._tokens):
            self._at += 1
        if self._at in self._ends:
            return self._group()
        if self._at >= len(self._tokens) or self._next() == _CLOSE or self._depth >= _DEEPEST:
            return None
        self._depth += 1
        self._at += 1
        shown = self._piece(self._tokens[self._at - 1], "")
        self._depth -= 1
        return shown

    def _script(self, mark: str) -> str:
        """A superscript or subscript, in Unicode if it has all the characters, else after ^ or _."""
        shown = (self._argument() or "").strip()
        forms = RAISED if mark == "^" else LOWERED
        if all(each in forms for each in shown):
            return "".join(forms[each] for each in shown)
        return mark + _held(shown)


def _held(shown: str) -> str:
    """A part of a formula, in brackets if it would be ambiguous without its group."""
    return shown if _SIMPLE.fullmatch(shown) else f"({shown})"


def _ends(tokens: list[str]) -> dict[int, int]:
    """The index of each opening brace, mapped to the index of its closing brace."""
    ends, opened = dict[int, int](), list[int]()
    for place, token in enumerate(tokens):
        if token == _OPEN:
            opened.append(place)
        elif token == _CLOSE and opened:
            ends[opened.pop()] = place
    return ends
