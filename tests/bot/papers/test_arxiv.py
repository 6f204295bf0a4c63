import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.papers.arxiv import ARXIV_ID, arxiv_id_of, arxiv_ids_in

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


given_numbers = st.builds("{:02d}{:02d}.{:05d}".format, st.integers(15, 40), st.integers(1, 12), st.integers(1, 99_999))
given_old = st.builds(
    "{}{}/{:02d}{:02d}{:03d}".format,
    st.sampled_from(["hep-th", "math", "cond-mat", "q-alg"]),
    st.sampled_from(["", ".AG", ".GT"]),
    st.integers(0, 99),
    st.integers(1, 12),
    st.integers(0, 999),
)
around = st.sampled_from(
    ["{}", "read {} please", "({})", "[paper]({})", "둘 다:{}", "a\n{}\nb", "“{}”", "**{}**", "{}을 읽자"]
)


@given(given_numbers | given_old, versions, st.sampled_from(FORMS), around)
def test_every_form_is_found_in_a_text(arxiv_id: str, version: str, form: str, place: str) -> None:
    text = place.format(form.format(arxiv_id + version).strip())
    assert arxiv_ids_in(text) == (arxiv_id,)


@given(st.lists(given_numbers, max_size=12, unique=True))
def test_all_papers_of_a_text_are_found_once_and_in_order(ids: list[str]) -> None:
    links = [f"https://arxiv.org/abs/{each}v2 and [{each}](https://huggingface.co/papers/{each})" for each in ids]
    assert arxiv_ids_in(" \n".join(links)) == tuple(ids)


@given(st.text())
def test_any_text_can_be_looked_through(text: str) -> None:
    assert all(ARXIV_ID.fullmatch(each) for each in arxiv_ids_in(text))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("https://github.com/x/2402.14658 costs 2402.14658", ("2402.14658",)),
        ("https://web.archive.org/web/2024/https://arxiv.org/abs/2402.14658v1", ("2402.14658",)),
        ("https://www.google.com/url?q=https://arxiv.org/pdf/2402.14658&x=1", ("2402.14658",)),
        ("arxiv.org/abs/2402.14658, arxiv.org/abs/2402.14659.", ("2402.14658", "2402.14659")),
        ("arXiv:0910.1234 is old", ("0910.1234",)),
        ("MATH.ag/0601001", ("math.AG/0601001",)),
        ("논문:2402.14658을 읽자", ("2402.14658",)),
        ("0910.1234 may be anything", ()),
        ("2499.12345 and 2413.12345 and arxiv.org/abs/2400.12345: there is no such month", ()),
        ("https://arxiv.org/abs/2402.1465 has too few digits, arXiv:0910.12345 too many", ()),
        ("12402.14658 2402.146581 x2402.14658 2402.14658.7 2402.14658-1 a/2402.14658 mina@2402.14658", ()),
        ("https://notarxiv.org/abs/2402.14658 https://arxiv.org.evil.example/abs/2402.14658", ()),
        ("github.com/org/9901001 and/0601001 src/9901001", ()),
    ],
)
def test_what_is_found_in_a_text(text: str, ids: tuple[str, ...]) -> None:
    assert arxiv_ids_in(text) == ids
