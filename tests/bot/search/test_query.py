import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.search.query import MAX_QUERY, MAX_TERMS, Field, Query, Term, as_typed, parse

SYNTAX = st.lists(
    st.sampled_from(
        ['"', "“", "-", "author:", "TITLE:", " ", "　", "\t", "ß", "İ", "강화", "rag", "GPT-4", "🤗", "\ud800"]
    )
).map("".join)


def terms(text: str) -> list[Term]:
    return list(parse(text).terms)


def test_words_must_all_match() -> None:
    assert terms("강화학습 RAG") == [Term("강화학습"), Term("rag")]


@pytest.mark.parametrize(
    "text", ['"all you need"', "“all you need”", '"all you need', '"all  you\tneed "', '"ALL you need"']
)
def test_a_phrase_is_one_term(text: str) -> None:
    assert terms(text) == [Term("all you need")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-survey", Term("survey", excluded=True)),
        ('-"large language"', Term("large language", excluded=True)),
        ("author:Hinton", Term("hinton", Field.AUTHOR)),
        ('AUTHOR:"Kaiming He"', Term("kaiming he", Field.AUTHOR)),
        ("author:김민아", Term("김민아", Field.AUTHOR)),
        ("title:attention", Term("attention", Field.TITLE)),
        ("-author:x", Term("x", Field.AUTHOR, excluded=True)),
        ("-title:“x y”", Term("x y", Field.TITLE, excluded=True)),
    ],
)
def test_exclusions_and_fields(text: str, expected: Term) -> None:
    assert terms(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("summary:x", [Term("summary:x")]),
        ("co-author:x", [Term("co-author:x")]),
        ("author: x", [Term("x")]),
        ("a - b", [Term("a"), Term("b")]),
        ("--a", [Term("-a", excluded=True)]),
        ('"-a"', [Term("-a")]),
        ('"author:a"', [Term("author:a")]),
        ("a OR (b AND NOT c*)", [Term(word) for word in ("a", "or", "(b", "and", "not", "c*)")]),
        ('a"b c"d', [Term("a"), Term("b c"), Term("d")]),
        ("GPT-4", [Term("gpt-4")]),
        ("\x00a\x00b", [Term("a"), Term("b")]),
        ("\ud83ea", [Term("a")]),
        ("a\u3000b\u2028c\u00a0d", [Term("a"), Term("b"), Term("c"), Term("d")]),
    ],
)
def test_anything_else_is_text(text: str, expected: list[Term]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize("text", ["", " \t", "-", '"', '""', "author:", "-title:", "🤗", "...", "\ud800", "\x00"])
def test_what_holds_no_word_is_no_term(text: str) -> None:
    assert parse(text) == Query()
    assert parse(text).is_empty


def test_exclusions_alone_ask_for_nothing() -> None:
    query = parse("-survey -author:x")
    assert len(query.terms) == 2
    assert query.is_empty
    assert not parse("-survey rag").is_empty


@pytest.mark.parametrize(
    "text",
    [
        "2402.14253",
        " 2402.14253v2 ",
        "arXiv:2402.14253",
        "https://arxiv.org/abs/2402.14253",
        "http://www.arxiv.org/pdf/2402.14253v1.pdf",
        "arxiv.org/html/2402.14253#S1",
        "https://huggingface.co/papers/2402.14253?ref=x",
        "<https://hf.co/papers/2402.14253>",
    ],
)
def test_an_arxiv_id_or_link_asks_for_its_paper(text: str) -> None:
    query = parse(text)
    assert query == Query(arxiv_id="2402.14253")
    assert str(query) == "2402.14253"
    assert not query.is_empty


def test_an_old_arxiv_id_keeps_its_case() -> None:
    assert parse("math.GT/0309136").arxiv_id == "math.GT/0309136"


@pytest.mark.parametrize(
    "text", ["2402.14253 rag", "-2402.14253", "https://arxiv.org/list/cs.LG", "2402.1", "2٤02.14253"]
)
def test_an_id_among_other_words_is_text(text: str) -> None:
    assert parse(text).arxiv_id is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rag -survey", "RAG  -survey"),
        ("rag rag", "rag"),
        ("“a  b”", '"A b'),
        ('"attention"', "attention"),
        ("가", "가"),
    ],
)
def test_the_canonical_form_is_the_same_for_the_same_question(one: str, other: str) -> None:
    assert str(parse(one)) == str(parse(other))
    assert parse(one) == parse(other)


def test_the_canonical_form_is_written_in_the_query_language() -> None:
    assert str(parse("RAG  -Author:“Kaiming  He title:x '' -z")) == "rag -author:\"kaiming he title:x '' -z\""
    assert str(parse('"-a" -"author:b" title:"c d" -e')) == '"-a" -"author:b" title:"c d" -e'


@given(st.one_of(st.text(st.characters(), max_size=300), SYNTAX, SYNTAX.map(lambda text: text * 9)))
@example('"-' + "a" * 300)
@example('"a b""c d"' * 40)
@example("ß" * 300)
@example("\u0345\u0301" * 150)
def test_the_canonical_form_reads_back_as_the_same_query(text: str) -> None:
    query = parse(text)
    assert parse(str(query)) == query
    assert not parse(str(query)).cut
    assert len(str(query)) <= MAX_QUERY
    str(query).encode("utf-8")
    assert "\x00" not in str(query)


def test_a_long_query_is_cut_between_words() -> None:
    query = parse("transformers " * 40)
    assert query.cut
    assert query.terms == (Term("transformers"),)
    assert not parse("a" * MAX_QUERY).cut
    endless = parse("강" * 4000)
    assert endless.cut
    assert str(endless) == "강" * MAX_QUERY


def test_of_many_words_the_first_count() -> None:
    query = parse(" ".join(f"w{number}" for number in range(50)))
    assert query.cut
    assert [term.text for term in query.terms] == [f"w{number}" for number in range(MAX_TERMS)]
    assert not parse(str(query)).cut


def test_spaces_do_not_count_towards_the_limit() -> None:
    assert not parse("rag" + " " * 4000 + "survey").cut


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("LLM  -Survey", "LLM -Survey"),
        (' author:"Kaiming He"\n', 'author:"Kaiming He"'),
        ("a\ud800b\x00", "a b"),
        ("https://arxiv.org/abs/2402.14083", "https://arxiv.org/abs/2402.14083"),
        ("Word " * 60, ("Word " * 40).strip()),
    ],
)
def test_a_query_is_kept_as_it_was_typed(text: str, typed: str) -> None:
    assert as_typed(text) == typed
    assert parse(typed) == parse(text)


@pytest.mark.parametrize(
    ("text", "is_mute"),
    [("-a", True), ('-author:"Kaiming He"', True), ("a", False), ("-a -b", False), ("", False), ("2402.14083", False)],
)
def test_one_exclusion_alone_is_a_mute(text: str, is_mute: bool) -> None:  # noqa: FBT001  # a column of a table
    assert parse(text).is_mute is is_mute


def test_what_is_excluded_between_two_words_keeps_them_neighbours() -> None:
    asked, first = parse("할 -Kim 수"), parse("할 수")
    assert asked.terms[2] == first.terms[1]
    assert asked.terms[2].spellings == first.terms[1].spellings
    assert parse(str(asked)) == asked
