"""What is held and what was done are told in words, whatever part of the house made them."""

import re

from api.persistence.held import HANGING
from api.staff.deeds import DEEDS
from api.staff.held import HEADINGS
from tests.support.sources import sources

# As they stand in the code: somebody's deeds are named `noun.verb_in_the_past`.
DEED = re.compile(
    r'"((?:referral|callback|duplicate|texts?|staff|telegram|audit|helpline|phrase|clip)\.[a-z_]+)"'
)
NO_DEEDS = {"referral.html", "people.html", "referral.id", "helpline.key", "phrase.id"}


def test_every_deed_that_is_recorded_has_words() -> None:
    services = "\n".join(one.text for one in sources("api") if one.path.parent.name != "staff")
    deeds = set(DEED.findall(services)) - NO_DEEDS
    assert {"referral.accepted", "texts.read", "staff.added"} <= deeds
    assert deeds - DEEDS.keys() == set()


def test_everything_that_hangs_on_a_referral_has_a_heading() -> None:
    assert {table.name for table in HANGING} - HEADINGS.keys() == set()
