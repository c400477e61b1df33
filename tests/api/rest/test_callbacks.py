"""A number is enough to be called, and somebody has it at once."""

from typing import Any

import pytest

from tests.support.intake_api import ALBION, AMINA, KOFI, Api


def call_me(api: Api, key: str = "key-00000001", **changes: Any) -> Any:  # noqa: ANN401 any JSON
    body = {
        "conversation_id": "conversation-1",
        "channel": "telegram",
        "language": "so",
        "phone": "07700 900123",
        **changes,
    }
    return api.client.post("/v1/callbacks", json=body, headers={"Idempotency-Key": key})


@pytest.mark.parametrize(
    ("changes", "status", "told"),
    [({}, "received", KOFI), ({"practice": ALBION}, "assigned", AMINA)],
    ids=["coordinators", "the practice's prescriber"],
)
def test_somebody_has_it(api: Api, changes: dict[str, Any], status: str, told: int) -> None:
    answer = call_me(api, **changes)
    assert (answer.status_code, answer.json()["status"]) == (201, status)
    notice, to = api.next_notice()
    assert (notice.kind, to.staff_id) == ("callback", told)


def test_it_is_taken_once(api: Api) -> None:
    assert call_me(api).json() == call_me(api).json()
    assert call_me(api, phone="07700 900999").status_code == 409
    assert call_me(api, "key-00000002").status_code == 201


def test_its_conversation_may_ask_where_it_stands(api: Api) -> None:
    reference = call_me(api).json()["reference"]
    mine = {"X-Conversation-Id": "conversation-1"}
    answer = api.client.get(f"/v1/referrals/{reference}", headers=mine)
    assert answer.json()["status"] == "received"


def test_a_flag_makes_it_urgent(api: Api) -> None:
    call_me(api, flags=["help_now"])
    assert api.next_notice()[0].urgent
