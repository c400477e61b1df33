"""The official list beside ours: each kind of difference, and nothing where there is none."""

import pytest

from api.domain.official import (
    NOT_LISTED,
    OPEN_AGAIN,
    OUTSIDE,
    Difference,
    Official,
    compare,
    renamed,
    written,
)
from common.contract.directory import Practice

OURS = Practice(
    ods_code="F84001", name="Albion Road Surgery", street="1 Albion Road", postcode="E1 4DG"
)
CLOSED = OURS.model_copy(update={"open": False})


def listed(**changes: str | bool) -> Official:
    told: dict[str, str | bool] = {
        "ods_code": "F84001",
        "name": "ALBION ROAD SURGERY",
        "street": "1 ALBION ROAD",
        "postcode": "E1 4DG",
        "phone": "",
        "open": True,
        **changes,
    }
    return Official(**told)  # type: ignore[arg-type] # as the test says


def inside(postcode: str) -> bool:
    return postcode.startswith("E1 ")


def difference(known: Practice | None, *found: Official) -> Difference:
    return compare([known] if known else [], found, inside)


def test_the_same_in_capitals_is_no_difference() -> None:
    assert difference(OURS, listed()).is_empty
    assert difference(OURS, listed(street="ALBION RD")).is_empty


def test_a_practice_of_the_borough_is_new_when_it_is_open() -> None:
    found = difference(None, listed(name="THE 2ND SURGERY")).added
    assert [(one.name, one.street, one.open) for one in found] == [
        ("The 2ND Surgery", "1 Albion Road", True)
    ]
    assert difference(None, listed(open=False), listed(postcode="N1 1AA")).is_empty


def test_a_practice_that_the_list_calls_closed_closes() -> None:
    assert difference(OURS, listed(open=False)) == Difference(closed=(CLOSED,))
    assert difference(CLOSED, listed(open=False)).is_empty


def test_a_renamed_practice_is_still_found_by_its_old_name() -> None:
    found = difference(OURS, listed(name="ALBION HEALTH")).renamed
    assert [(one.name, one.also_known_as) for one in found] == [
        ("Albion Health", ("Albion Road Surgery",))
    ]
    back = renamed(found[0], "Albion Road Surgery")
    assert back.also_known_as == ("Albion Health",)


def test_a_practice_has_moved_when_its_postcode_is_another() -> None:
    found = difference(OURS, listed(postcode="E1 4DH", street="2 BROMLEY STREET")).moved
    assert [(one.street, one.postcode) for one in found] == [("2 Bromley Street", "E1 4DH")]


@pytest.mark.parametrize(
    ("known", "found", "why"),
    [
        (OURS, [], NOT_LISTED),
        (OURS, [listed(postcode="N1 1AA")], OUTSIDE),
        (CLOSED, [listed()], OPEN_AGAIN),
    ],
)
def test_what_is_doubtful_is_left_to_a_person(
    known: Practice, found: list[Official], why: str
) -> None:
    assert compare([known], found, inside) == Difference(doubtful=(("F84001", why),))
    assert compare([known], found, inside).is_empty


def test_what_is_closed_and_not_listed_is_no_doubt() -> None:
    assert compare([CLOSED], [], inside) == Difference()


def test_capitals_become_a_name() -> None:
    assert written("ST. STEPHEN'S  HEALTH CTR") == "St. Stephen's Health Ctr"
