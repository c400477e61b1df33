"""What lies on the disk: nothing a person said in the open, and all of it after a restart."""

from pathlib import Path
from typing import Any

from api.domain.inbox import Tab
from api.domain.referral import Kind
from api.domain.staff import Role, StaffAsker
from api.services.casework import read_referral
from api.services.inbox import View, look
from common.contract.referral import CallbackRequest, ReferralSubmission
from tests.support.intake_api import Api, running_api, submission

COORDINATOR = StaffAsker(4, Role.COORDINATOR)
MINE = {"X-Conversation-Id": "zzmark-conversation"}
MARKED: dict[str, Any] = {
    "conversation_id": "zzmark-conversation",
    "name": "Zzmark Khatun",
    "date_of_birth": "1971-07-17",
    "contact": {"phone": "07700 900771", "other": "email", "other_detail": "zzmark@example.org"},
    "who_for": "other",
    "helper": {"name": "Zzmark Helper", "relation": "friend"},
    "concern_words": ["zzmark money"],
    "own_words": ["zzmark আমি ঝঝমার্ক", "zzmark two"],
    "name_to_use": "Zzmark",
}
# As text, as digits and as it would stand in JSON.
MARKS = (b"zzmark", b"khatun", b"1971-07-17", b"90077", "ঝঝমার্ক".encode(), b"\\u099d")


def send_everything(api: Api) -> str:
    reference = str(api.send(submission(**MARKED)).json()["reference"])
    at = f"/v1/referrals/{reference}"
    api.client.post(f"{at}/corrections", json={"phone": "07700 900772"}, headers=MINE)
    api.client.post(f"{at}/about-you", json={"ethnic_category": "K"}, headers=MINE)
    callback = {
        "conversation_id": "zzmark-conversation",
        "channel": "telegram",
        "language": "bn",
        "phone": "07700 900771",
        "words": ["zzmark call me"],
    }
    key = {"Idempotency-Key": "zzmark-key-1"}
    assert api.client.post("/v1/callbacks", json=callback, headers=key).status_code == 201
    api.next_notice()
    api.next_notice()
    return reference


def test_no_file_of_the_store_holds_what_a_person_said(tmp_path: Path) -> None:
    with running_api(f"sqlite:///{tmp_path / 'api.sqlite3'}") as api:
        send_everything(api)
        while_running = list(tmp_path.iterdir())
        contents = [path.read_bytes().lower() for path in while_running]
    contents += [path.read_bytes().lower() for path in tmp_path.iterdir()]
    assert any(b"referral" in content for content in contents)
    for mark in MARKS:
        assert not any(mark in content for content in contents), mark


def test_all_of_it_is_there_after_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'api.sqlite3'}"
    with running_api(url) as api:
        reference = send_everything(api)
    with running_api(url) as api:
        answer = api.client.get(f"/v1/referrals/{reference}", headers=MINE)
        assert answer.json()["status"] == "assigned"
        again = api.send(submission(**MARKED))
        assert (again.status_code, again.json()["reference"]) == (201, reference)
        case = api.run(read_referral, api.desk, COORDINATOR, reference)
        assert isinstance(case.told, ReferralSubmission)
        assert case.told.own_words == ("zzmark আমি ঝঝমার্ক", "zzmark two")
        assert [one.phone for one in case.corrections] == ["+447700900772"]


def test_a_notice_that_was_not_sent_is_sent_after_the_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'api.sqlite3'}"
    with running_api(url, deaf=True) as api:
        reference = api.send(submission()).json()["reference"]
    with running_api(url) as api:
        api.clock.move(hours=1)
        assert api.next_notice()[0].reference == reference


def test_a_callback_is_read_as_what_it_is() -> None:
    with running_api() as api:
        send_everything(api)
        listed = api.run(look, api.desk, COORDINATOR, View(Tab.EVERYBODY)).entries
        found = (one.referral for one in listed)
        callback = next(one.reference for one in found if one.kind is Kind.CALLBACK)
        told = api.run(read_referral, api.desk, COORDINATOR, callback).told
        assert isinstance(told, CallbackRequest)
        assert told.words == ("zzmark call me",)
