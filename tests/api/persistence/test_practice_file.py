"""The shipped practices are the borough's own, complete and inside it."""

import pytest

from api.persistence.practice_file import read_practices
from common.contract.directory import Borough, Place, Practice
from common.contract.identifiers import PhoneNumber, Postcode
from tests.support.world import world

PRACTICES = read_practices()
OPEN = [practice for practice in PRACTICES if practice.open]


@pytest.fixture(scope="module")
def borough() -> Borough:
    return world().directory.borough


def test_thirty_are_open_in_seven_networks_and_six_are_closed() -> None:
    assert len(OPEN) == 30
    assert len({practice.pcn_code for practice in OPEN}) == 7
    assert len(PRACTICES) - len(OPEN) == 6
    assert len({practice.ods_code for practice in PRACTICES}) == 36


def test_other_names_are_taken_apart() -> None:
    mission = next(one for one in PRACTICES if one.ods_code == "F84016")

    assert mission.also_known_as == ("Mission Medical Practice", "Mission Practice")
    assert PRACTICES[0].also_known_as == ()


@pytest.mark.parametrize("practice", PRACTICES, ids=lambda practice: practice.ods_code)
def test_every_practice_lies_in_the_borough_and_can_be_rung(
    practice: Practice, borough: Borough
) -> None:
    postcode = Postcode.parse(practice.postcode)

    assert str(postcode) == practice.postcode
    assert borough.locate(postcode) is Place.INSIDE
    assert str(PhoneNumber.parse(practice.phone)) == practice.phone
