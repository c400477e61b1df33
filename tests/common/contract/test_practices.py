"""Finding practices by what people call them: the table of queries, and the manner of answering."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.persistence.practice_file import read_practices
from common.contract.directory import Practice
from common.contract.practices import Match, search
from tests.support.yamls import read_yaml

PRACTICES = read_practices()
ROWS: list[dict[str, Any]] = read_yaml(Path(__file__).parent / "finder_queries.yaml")

# What the search gets wrong today. Whoever changes it changes this list, for better or worse.
KNOWN_WRONG = {
    "go walk practice",  # Gough Walk, but "go" is what everybody says
    "bliss hail medical centre",  # Blithehale, too far off by ear
    "roast eaten street",  # Roserton
    "near crossharbour station",  # what is near a practice is written nowhere
    "哈福德健康中心",  # Harford, whose r's are not heard in Chinese
    "特雷德加诊所",  # Tredegar
}
Row = dict[str, Any]


@cache
def _found(query: str, practices: tuple[Practice, ...]) -> frozenset[str]:
    """The codes of what is found; several tests ask the same."""
    return frozenset(match.practice.ods_code for match in search(query, practices))


def _right(row: Row, practices: tuple[Practice, ...] = PRACTICES) -> bool:
    found = _found(row["query"], practices)
    if "all" in row:
        return set(row["all"]) <= found
    return bool(found & set(row["wants"])) if row["wants"] else not found


def _wrong(rows: Iterable[Row], practices: tuple[Practice, ...] = PRACTICES) -> set[str]:
    return {row["query"] for row in rows if not _right(row, practices)}


FINDS = [row for row in ROWS if row.get("wants")]
AMBIGUOUS = [row for row in ROWS if "all" in row]
NONE = [row for row in ROWS if not row.get("all", row.get("wants"))]


@pytest.mark.no_cover
def test_exactly_the_known_queries_are_wrong() -> None:
    assert _wrong(ROWS) == KNOWN_WRONG


@pytest.mark.no_cover
def test_97_of_100_find_their_practice_among_the_first_three() -> None:
    wrong = _wrong(FINDS)

    assert len(wrong) <= 0.03 * len(FINDS), wrong


@pytest.mark.no_cover
def test_what_may_mean_several_offers_each_of_them() -> None:
    assert _wrong(AMBIGUOUS) == set()


@pytest.mark.no_cover
def test_where_nothing_was_said_of_a_practice_nothing_is_offered() -> None:
    assert _wrong(NONE) == set()


@pytest.mark.no_cover
def test_a_search_that_finds_nothing_or_anything_would_be_noticed() -> None:
    anything = Practice(ods_code="X99999", name="Zzz", street="", postcode="E1 1AA")
    knows_all = anything.model_copy(update={"also_known_as": tuple(row["query"] for row in NONE)})

    assert len(_wrong([*FINDS, *AMBIGUOUS], (anything,))) == len(FINDS) + len(AMBIGUOUS)
    assert len(_wrong(NONE, (knows_all,))) > 0.5 * len(NONE)


def test_the_table_is_broad_enough_to_mean_something() -> None:
    other_scripts = [row for row in FINDS if any(letter > "\u036f" for letter in row["query"])]

    assert len(FINDS) >= 400
    assert len(AMBIGUOUS) >= 20
    assert len(NONE) >= 90
    assert len(other_scripts) >= 120
    assert len({row["query"] for row in ROWS}) == len(ROWS)
    known = {practice.ods_code for practice in PRACTICES}
    assert all(set(row["all"] if "all" in row else row["wants"]) <= known for row in ROWS)


def _first(query: str) -> Match:
    return search(query, PRACTICES)[0]


@pytest.mark.parametrize("practice", PRACTICES, ids=lambda practice: practice.ods_code)
def test_every_practice_is_found_by_its_own_name_and_code(practice: Practice) -> None:
    by_name = [match.practice for match in search(practice.name, PRACTICES)]
    by_postcode = {match.practice for match in search(practice.postcode, PRACTICES)}

    assert practice in by_name
    assert practice in by_postcode
    assert _first(practice.ods_code) == Match(practice, 1.0)


def test_a_postcode_in_a_sentence_finds_the_practice_there() -> None:
    assert _first("it is at e1 4dg i think").practice.ods_code == "F84122"


@pytest.mark.parametrize(
    ("query", "code"),
    [("ই১ ৪ডিজি", "F84122"), ("Е14 8НQ", "F84054"), ("E1 OLS", "F84031"), ("e 1 6 p u", "F84733")],
)
def test_a_postcode_is_read_in_other_letters_and_with_slips(query: str, code: str) -> None:
    assert _first(query).practice.ods_code == code


def test_a_practice_is_found_by_its_name_in_chinese_letters() -> None:
    assert _first("我的医生在莱姆豪斯诊所").practice.ods_code == "F84054"


def test_a_district_is_answered_where_all_its_practices_can_be_offered() -> None:
    assert {match.practice.ods_code for match in search("E1W", PRACTICES)} == {"F84079", "F84731"}
    assert search("E14", PRACTICES) == ()


def _slips(name: str) -> Iterator[str]:
    """Two letters swapped in a name, and one lost where it is written without spaces."""
    run_together = name.replace(" ", "")
    for place in range(len(name) - 1):
        yield name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    for place in range(len(run_together)):
        yield run_together[:place] + run_together[place + 1 :]


@pytest.mark.no_cover
def test_a_name_survives_a_slip_of_the_finger() -> None:
    slips = [(slip, one) for one in PRACTICES if one.open for slip in _slips(one.name)]
    lost = [
        slip
        for slip, practice in slips
        if practice not in {match.practice for match in search(slip, PRACTICES)}
    ]

    assert len(lost) <= 0.02 * len(slips), lost


def test_a_postcode_of_no_practice_finds_those_of_its_sector_with_less_certainty() -> None:
    found = search("E3 5ZZ", PRACTICES, limit=10)

    assert {match.practice.ods_code for match in found} == {"F84034", "F84055", "F84696"}
    assert {match.score for match in found} == {0.6}


def test_of_two_at_one_address_the_open_one_comes_first() -> None:
    assert [match.practice.open for match in search("E14 0EY", PRACTICES)][:2] == [True, False]


@pytest.mark.parametrize("query", ["newby place", "florida st", "wellington way centre"])
def test_of_two_that_match_about_alike_the_open_one_comes_first(query: str) -> None:
    assert _first(query).practice.open


@pytest.mark.parametrize("practice", [one for one in PRACTICES if not one.open])
def test_a_closed_practice_comes_first_when_it_was_named(practice: Practice) -> None:
    assert _first(practice.name).practice == practice


def test_the_best_come_first_and_no_more_than_asked_for() -> None:
    found = search("bow", PRACTICES, limit=5)
    scores = [match.score for match in found]

    assert len(found) == 5
    assert scores == sorted(scores, reverse=True)
    assert len(search("bow", PRACTICES)) == 3
    assert search("bow", PRACTICES, limit=0) == ()


@pytest.mark.parametrize("noise", ["\ud800", "\0", "\u202e", "\u200d", " " * 100])
def test_a_name_is_found_among_what_no_one_can_see(noise: str) -> None:
    assert _first(f"{noise}harford{noise}").practice.ods_code == "F84087"


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert search("a" * 200 + " harford", PRACTICES) == ()


def test_no_practices_means_no_matches() -> None:
    assert search("bow", ()) == ()


def test_a_practice_with_nothing_but_generic_words_is_found_by_its_code() -> None:
    nameless = Practice(ods_code="X99999", name="The Surgery", street="", postcode="E1 1AA")

    assert search("surgery", (nameless,)) == ()
    assert search("X99999", (nameless,)) == (Match(nameless, 1.0),)


@given(st.text(max_size=300))
def test_any_text_is_answered_with_scores_in_order(query: str) -> None:
    found = search(query, PRACTICES)

    assert len(found) <= 3
    assert all(0.5 <= match.score <= 1 for match in found)
    assert list(found) == sorted(found, key=lambda match: -match.score)
