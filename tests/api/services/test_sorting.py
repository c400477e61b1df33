"""What the inbox is filtered by: drawn at filing, filled in for older rows, not readable."""

from typing import Any

import pytest

from api.domain.inbox import Sought, Tab
from api.domain.staff import Role, StaffAsker
from api.services import sorting
from api.services.inbox import View, look
from common.contract.choices import Concern
from common.runtime.vault import Vault
from tests.support.intake_api import KEYS, KOFI, Api, submission
from tests.support.staff_browser import sql

LEADER = StaffAsker(KOFI, Role.COORDINATOR)
CALL = {
    "conversation_id": "conversation-9",
    "channel": "telegram",
    "language": "so",
    "phone": "07700 900999",
    "interpreter": True,
}


def _sent(api: Api, number: int, **changes: Any) -> str:  # noqa: ANN401 any JSON
    body = submission(conversation_id=f"conversation-{number}", **changes)
    return str(api.send(body, f"key-0000000{number}").json()["reference"])


def _found(api: Api, **sought: Any) -> set[str]:  # noqa: ANN401 as the fields of what is sought
    view = View(Tab.EVERYBODY, Sought(**sought))
    found = api.run(look, api.desk, LEADER, view).entries
    return {one.referral.reference for one in found}


def _everything(api: Api) -> tuple[str, str, str]:
    first = _sent(api, 1, concerns=["money", "safety_home"], interpreter=True)
    second = _sent(api, 2, concerns=["money"], interpreter=False)
    key = {"Idempotency-Key": "key-callback"}
    called = api.client.post("/v1/callbacks", json=CALL, headers=key)
    return first, second, str(called.json()["reference"])


def _check(api: Api, first: str, second: str, called: str) -> None:
    assert _found(api, concern=Concern.MONEY) == {first, second}
    assert _found(api, concern=Concern.SAFETY_HOME) == {first}
    assert _found(api, concern=Concern.HOUSING) == set()
    assert _found(api, interpreter=True) == {first, called}
    assert _found(api, interpreter=False) == {second}


def test_what_is_filed_is_found(api: Api) -> None:
    _check(api, *_everything(api))


def test_rows_from_before_are_filled_in_a_few_at_a_time(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "AT_A_TIME", 2)
    references = _everything(api)
    sql(api, "UPDATE referral SET concerns = NULL, interpreter = NULL")
    assert _found(api, concern=Concern.MONEY) == set()
    assert api.run(sorting.sort_out, api.desk) == 3
    _check(api, *references)
    assert api.run(sorting.sort_out, api.desk) == 0


@pytest.mark.any_store
def test_one_that_does_not_open_keeps_none_waiting(api: Api) -> None:
    references = _everything(api)
    sql(api, "UPDATE referral SET concerns = NULL")
    sql(api, "UPDATE referral SET sealed = :x WHERE reference = :one", x=b"x", one=references[0])
    assert api.run(sorting.sort_out, api.desk) == 3
    assert _found(api, concern=Concern.MONEY) == {references[1]}


@pytest.mark.any_store
def test_no_concern_stands_in_the_open(api: Api) -> None:
    _everything(api)
    columns = "concerns || reasons || status || practice || language"
    for (row,) in sql(api, f"SELECT {columns} FROM referral"):
        assert not [one for one in Concern if one.value in row]


def test_tokens_are_of_one_length_and_all_different() -> None:
    tokens = {sorting.token_of(Vault.parse(KEYS), one) for one in Concern}
    assert len(tokens) == len(Concern)
    assert {len(one) for one in tokens} == {sorting.TOKEN_LENGTH}
