"""Tokens: several at once, so that one is replaced without a gap; kept as hashes."""

import hashlib

import pytest

from api.rest.access import Tokens
from common.runtime.credentials import hashed, new_token
from tests.support.intake_api import TOKEN, running_api

OLD, NEW = "an-old-token-0123456789", new_token()


def status(tokens: str, given: str) -> int:
    """How the intake answers, with these tokens in its settings, to whoever brings this one."""
    with running_api(tokens=tokens) as api:
        headers = {"Authorization": f"Bearer {given}"}
        return int(api.client.get("/v1/directory", headers=headers).status_code)


def test_while_one_is_replaced_both_are_valid_then_one_is_not() -> None:
    for setting in (f"{OLD},{hashed(NEW)}", f"{hashed(OLD)}, {hashed(NEW)}"):
        assert [status(setting, one) for one in (OLD, NEW)] == [200, 200]
    assert [status(hashed(NEW), one) for one in (OLD, NEW)] == [401, 200]


def test_a_hash_is_no_token() -> None:
    assert status(hashed(TOKEN), hashed(TOKEN)) == 401
    assert status(TOKEN, hashlib.sha256(TOKEN.encode()).hexdigest()) == 401


@pytest.mark.parametrize("given", ["", OLD[:-1], OLD + "x", "é", hashed(OLD)])
def test_what_is_nearly_one_is_none(given: str) -> None:
    assert not Tokens([OLD, hashed(NEW)]).know(given)
