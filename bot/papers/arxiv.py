"""arXiv's identifiers, and the ways in which people write them.

https://info.arxiv.org/help/arxiv_identifier.html describes both kinds: 2402.14658, and hep-th/9901001 until March 2007.
"""

import re

ARXIV_URL = "https://arxiv.org/abs/"
PDF_URL = "https://arxiv.org/pdf/"
ARXIV_ID = re.compile(r"[0-9]{4}\.[0-9]{4,5}|[a-z-]{1,20}(?:\.[a-z]{2})?/[0-9]{7}", re.IGNORECASE | re.ASCII)
"""An identifier without a version."""

_NAMED = r"""(?:
      (?:https?://)? (?:
          (?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|format|src|e-print)/
        | (?:www\.)?(?:huggingface|hf)\.co/papers/
        | (?:dx\.|www\.)?doi\.org/10\.48550/arxiv\.
        | (?:www\.)?alphaxiv\.org/(?:[a-z]{2}/)?(?:abs|pdf|html|overview|resources)/
        | (?:www\.)?ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html|pdf|papers)/
        | (?:www\.|api\.)?semanticscholar\.org/(?:graph/v1/paper/)?arxiv[:/]
      )
    | (?:doi:\s*)? 10\.48550/arxiv\.
    | arxiv (?::\s*|\s+)
    )"""
"""What may stand before an identifier, and says that it is one."""
_FLAGS = re.VERBOSE | re.IGNORECASE | re.ASCII

_REFERENCE = re.compile(
    rf"""[<\[(]? {_NAMED}?
    (?P<id> {ARXIV_ID.pattern} )
    (?:v[0-9]+)? (?:\.pdf)? /? (?:[?\#][^\s>]*)? [>\])]? (?:\s*\[[a-z-]+(?:\.[a-z-]+)?\])? [.,;:]?""",
    _FLAGS,
)
_IN_TEXT = re.compile(
    rf"""(?<![a-z0-9.-]) {_NAMED} (?P<named> {ARXIV_ID.pattern} ) (?![0-9])
    | https?:// (?: (?! (?<![a-z0-9.-]) {_NAMED} ) [^\s<>()\[\]] )*
    | (?<![\w./@-]) (?P<bare> [0-9]{{4}}\.[0-9]{{5}} | [a-z-]{{2,20}}(?:\.[a-z]{{2}})?/[0-9]{{7}} )
      (?:v[0-9]{{1,2}})? (?! [\w/@-] | \.[0-9] )""",
    _FLAGS,
)
"""A reference, a link to anything else (in which no number is an identifier), or an identifier by itself."""

_ARCHIVES = re.compile(
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga"
    "|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph"
    "|q-alg|q-bio|quant-ph|solv-int|supr-con",
    re.IGNORECASE,
)
"""The archives of identifiers until March 2007."""
_MONTHS, _LONG = 12, 5
_FIRST, _FIVE_DIGITS = "0704", "1501"  # year and month of the first new identifiers, and of those with five digits


def arxiv_id_of(text: str) -> str | None:
    """The identifier of the paper that a text refers to; None if the text is anything but one reference.

    A reference is an identifier, perhaps with a version or "arXiv:" before it, or a link to the paper: at arXiv, by its
    DOI, at Hugging Face, alphaXiv, ar5iv or Semantic Scholar. The identifier comes without its version.
    """
    found = _REFERENCE.fullmatch(" ".join(text.split()))
    return _canonical(found["id"]) if found else None


def arxiv_ids_in(text: str) -> tuple[str, ...]:
    """The identifiers of the papers that a text refers to, each once, in its order.

    The text may be anything. References are as for `arxiv_id_of`, also inside other links; an identifier by itself
    counts if it has five digits after the dot, or an archive before the slash. Identifiers that arXiv can't have given
    are left out.
    """
    found = (match["named"] or match["bare"] for match in _IN_TEXT.finditer(text))
    return tuple(dict.fromkeys(_canonical(each) for each in found if each and _may_exist(each)))


def _may_exist(arxiv_id: str) -> bool:
    """Whether arXiv may have given an identifier: it has a month, and as many digits as there were then."""
    archive, slash, number = arxiv_id.rpartition("/")
    if not 1 <= int(number[2:4]) <= _MONTHS:
        return False
    if slash:
        return _ARCHIVES.fullmatch(archive.partition(".")[0]) is not None
    month, _, digits = number.partition(".")
    return month >= _FIRST and (len(digits) == _LONG) == (month >= _FIVE_DIGITS)


def _canonical(arxiv_id: str) -> str:
    """The identifier as arXiv writes it: hep-th/9901001, math.AG/0601001."""
    archive, slash, number = arxiv_id.rpartition("/")
    name, dot, subject = archive.partition(".")
    return f"{name.lower()}{dot}{subject.upper()}{slash}{number}"
