"""LaTeX in titles and summaries made readable: MVD$^2$ becomes MVD²."""

from functools import lru_cache

import regex
import unicodeit
from unicodeit.data import COMBININGMARKS, REPLACEMENTS

_MATH = regex.compile(r"(?<!\\)\$(?P<math>[^\s$](?:[^$\n]{0,200}?[^\s$\\])?)\$")
_TEX_SIGN = regex.compile(r"[\\^_{}=<>]")
# Money, not mathematics: "$5" to the next sum has words in it and no sign of TeX.
_PROSE = regex.compile(r"\d[\d.,]*[A-Za-z]?\b.*\s")
_STYLED = regex.compile(
    r"\\(?:text(?:it|bf|sc|rm|tt|sf|up)?|emph|mathrm|mathit|mathbf|mathsf|mathtt|mathcal|boldsymbol|bm|operatorname|mbox)"
    r"\s*\{(?P<words>[^{}]*)\}"
)
_FRACTION = regex.compile(r"\\[dt]?frac\s*\{(?P<above>[^{}]*)\}\s*\{(?P<below>[^{}]*)\}")
_SPACE = regex.compile(r"\\[,;:! ]|\\q?quad\b|~")
_COMMAND = regex.compile(r"\\(?P<name>[A-Za-z]+)")
# unicodeit takes the beginning of a command that it does not know for one that it knows: \log for \l.
_KNOWN = frozenset(row[0].removesuffix("{}") for row in (*REPLACEMENTS, *COMBININGMARKS))
_REMAINS = regex.compile(r"\\(?=[A-Za-z%&#_$\\])|[{}]")
# unicodeit writes every hyphen as a minus sign: between letters it is a hyphen.
_HYPHEN = regex.compile(r"(?<=\p{L})−(?=\p{L})")


@lru_cache(maxsize=1024)
def readable(text: str) -> str:
    """The text with its `$...$` in Unicode, as far as Unicode goes; sums of money stay as they are."""
    return _MATH.sub(_spelt, text)


def _spelt(found: regex.Match[str]) -> str:
    math = found["math"]
    if not _TEX_SIGN.search(math) and (_PROSE.match(math) or found.string[found.end() :][:1].isdigit()):
        return found[0]
    for pattern, form in ((_SPACE, " "), (_STYLED, r"\g<words>"), (_FRACTION, r"\g<above>/\g<below>")):
        math = pattern.sub(form, math)
    math = _COMMAND.sub(lambda command: command[0] if command[0] in _KNOWN else command["name"], math)
    try:
        spelt = unicodeit.replace(math)
    except (IndexError, ValueError):  # it reads on past the end of some broken formulas
        return found[0]
    return _HYPHEN.sub("-", _REMAINS.sub("", spelt))
