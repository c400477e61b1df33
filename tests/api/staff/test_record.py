"""The text for the GP record: what may stand there, with codes that are suggested and no more."""

import csv
from pathlib import Path
from typing import Any

import pytest

from api.staff import record
from api.staff.record import codes
from common.contract.choices import Concern, HomeCode
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import Api, submission

pytestmark = pytest.mark.any_store

ACCEPTED = "871731000000106"
# Those that were looked up and found to say what they are taken for.
VERIFIED = {
    *(ACCEPTED, "871711000000103", "310434002", "1065391000000104", "422650009", "73438004"),
    *("733423003", "160695008", "266935003", "224226001", "390893007"),
}


def text(signed_in: Visitor, api: Api, **told: Any) -> str:  # noqa: ANN401 any JSON
    """The page of a referral like that, from where the text begins."""
    reference = api.send(submission(**told)).json()["reference"]
    page = signed_in("amina").get(f"/staff/referrals/{reference}").text
    return page[page.index("For the GP record") :]


def test_codes_are_suggested_and_the_prescriber_decides(signed_in: Visitor, api: Api) -> None:
    shown = text(signed_in, api, concerns=["food_energy", "money"], interpreter=True)
    assert "The prescriber decides: add only what is true." in shown
    assert "310434002 Self-referral to service" in shown
    assert "733423003 Food insecurity (only if" in shown
    assert f"{ACCEPTED} Referral to social prescribing service (only if they accept" in shown
    assert "Interpreter: wanted" in shown
    assert "Rahima" not in shown


def test_a_carer_who_refers_is_named_as_one_and_nobody_refers_themselves(
    signed_in: Visitor, api: Api
) -> None:
    shown = text(signed_in, api, who_for="other", helper={"relation": "carer"})
    assert "1065391000000104" in shown
    assert "310434002" not in shown


def test_what_is_unsafe_at_home_is_not_copied_and_it_is_said_why(
    signed_in: Visitor, api: Api
) -> None:
    shown = text(signed_in, api, concerns=["safety_home", "housing"])
    copied = shown[shown.index("<textarea") : shown.index("</textarea>")]
    assert "Housing" in copied
    assert "abuse" not in copied
    assert "somebody they live with may be able to read their record" in shown


def test_who_asked_to_be_called_has_nothing_to_record(signed_in: Visitor, api: Api) -> None:
    call = {
        "conversation_id": "conversation-9",
        "channel": "telegram",
        "language": "so",
        "phone": "07700 900999",
    }
    answer = api.client.post("/v1/callbacks", json=call, headers={"Idempotency-Key": "key-call"})
    page = signed_in("kofi").get(f"/staff/referrals/{answer.json()['reference']}").text
    assert "For the GP record" not in page


def test_no_code_is_shipped_that_was_not_verified() -> None:
    assert {one.code for one in codes().values()} == VERIFIED
    needs = {one.value for one in (*Concern, HomeCode.NO_FIXED_ADDRESS)}
    assert set(codes()) <= needs | {"self", "carer", "accepted", "declined"}
    assert Concern.SAFETY_HOME.value not in codes()


def test_a_code_that_is_not_verified_yet_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = tmp_path / "codes.csv"
    rows = [["need", "code", "term", "only_if", "verified"], ["money", "1", "Debt", "", "no"]]
    with edited.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    monkeypatch.setattr(record, "_CODES", edited)
    assert codes.__wrapped__() == {}
