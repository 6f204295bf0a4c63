import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.matcher import Document, matches
from bot.search.names import Name, Person, author_query, author_spellings, organisation_query, person_of
from bot.search.query import MAX_QUERY, Field, parse
from tests.builders import paper

GIVEN = st.sampled_from(
    ["Yuandong", "Yuan-Dong", "Ye", "Y.", "Y.-D.", "José", "Jose", "J.", "Michael I.", "Michael", ""]
)
FAMILY = st.sampled_from(["Tian", "tian", "Müller", "Muller", "van der Maaten", "Chen"])


def written(given_name: str, family: str, form: int) -> str:
    forms = (f"{given_name} {family}", f"{family}, {given_name}", f"{family} {given_name}")
    return forms[form].strip(" ,")


names = st.builds(written, GIVEN, FAMILY, st.integers(0, 2))
any_names = names | st.text(max_size=12)
archives = st.lists(st.lists(any_names, max_size=3), max_size=5)


@given(any_names, any_names)
def test_that_two_names_may_be_one_persons_holds_both_ways(one: str, other: str) -> None:
    assert Name.of(one).may_be(Name.of(other)) is Name.of(other).may_be(Name.of(one))
    assert Name.of(one).may_be(Name.of(one))


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("Yuandong Tian", "Tian, Yuandong", True),
        ("Yuandong Tian", "Tian Yuandong", True),
        ("Yuandong Tian", "YUANDONG TIAN", True),
        ("Yuandong Tian", "Yuan-Dong Tian", True),
        ("Yuandong Tian", "Yuan Dong Tian", True),
        ("Yuandong Tian", "Y. Tian", True),
        ("Yuan-Dong Tian", "Y.-D. Tian", True),
        ("Tian Y.", "Yuandong Tian", True),
        ("José García", "Jose Garcia", True),
        ("Søren Ørsted", "Soren Orsted", True),
        ("Laurens van der Maaten", "L. van der Maaten", True),
        ("Michael I. Jordan", "Michael Jordan", True),
        ("Michael I. Jordan", "Michael B. Jordan", False),
        ("Yuandong Tian", "Ye Tian", False),
        ("Yuandong Tian", "Yuandong Chen", False),
        ("Yuandong Tian", "Tian", False),
        ("김민아", "김민아", True),
        ("김민아", "김민지", False),
    ],
)
def test_names_are_compared_without_accents_initials_and_order(one: str, other: str, may_be: bool) -> None:  # noqa: FBT001  a case
    assert Name.of(one).may_be(Name.of(other)) is may_be


@given(archives)
def test_names_are_taken_together_whichever_of_them_is_asked_about(archive: list[list[str]]) -> None:
    names = [name for paper in archive for name in paper]
    groups = {each: frozenset(Name.of(name).words for name in person_of(each, archive).names) for each in names}
    for each, group in groups.items():
        assert Name.of(each).words in group
        assert all(groups[other] == group for other in names if Name.of(other).words in group)


@given(any_names, archives)
def test_every_name_that_may_be_meant_is_taken_or_told_as_doubtful(name: str, archive: list[list[str]]) -> None:
    found, own = person_of(name, archive), Name.of(name)
    told = {Name.of(each).words for each in (*found.names, *found.doubtful)}
    for authors in archive:
        held = [Name.of(each) for each in authors]
        beside = any(each.words == own.words for each in held)
        assert all(each.words in told or beside for each in held if own.words and each.may_be(own))
    assert set(found.names).isdisjoint(found.doubtful)
    assert found.names[0] == found.written[0] == name


@pytest.mark.parametrize(
    ("archive", "together", "doubtful"),
    [
        (["Tian, Yuandong", "Y. Tian", "Wei Chen"], ["Yuandong Tian", "Y. Tian"], []),
        (["Y. Tian", "Ye Tian"], ["Yuandong Tian"], ["Y. Tian"]),
        (["Yuan-dong Tian", "Ye Tian"], ["Yuandong Tian"], []),
        (["Wei Tian"], ["Yuandong Tian"], []),
    ],
)
def test_initials_are_anothers_where_the_archive_has_another(
    archive: list[str], together: list[str], doubtful: list[str]
) -> None:
    found = person_of("Yuandong Tian", [[each] for each in archive])
    assert (list(found.names), list(found.doubtful)) == (together, doubtful)


def test_an_initial_is_nobodys_where_two_may_have_it() -> None:
    assert person_of("Y. Tian", [["Yuandong Tian"], ["Ye Tian"]]).names == ("Y. Tian",)
    assert person_of("Y. Tian", [["Yuandong Tian"]]).names == ("Y. Tian", "Yuandong Tian")


def test_names_on_one_paper_are_two_peoples() -> None:
    papers = [["Kevin Lin", "Kevin Qinghong Lin"], ["Kevin Lin"], ["Kevin Q. Lin"]]
    assert person_of("Kevin Lin", papers[1:]).names == ("Kevin Lin", "Kevin Q. Lin")
    assert person_of("Kevin Lin", papers) == Person(("Kevin Lin",), ("Kevin Q. Lin",), ("Kevin Lin",))
    assert person_of("Kevin Qinghong Lin", papers).doubtful == ("Kevin Q. Lin",)


@given(any_names, archives)
def test_the_query_of_a_person_matches_each_of_their_names_and_reads_back(name: str, archive: list[list[str]]) -> None:
    found = person_of(name, archive)
    query = parse(author_query(found.written, MAX_QUERY))
    assert parse(str(query)) == query
    for each in found.written:
        if author_spellings(each) and "|" not in each and '"' not in each:
            assert matches(query, Document.from_paper(paper(1, authors=("Somebody", each, "Else"))))


@pytest.mark.parametrize(
    ("query", "authors", "found"),
    [
        ('author:"Yuandong Tian"', ("Tian Yuandong",), True),
        ('author:"Tian, Yuandong"', ("Yuandong Tian",), True),
        ('author:"van der Maaten, Michael I."', ("van der Maaten, Michael I.",), True),
        ('author:"Michael I. van der Maaten"', ("van der Maaten, Michael I.",), True),
        ('author:"van der Maaten, Michael I."', ("Michael I. van der Maaten",), True),
        ('author:"Yuandong Tian|Y. Tian"', ("Y. Tian",), True),
        ('author:"Yuandong Tian"', ("Y. Tian",), False),
        ('author:"Yuandong Tian"', ("Yuandong Li", "Wei Tian"), False),
        ('author:"Jose Muller"', ("José Müller",), True),
        ("author:kim|lee", ("Mina Lee",), True),
        ('-author:"Yuandong Tian" paper', ("Tian Yuandong",), False),
    ],
)
def test_an_author_is_asked_for_in_any_order(query: str, authors: tuple[str, ...], found: bool) -> None:  # noqa: FBT001  a case
    assert matches(parse(query), Document.from_paper(paper(1, authors=authors))) is found


def test_an_organisation_is_found_by_its_own_field_alone() -> None:
    held = Document.from_paper(paper(1, authors=("Mina Kim",), organisation="Mirae Labs"))
    asked = ('org:"mirae labs"', "org:mirae", "org:lab", organisation_query('Mirae "Labs"'), "paper -org:nobody")
    assert [matches(parse(each), held) for each in asked] == [True] * len(asked)
    not_asked = ("mirae", "author:mirae", "title:mirae", "org:kim", 'org:"kim mirae"', "paper -org:mirae")
    assert [matches(parse(each), held) for each in not_asked] == [False] * len(not_asked)
    assert parse("org:mirae").terms[0].field is Field.ORGANISATION
