"""The directory snapshot as it travels and as it is asked."""

import pytest
from pydantic import ValidationError

from common.contract.directory import Borough, Directory, Place, Practice
from common.contract.identifiers import Postcode

PRACTICE = Practice(ods_code="F84122", name="XX Place", street="Bancroft Road", postcode="E1 4DG")
BOROUGH = Borough(
    inside={"E1 4": ("DG",)},
    outside={"E1 4": ("DH",)},
    no_district={"E1 4": ("DJ",), "BT1 9": ("AA",)},
)
DIRECTORY = Directory(version="1", practices=(PRACTICE,), borough=BOROUGH)


@pytest.mark.parametrize(
    ("postcode", "place"),
    [
        ("E1 4DG", Place.INSIDE),
        ("E1 4DH", Place.OUTSIDE),
        ("E1 4DJ", Place.NO_DISTRICT),
        ("BT1 9AA", Place.NO_DISTRICT),
        ("E1 4DL", Place.UNLISTED_NEAR),
        ("E1 5DG", Place.UNLISTED_FAR),
        ("E14 4DG", Place.UNLISTED_FAR),
    ],
)
def test_a_postcode_is_somewhere(postcode: str, place: Place) -> None:
    assert BOROUGH.locate(Postcode.parse(postcode)) is place


def test_a_practice_is_known_by_its_code() -> None:
    assert DIRECTORY.practice("F84122") is PRACTICE
    assert DIRECTORY.practice("f84122") is None


def test_it_is_the_same_after_its_journey_even_when_it_was_asked_before() -> None:
    DIRECTORY.practice("F84122")
    BOROUGH.locate(Postcode("E1", "4DG"))

    assert Directory.model_validate_json(DIRECTORY.model_dump_json()) == DIRECTORY


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        Directory.model_validate_json('{"version": "1", "practices": [], "borough": {}, "x": 1}')
