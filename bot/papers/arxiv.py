"""arXiv's identifiers, and the ways in which people write them.

https://info.arxiv.org/help/arxiv_identifier.html describes both kinds: 2402.14658, and hep-th/9901001 until March 2007.
"""

import re

ARXIV_URL = "https://arxiv.org/abs/"
PDF_URL = "https://arxiv.org/pdf/"
ARXIV_ID = re.compile(r"[0-9]{4}\.[0-9]{4,5}|[a-z-]{1,20}(?:\.[a-z]{2})?/[0-9]{7}", re.IGNORECASE | re.ASCII)
"""An identifier without a version."""

_REFERENCE = re.compile(
    rf"""[<\[(]? (?:
      (?:https?://)? (?:
          (?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|format|src|e-print)/
        | (?:www\.)?(?:huggingface|hf)\.co/papers/
        | (?:dx\.|www\.)?doi\.org/10\.48550/arxiv\.
        | (?:www\.)?alphaxiv\.org/(?:[a-z]{{2}}/)?(?:abs|pdf|html|overview|resources)/
        | (?:www\.)?ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html|pdf|papers)/
        | (?:www\.|api\.)?semanticscholar\.org/(?:graph/v1/paper/)?arxiv[:/]
      )
    | (?:doi:\s*)? 10\.48550/arxiv\.
    | arxiv (?::\s*|\s+)
    )?
    (?P<id> {ARXIV_ID.pattern} )
    (?:v[0-9]+)? (?:\.pdf)? /? (?:[?\#][^\s>]*)? [>\])]? (?:\s*\[[a-z-]+(?:\.[a-z-]+)?\])? [.,;:]?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def arxiv_id_of(text: str) -> str | None:
    """The identifier of the paper that a text refers to; None if the text is anything but one reference.

    A reference is an identifier, perhaps with a version or "arXiv:" before it, or a link to the paper: at arXiv, by its
    DOI, at Hugging Face, alphaXiv, ar5iv or Semantic Scholar. The identifier comes without its version.
    """
    found = _REFERENCE.fullmatch(" ".join(text.split()))
    return _canonical(found["id"]) if found else None


def _canonical(arxiv_id: str) -> str:
    """The identifier as arXiv writes it: hep-th/9901001, math.AG/0601001."""
    archive, slash, number = arxiv_id.rpartition("/")
    name, dot, subject = archive.partition(".")
    return f"{name.lower()}{dot}{subject.upper()}{slash}{number}"
