"""Reading a referral as staff do, with a trace of who read it."""

import pytest
from sqlalchemy import text

from api.domain.errors import NotFoundError
from api.domain.referral import Status
from api.domain.staff import Asker, Role, StaffAsker
from api.services.casework import read_referral
from common.contract.referral import ReferralSubmission
from tests.support.intake_api import ALBION, AMINA, CHIDI, CHRISP, Api, submission

ALICE = StaffAsker(AMINA, Role.PRESCRIBER, frozenset({ALBION}))
CHARLIE = StaffAsker(CHIDI, Role.PRESCRIBER, frozenset({CHRISP}))
COORDINATOR = StaffAsker(4, Role.COORDINATOR)


@pytest.fixture
def reference(api: Api) -> str:
    return str(api.send(submission(own_words=["আমার সাহায্য দরকার"])).json()["reference"])


def test_all_there_is_to_know(api: Api, reference: str) -> None:
    case = api.run(read_referral, api.desk, ALICE, reference)
    assert isinstance(case.told, ReferralSubmission)
    assert case.told.own_words == ("আমার সাহায্য দরকার",)
    assert case.told.contact.phone == "+447700900123"
    assert case.practice is not None
    assert case.practice.name == "Albion Road Surgery"
    assert case.assigned_to_name == "Amina"
    assert [one.after for one in case.changes] == [Status.RECEIVED, Status.ASSIGNED]
    assert (case.duplicates, case.corrections, case.wants_erasure) == ((), (), False)


def test_reading_leaves_a_trace(api: Api, reference: str) -> None:
    api.run(read_referral, api.desk, ALICE, reference)
    rows = api.write(lambda c: c.execute(text("SELECT actor, action, subject FROM audit")).all())
    assert tuple(rows[-1]) == (f"staff:{AMINA}", "referral.read", reference)


@pytest.mark.parametrize(
    ("asker", "reference_asked"),
    [(CHARLIE, None), (ALICE, "TH-0000-000"), (ALICE, "nonsense")],
    ids=["outsider", "nobody's", "unreadable"],
)
def test_what_is_not_theirs_is_not_there(
    api: Api, reference: str, asker: Asker, reference_asked: str | None
) -> None:
    with pytest.raises(NotFoundError):
        api.run(read_referral, api.desk, asker, reference_asked or reference)
    reads = "SELECT count(*) FROM audit WHERE action = 'referral.read'"
    assert api.write(lambda c: c.execute(text(reads)).scalar_one()) == 0


def test_staff_see_the_match_that_nobody_outside_sees(api: Api, reference: str) -> None:
    twin = submission(conversation_id="conversation-2", contact={"phone": "07700 900456"})
    second = api.send(twin, "key-00000002").json()["reference"]
    first_case = api.run(read_referral, api.desk, COORDINATOR, reference)
    second_case = api.run(read_referral, api.desk, COORDINATOR, second)
    assert (first_case.duplicates, second_case.duplicates) == ((second,), (reference,))
    assert isinstance(first_case.told, ReferralSubmission)
    assert first_case.told.contact.phone == "+447700900123"
