"""The api as the bot calls it: which requests, and which answers are worth another try."""

import json
from collections.abc import Callable

import httpx2
import pytest

from bot.intake import HttpIntake, make_client
from bot.intake_port import IntakeError
from common.contract.choices import Channel, Gender
from common.contract.referral import (
    AboutYou,
    CallbackRequest,
    Correction,
    Feedback,
    ReferralReceipt,
    ReferralStatus,
)
from tests.bot.test_submission import ID, short

REFERENCE = "TH-7777-771"
RECEIPT = {"reference": REFERENCE, "status": "assigned", "contact_within_working_days": 5}
Answering = Callable[[httpx2.Request], httpx2.Response]


class Api:
    """Answers as it is told, and keeps what it was asked."""

    def __init__(self, *answers: httpx2.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx2.Request] = []
        transport = httpx2.MockTransport(self._answer)
        self.intake = HttpIntake(make_client("http://api.example", "secret-token", transport))

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def asked(self) -> list[str]:
        return [f"{one.method} {one.url.path}" for one in self.requests]


def call_back_request() -> CallbackRequest:
    return CallbackRequest(
        conversation_id=ID, channel=Channel.TELEGRAM, language="bn", phone="+447700900123"
    )


async def test_a_referral_is_posted_with_token_and_key() -> None:
    api = Api(httpx2.Response(201, json=RECEIPT))
    submission = short()
    assert await api.intake.submit(submission, "key-00001") == ReferralReceipt(**RECEIPT)  # type: ignore[arg-type] # pydantic checks it
    (request,) = api.requests
    assert api.asked == ["POST /v1/referrals"]
    assert request.headers["Authorization"] == "Bearer secret-token"
    assert request.headers["Idempotency-Key"] == "key-00001"
    assert request.headers["Content-Type"] == "application/json"
    assert json.loads(request.content) == json.loads(submission.model_dump_json())


async def test_a_call_back_is_posted() -> None:
    api = Api(httpx2.Response(201, json=RECEIPT))
    assert (await api.intake.call_back(call_back_request(), "key-00001")).reference == REFERENCE
    assert api.asked == ["POST /v1/callbacks"]


async def test_a_status_is_asked_for_in_the_name_of_the_conversation() -> None:
    api = Api(httpx2.Response(200, json=RECEIPT))
    assert await api.intake.status(REFERENCE, ID) == ReferralStatus(**RECEIPT)  # type: ignore[arg-type] # pydantic checks it
    assert api.asked == [f"GET /v1/referrals/{REFERENCE}"]
    assert api.requests[0].headers["X-Conversation-Id"] == ID


async def test_what_follows_a_referral_has_its_own_addresses() -> None:
    api = Api(*[httpx2.Response(204)] * 5)
    await api.intake.correct(REFERENCE, ID, Correction(phone="+447700900123"))
    await api.intake.withdraw(REFERENCE, ID)
    await api.intake.erase(REFERENCE, ID)
    await api.intake.about_you(REFERENCE, ID, AboutYou(gender=Gender.FEMALE))
    await api.intake.feedback(REFERENCE, ID, Feedback(easy=5))
    follow_ups = ("corrections", "withdrawal", "erasure", "about-you", "feedback")
    assert api.asked == [f"POST /v1/referrals/{REFERENCE}/{one}" for one in follow_ups]
    assert {one.headers["X-Conversation-Id"] for one in api.requests} == {ID}
    assert api.requests[1].content == b"{}"


@pytest.mark.parametrize("status", [400, 404, 409, 413, 422])
async def test_a_request_that_is_wrong_stays_wrong(status: int) -> None:
    api = Api(httpx2.Response(status, json={"title": "no"}))
    with pytest.raises(IntakeError) as caught:
        await api.intake.submit(short(), "key-00001")
    assert caught.value.permanent


@pytest.mark.parametrize("status", [301, 401, 403, 408, 429, 500, 502, 503])
async def test_a_trouble_of_the_apis_own_may_pass(status: int) -> None:
    api = Api(httpx2.Response(status, content=b"<html>"))
    with pytest.raises(IntakeError) as caught:
        await api.intake.submit(short(), "key-00001")
    assert not caught.value.permanent


@pytest.mark.parametrize("error", [httpx2.ConnectError("x"), httpx2.ReadTimeout("x")])
async def test_an_api_that_is_not_reached_may_be_later(error: Exception) -> None:
    api = Api(error)
    with pytest.raises(IntakeError) as caught:
        await api.intake.submit(short(), "key-00001")
    assert not caught.value.permanent
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("body", [b"<html>Please sign in</html>", b"{}", b""])
async def test_an_answer_that_is_not_the_apis_is_tried_again(body: bytes) -> None:
    api = Api(httpx2.Response(200, content=body))
    with pytest.raises(IntakeError) as caught:
        await api.intake.submit(short(), "key-00001")
    assert not caught.value.permanent


async def test_what_this_conversation_has_sent_before_counts_as_delivered() -> None:
    known = httpx2.Response(409, json={"title": "sent already", "reference": REFERENCE})
    api = Api(known, httpx2.Response(200, json={**RECEIPT, "status": "contacting"}))
    receipt = await api.intake.submit(short(), "key-00001")
    assert (receipt.reference, receipt.contact_within_working_days) == (REFERENCE, 5)
    assert api.requests[1].headers["X-Conversation-Id"] == ID


@pytest.mark.parametrize("body", [b"[]", b"<html>", b'{"reference": 7}'])
async def test_a_conflict_without_a_reference_is_a_refusal(body: bytes) -> None:
    api = Api(httpx2.Response(409, content=body))
    with pytest.raises(IntakeError) as caught:
        await api.intake.submit(short(), "key-00001")
    assert caught.value.permanent


async def test_an_error_says_nothing_of_what_was_sent() -> None:
    api = Api(httpx2.Response(422, json={"detail": "Amina Begum"}))
    with pytest.raises(IntakeError) as caught:
        await api.intake.submit(short(), "key-00001")
    assert str(caught.value) == "the api answered 422"
