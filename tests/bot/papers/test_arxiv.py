import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.papers.arxiv import ARXIV_ID, arxiv_id_of

FORMS = (
    "{}",
    "arXiv:{}",
    "arxiv: {}",
    "arXiv {}",
    "https://arxiv.org/abs/{}",
    "http://www.arxiv.org/pdf/{}.pdf",
    "https://export.arxiv.org/abs/{}",
    "arxiv.org/html/{}#S1",
    "https://arxiv.org/pdf/{}?download=1",
    "<https://arxiv.org/abs/{}>",
    "https://doi.org/10.48550/arXiv.{}",
    "https://dx.doi.org/10.48550/ARXIV.{}",
    "doi:10.48550/arXiv.{}",
    "10.48550/arXiv.{}",
    "https://www.alphaxiv.org/abs/{}",
    "https://alphaxiv.org/overview/{}",
    "https://www.alphaxiv.org/ko/overview/{}",
    "https://ar5iv.org/abs/{}",
    "https://ar5iv.labs.arxiv.org/html/{}",
    "https://api.semanticscholar.org/arXiv:{}",
    "https://www.semanticscholar.org/arxiv/{}",
    "https://api.semanticscholar.org/graph/v1/paper/arXiv:{}",
    "https://huggingface.co/papers/{}",
    "hf.co/papers/{}/",
    " {}. ",
)
numbers = st.from_regex(r"[0-9]{4}\.[0-9]{4,5}", fullmatch=True)
old = st.builds(
    "{}{}/{:07d}".format,
    st.sampled_from(["hep-th", "math", "cond-mat", "q-alg"]),
    st.sampled_from(["", ".AG", ".GT"]),
    st.integers(0, 9_999_999),
)
identifiers = numbers | old
versions = st.just("") | st.builds("v{}".format, st.integers(1, 99))


@given(identifiers, versions, st.sampled_from(FORMS))
def test_every_form_refers_to_the_paper(arxiv_id: str, version: str, form: str) -> None:
    assert arxiv_id_of(form.format(arxiv_id + version)) == arxiv_id


@given(identifiers, st.sampled_from(FORMS))
def test_upper_and_lower_case_do_not_matter(arxiv_id: str, form: str) -> None:
    text = form.format(arxiv_id)
    assert arxiv_id_of(text.upper()) == arxiv_id_of(text.lower()) == arxiv_id


@given(st.text() | st.builds("{} {}".format, identifiers, st.sampled_from(["rag", "2402.00001", "-x"])))
def test_any_other_text_is_no_reference(text: str) -> None:
    found = arxiv_id_of(text)
    assert found is None or ARXIV_ID.search(text)
    assert arxiv_id_of(f"what does {text} say") is None


def test_the_stamp_on_a_pdf_refers_to_its_paper() -> None:
    assert arxiv_id_of("arXiv:2402.14658v1 [cs.SE]") == "2402.14658"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2402.1",
        "2402.146581",
        "2٤02.14658",
        "-2402.14658",
        "12402.14658",
        "2402.14658 rag",
        "https://arxiv.org/list/cs.LG/2402",
        "https://evil.example/abs/2402.14658",
        "https://arxiv.org.evil.example/abs/2402.14658",
        "https://notarxiv.org/abs/2402.14658",
        "https://doi.org/10.1000/arXiv.2402.14658",
        "https://www.semanticscholar.org/paper/2402.14658",
    ],
)
def test_what_only_looks_like_a_reference_is_none(text: str) -> None:
    assert arxiv_id_of(text) is None
