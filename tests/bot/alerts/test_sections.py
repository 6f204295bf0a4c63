from bot.alerts.model import Match
from bot.alerts.sections import BEST, in_order, sections
from bot.papers import Listing
from tests.builders import paper


def match(number: int, *queries: str) -> Match:
    return Match(Listing(paper(number), 100 - number), queries)


def shown(matches: list[Match]) -> list[tuple[str, list[str]]]:
    return [(each.query, [one.listing.paper.arxiv_id[-2:] for one in each.matches]) for each in sections(matches)]


def test_a_paper_stands_once_under_the_query_that_matches_the_fewest() -> None:
    matches = [match(1, "wide"), match(2, "wide", "rare"), match(3, "wide"), match(4, "rare"), match(5, "wide", "one")]
    assert shown(matches) == [("wide", ["01", "03"]), ("rare", ["02", "04"]), ("one", ["05"])]


def test_only_the_best_stand_in_sections_and_the_rest_follows_in_its_order() -> None:
    matches = [match(number, "odd" if number % 2 else "even") for number in range(1, 25)]
    assert shown(matches) == [("odd", ["01", "03", "05", "07", "09"]), ("even", ["02", "04", "06", "08", "10"])]
    ordered = in_order(matches)
    assert ordered[BEST:] == tuple(matches[BEST:])
    assert sorted(map(id, ordered)) == sorted(map(id, matches))


def test_no_match_is_no_section() -> None:
    assert (sections([]), in_order([])) == ((), ())
