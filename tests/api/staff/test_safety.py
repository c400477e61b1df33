"""How and when it is safe to make contact: whatever was not answered is not allowed."""

import json

import pytest

from api.staff.safety import Reach, reach, rules
from common.contract.choices import BestTime, SafeCall, WhoAnswers
from common.contract.referral import Correction, ReferralSubmission
from tests.support.intake_api import submission

pytestmark = pytest.mark.any_store

DO_NOT_SAY = "Do not say who is calling."


def words(how: Reach) -> list[str]:
    return [rule.words for rule in rules(how)]


def forbidden(how: Reach) -> list[str]:
    return [rule.words for rule in rules(how) if rule.warns]


def test_where_nothing_was_answered_everything_is_forbidden() -> None:
    assert forbidden(Reach("+447700900123")) == [
        "They did not say whether it is safe to ring. Take care.",
        DO_NOT_SAY,
        "No voicemail.",
        "No text messages.",
        "Speak only to them, and tell nobody else why you ring.",
    ]


def test_what_was_allowed_is_allowed() -> None:
    how = Reach(
        "+447700900123",
        SafeCall.YES,
        may_voicemail=True,
        may_text=True,
        who_answers=WhoAnswers.OTHERS_OK,
        best_time=BestTime.MORNING,
    )
    assert forbidden(how) == []
    assert words(how)[0] == "It is safe to ring."
    assert words(how)[-1] == "Best time: morning."


@pytest.mark.parametrize("answer", [SafeCall.CAREFUL, SafeCall.NO, None])
def test_only_a_plain_yes_lets_us_say_who_calls(answer: SafeCall | None) -> None:
    assert DO_NOT_SAY in forbidden(Reach("+447700900123", answer))


def test_not_safe_to_ring_comes_first() -> None:
    assert words(Reach("+447700900123", SafeCall.NO))[0].startswith("It is NOT safe")


def test_without_a_phone_the_way_round_is_told() -> None:
    assert forbidden(Reach(""))[0].startswith("They have no phone of their own.")
    assert len(rules(Reach(""))) == 2


def test_what_was_allowed_for_one_number_is_not_for_the_next() -> None:
    contact = {
        "phone": "07700 900123",
        "safe_call": "yes",
        "may_text": True,
        "best_time": "evening",
    }
    told = ReferralSubmission.model_validate_json(json.dumps(submission(contact=contact)))
    corrections = [Correction(phone="07700 900456"), Correction(phone="07700 900789")]
    assert reach(told, corrections) == Reach("+447700900789", best_time=BestTime.EVENING)
    assert reach(told, ()).may_text
