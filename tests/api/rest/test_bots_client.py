"""The bot's own client against the api itself: the two agree on every call."""

import json
from collections.abc import Awaitable, Callable, Iterator

import pytest
from httpx2 import ASGITransport

from bot.intake import HttpIntake, make_client
from bot.intake_port import IntakeError
from common.contract.referral import (
    AboutYou,
    CallbackRequest,
    Correction,
    Feedback,
    ReferralSubmission,
)
from tests.support.intake_api import TOKEN, Api, submission

pytestmark = pytest.mark.any_store  # nothing of it is about SQL

MINE, CHARLIE = "conversation-1", "charlie-the-outsider"
Call = Callable[[HttpIntake, str, str], Awaitable[object]]
AFTERWARDS: dict[str, Call] = {
    "status": lambda intake, reference, who: intake.status(reference, who),
    "correct": lambda intake, reference, who: intake.correct(
        reference, who, Correction(phone="07700 900999")
    ),
    "about you": lambda intake, reference, who: intake.about_you(reference, who, AboutYou()),
    "feedback": lambda intake, reference, who: intake.feedback(reference, who, Feedback(easy=5)),
    "withdraw": lambda intake, reference, who: intake.withdraw(reference, who),
    "erase": lambda intake, reference, who: intake.erase(reference, who),
}


@pytest.fixture
def intake(api: Api) -> Iterator[HttpIntake]:
    """The bot's client, with the api behind it and no network between."""
    client = make_client("http://api", TOKEN, ASGITransport(app=api.app))
    yield HttpIntake(client)
    api.run(client.aclose)


def referral(**changes: object) -> ReferralSubmission:
    return ReferralSubmission.model_validate_json(json.dumps(submission(**changes)))


def test_a_referral_arrives_once(api: Api, intake: HttpIntake) -> None:
    first = api.run(intake.submit, referral(), "key-00000001")
    assert (first.status, first.contact_within_working_days) == ("assigned", 5)
    assert api.run(intake.submit, referral(), "key-00000001") == first
    assert api.run(intake.submit, referral(), "key-00000002") == first


def test_another_body_under_the_same_key_is_refused_for_good(api: Api, intake: HttpIntake) -> None:
    api.run(intake.submit, referral(), "key-00000001")
    with pytest.raises(IntakeError) as refused:
        api.run(intake.submit, referral(name="Another"), "key-00000001")
    assert refused.value.permanent


def test_a_call_is_asked_for(api: Api, intake: HttpIntake) -> None:
    wish = {
        "conversation_id": MINE,
        "channel": "telegram",
        "language": "so",
        "phone": "07700 900123",
    }
    request = CallbackRequest.model_validate_json(json.dumps(wish))
    assert api.run(intake.call_back, request, "key-00000001").status == "received"


@pytest.mark.parametrize("call", AFTERWARDS.values(), ids=AFTERWARDS)
def test_every_call_afterwards(api: Api, intake: HttpIntake, call: Call) -> None:
    reference = api.run(intake.submit, referral(), "key-00000001").reference
    api.run(call, intake, reference, MINE)
    with pytest.raises(IntakeError) as refused:
        api.run(call, intake, reference, CHARLIE)
    assert refused.value.permanent


def test_a_wrong_token_may_be_put_right(api: Api) -> None:
    client = make_client("http://api", "another token", ASGITransport(app=api.app))
    with pytest.raises(IntakeError) as refused:
        api.run(HttpIntake(client).submit, referral(), "key-00000001")
    assert not refused.value.permanent
    api.run(client.aclose)
