"""Referrals at work for tests: somebody was referred, and staff do what staff do."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from api.domain.contact import Outcome
from api.domain.referral import CloseReason
from api.domain.staff import Role, StaffAsker
from api.services import moves
from api.services.acting import Seen
from api.services.casework import Case, read_referral
from tests.support.intake_api import (
    ALBION,
    AMINA,
    BRENDAN,
    BROMLEY,
    CHIDI,
    CHRISP,
    KOFI,
    Api,
    submission,
)

AT_ALBION = StaffAsker(AMINA, Role.PRESCRIBER, frozenset({ALBION}))
AT_BROMLEY = StaffAsker(BRENDAN, Role.PRESCRIBER, frozenset({BROMLEY}))
AT_CHRISP = StaffAsker(CHIDI, Role.PRESCRIBER, frozenset({CHRISP}))
COORDINATOR = StaffAsker(KOFI, Role.COORDINATOR)
SAFE = {"phone": "07700 900123", "safe_call": "yes", "may_voicemail": True, "may_text": True}


def referred(api: Api, number: int = 1, **changes: Any) -> str:  # noqa: ANN401 any JSON
    """The reference of somebody who was just referred."""
    body = submission(conversation_id=f"conversation-{number}", **changes)
    answer = api.send(body, key=f"key-{number:08}")
    assert answer.status_code == 201, answer.text
    return str(answer.json()["reference"])


def asked_to_be_called(api: Api, **changes: Any) -> str:  # noqa: ANN401 any JSON
    """The reference of somebody who just asked for a call."""
    body = {
        "conversation_id": "conversation-9",
        "channel": "telegram",
        "language": "so",
        "phone": "07700 900999",
        **changes,
    }
    headers = {"Idempotency-Key": "key-callback"}
    answer = api.client.post("/v1/callbacks", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["reference"])


def withdrawn(api: Api, reference: str, number: int = 1) -> int:
    """The person takes it back; the status of the answer."""
    headers = {"X-Conversation-Id": f"conversation-{number}"}
    path = f"/v1/referrals/{reference}/withdrawal"
    return api.client.post(path, json={}, headers=headers).status_code


def case(api: Api, reference: str, asker: StaffAsker = COORDINATOR) -> Case:
    """The referral as it is now."""
    return api.run(read_referral, api.desk, asker, reference)


def seen(api: Api, reference: str) -> Seen:
    """The referral as somebody sees it now who is about to do something."""
    found = case(api, reference)
    return Seen(reference, found.work.version, found.referral.status.value)


def status(api: Api, reference: str) -> str:
    """Where it stands."""
    return case(api, reference).referral.status.value


Step = Callable[[Api, Seen, StaffAsker], object]
STEPS: dict[str, Step] = {
    "accept": lambda api, at, who: api.run(moves.accept, api.desk, who, at),
    "log": lambda api, at, who: api.run(
        moves.log_attempt, api.desk, who, at, Outcome.NO_ANSWER, "left nothing"
    ),
    "book": lambda api, at, who: api.run(
        moves.book, api.desk, who, at, datetime(2026, 12, 1, 14, 30, tzinfo=UTC), "in the library"
    ),
    "hand over": lambda api, at, who: api.run(moves.hand_over, api.desk, who, at, BRENDAN),
    "close": lambda api, at, who: api.run(moves.close, api.desk, who, at, CloseReason.NOT_ELIGIBLE),
    "reopen": lambda api, at, who: api.run(moves.reopen, api.desk, who, at),
}


def does(api: Api, reference: str, *steps: str, who: StaffAsker = AT_ALBION) -> None:
    """Let somebody do these, one after the other, a minute apart."""
    for step in steps:
        api.clock.move(minutes=1)
        STEPS[step](api, seen(api, reference), who)
