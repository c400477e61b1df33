"""The wire between bot and api: strict in what it takes, silent about what it refuses."""

import json
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from common.contract.choices import Concern, HomeCode, SafeCall
from common.contract.referral import (
    CallbackRequest,
    Contact,
    EligibilityQuestion,
    Feedback,
    PracticeHit,
    ReferralReceipt,
    ReferralSubmission,
)

LEAST: dict[str, Any] = {
    "conversation_id": "a1b2c3d4",
    "channel": "console",
    "language": "bn",
    "name": "Rahima Begum",
    "date_of_birth": "1980-04-03",
    "contact": {"phone": "07700 900123"},
}


def _read(**changes: object) -> ReferralSubmission:
    return ReferralSubmission.model_validate_json(json.dumps({**LEAST, **changes}))


def _refused(model: type[BaseModel], body: object) -> str:
    with pytest.raises(ValidationError) as refusal:
        model.model_validate_json(json.dumps(body))
    return str(refusal.value)


def test_the_least_that_can_be_sent_has_the_safe_defaults() -> None:
    contact = _read().contact

    assert contact.phone == "+447700900123"
    assert contact.safe_call is None
    assert not contact.may_say_who_calls
    assert not contact.may_voicemail
    assert not contact.may_text
    assert contact.who_answers == "only_me"


@pytest.mark.parametrize(
    ("answer", "may"), [(SafeCall.YES, True), (SafeCall.CAREFUL, False), (SafeCall.NO, False)]
)
def test_only_a_plain_yes_lets_the_caller_say_who_is_calling(
    answer: SafeCall, *, may: bool
) -> None:
    assert Contact(safe_call=answer).may_say_who_calls is may


def test_what_was_sent_is_read_back_the_same() -> None:
    sent = _read(
        who_for="child",
        helper={"name": "Amina", "relation": "parent"},
        safe_now="safe",
        home="e14dg",
        practice="F84122",
        concerns=["money", "loneliness"],
        own_words=["আমি একা", "line one\nline two"],
        access_needs=["bsl"],
        flags=["help_now"],
    )

    assert sent.home == "E1 4DG"
    assert sent.date_of_birth == date(1980, 4, 3)
    assert sent.concerns == (Concern.MONEY, Concern.LONELINESS)
    assert ReferralSubmission.model_validate_json(sent.model_dump_json()) == sent


def test_a_date_of_birth_in_the_future_is_for_the_api_to_judge() -> None:
    assert _read(date_of_birth="2999-01-01").date_of_birth.year == 2999


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"extra": "field"}, id="an unknown field"),
        pytest.param({"version": 2}, id="another version"),
        pytest.param({"name": ""}, id="an empty name"),
        pytest.param({"name": " \n "}, id="a blank name"),
        pytest.param({"name": "a" * 201}, id="a name too long"),
        pytest.param({"name": "a\0b"}, id="NUL in a line"),
        pytest.param({"name": 7}, id="a number for a name"),
        pytest.param({"name": None}, id="no name"),
        pytest.param({"own_words": ["a\0b"]}, id="NUL in prose"),
        pytest.param({"own_words": ["a" * 10_001]}, id="prose too long"),
        pytest.param({"own_words": "text"}, id="text for a list"),
        pytest.param({"date_of_birth": "03/04/1980"}, id="a date that is not ISO"),
        pytest.param({"date_of_birth": 315532800}, id="a number for a date"),
        pytest.param({"date_of_birth": "1980-02-30"}, id="a day that never was"),
        pytest.param({"home": "nowhere"}, id="no postcode"),
        pytest.param({"home": "E1 4DG", "home_code": "unknown"}, id="two homes"),
        pytest.param({"practice": "F84122", "practice_code": "unknown"}, id="two practices"),
        pytest.param({"practice": "f84122"}, id="an ODS code in small letters"),
        pytest.param({"concerns": ["gambling"]}, id="an unknown concern"),
        pytest.param({"interpreter": 1}, id="a number for yes"),
        pytest.param({"interpreter": "yes"}, id="a word for yes"),
        pytest.param({"language": "xx"}, id="an unknown language"),
        pytest.param({"conversation_id": "short"}, id="a conversation id too short"),
        pytest.param({"conversation_id": "a1b2c3d4\n"}, id="a conversation id with a line end"),
        pytest.param({"contact": {"phone": "123"}}, id="no telephone number"),
        pytest.param({"contact": {"may_text": 1}}, id="a number for a permission"),
        pytest.param({"contact": {"may_txt": True}}, id="an unknown field within"),
    ],
)
def test_refused(change: dict[str, object]) -> None:
    _refused(ReferralSubmission, {**LEAST, **change})


@pytest.mark.parametrize("change", [{"home_code": "no_fixed_address"}, {"home": "E1 4DG"}, {}])
def test_a_home_is_told_once_or_not_at_all(change: dict[str, str]) -> None:
    sent = _read(**change)

    assert sent.home_code is (HomeCode.NO_FIXED_ADDRESS if "home_code" in change else None)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Rahima\0Begum"},
        {"name": "Rahima" * 100},
        {"home": "Rahima", "practice": "Rahima"},
        {"home": "E1 4DG", "home_code": "Rahima"},
        {"contact": {"phone": "Rahima"}},
        {"date_of_birth": "Rahima"},
        {"surprise": "Rahima"},
        {"name": "Rahima", "home": "E1 4DG", "home_code": "unknown"},
    ],
)
def test_a_refusal_names_the_field_and_never_shows_its_value(change: dict[str, object]) -> None:
    refusal = _refused(ReferralSubmission, {**LEAST, **change})

    assert "Rahima" not in refusal
    assert "E1 4DG" not in refusal


@pytest.mark.parametrize("days", [0, 61, False, "5"])
def test_a_receipt_promises_a_sensible_number_of_days(days: object) -> None:
    _refused(
        ReferralReceipt,
        {"reference": "TH-0000-000", "status": "received", "contact_within_working_days": days},
    )


def test_a_receipt_carries_a_reference_that_checks() -> None:
    body = {"status": "received", "contact_within_working_days": 5}

    receipt = ReferralReceipt.model_validate_json(json.dumps({**body, "reference": "th0000000"}))

    assert receipt.reference == "TH-0000-000"
    _refused(ReferralReceipt, {**body, "reference": "TH-0000-001"})


@pytest.mark.parametrize(
    ("model", "body"),
    [
        (Feedback, {"easy": 0}),
        (Feedback, {"easy": 6}),
        (Feedback, {"easy": True}),
        (PracticeHit, {"ods_code": "F84122", "name": "XX Place", "open": True, "score": 1.01}),
        (EligibilityQuestion, {"postcode": "E1 4DG"}),
        (EligibilityQuestion, {"postcode": "E" * 21, "practice": "F84122"}),
        (CallbackRequest, {"conversation_id": "a1b2c3d4", "channel": "console", "language": "en"}),
    ],
)
def test_the_smaller_messages_are_as_strict(model: type[BaseModel], body: object) -> None:
    _refused(model, body)


def test_a_number_is_enough_to_be_rung() -> None:
    body = {
        "conversation_id": "a1b2c3d4",
        "channel": "webchat",
        "language": "other",
        "phone": "+8801712345678",
    }

    assert CallbackRequest.model_validate_json(json.dumps(body)).phone == "+8801712345678"


def test_a_message_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValidationError):
        _read().name = "Other"  # type: ignore[misc] # the point of the test
