"""The api over HTTP: brings what was confirmed, and says whether trying again can help."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TypeVar

import httpx2
from pydantic import BaseModel, ValidationError

from bot.intake_port import IntakeError
from common.contract.referral import (
    AboutYou,
    CallbackRequest,
    Correction,
    ErasureRequest,
    Feedback,
    ReferralReceipt,
    ReferralStatus,
    ReferralSubmission,
    Withdrawal,
)
from common.runtime.tls import authorities

TIMEOUT = httpx2.Timeout(20, connect=5)

# 4xx that are not the request's fault: a token can be put right, a busy api gets free again.
_MAY_PASS = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)

Answer = TypeVar("Answer", bound=BaseModel)


def make_client(
    url: str, token: str, transport: httpx2.AsyncBaseTransport | None = None
) -> httpx2.AsyncClient:
    """A client of the api at `url`, a bearer of `token`; a redirect is never followed."""
    headers = {"Authorization": f"Bearer {token}", "User-Agent": "doorway-bot"}
    return httpx2.AsyncClient(
        base_url=url,
        headers=headers,
        timeout=TIMEOUT,
        transport=transport,
        trust_env=False,
        verify=authorities(from_environment=False),
    )


class HttpIntake:
    """The Intake port. Retrying is the caller's: its jobs outlive this process."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client

    async def submit(self, submission: ReferralSubmission, key: str) -> ReferralReceipt:
        try:
            return await self._receipt("/v1/referrals", submission, key)
        except _AlreadySentError as known:
            # The same conversation has sent the same before: it is as good as delivered.
            status = await self.status(known.reference, submission.conversation_id)
            return ReferralReceipt(**status.model_dump())

    async def call_back(self, request: CallbackRequest, key: str) -> ReferralReceipt:
        return await self._receipt("/v1/callbacks", request, key)

    async def status(self, reference: str, conversation_id: str) -> ReferralStatus:
        headers = {"X-Conversation-Id": conversation_id}
        response = await self._call("GET", f"/v1/referrals/{reference}", headers)
        return _parsed(ReferralStatus, response)

    async def correct(self, reference: str, conversation_id: str, what: Correction) -> None:
        await self._add(reference, conversation_id, "corrections", what)

    async def withdraw(self, reference: str, conversation_id: str) -> None:
        await self._add(reference, conversation_id, "withdrawal", Withdrawal())

    async def erase(self, reference: str, conversation_id: str) -> None:
        await self._add(reference, conversation_id, "erasure", ErasureRequest())

    async def about_you(self, reference: str, conversation_id: str, what: AboutYou) -> None:
        await self._add(reference, conversation_id, "about-you", what)

    async def feedback(self, reference: str, conversation_id: str, what: Feedback) -> None:
        await self._add(reference, conversation_id, "feedback", what)

    async def _receipt(self, path: str, body: BaseModel, key: str) -> ReferralReceipt:
        return _parsed(
            ReferralReceipt, await self._call("POST", path, {"Idempotency-Key": key}, body)
        )

    async def _add(self, reference: str, conversation_id: str, what: str, body: BaseModel) -> None:
        headers = {"X-Conversation-Id": conversation_id}
        await self._call("POST", f"/v1/referrals/{reference}/{what}", headers, body)

    async def _call(
        self, method: str, path: str, headers: Mapping[str, str], body: BaseModel | None = None
    ) -> httpx2.Response:
        content = body.model_dump_json() if body else None
        sent = {**headers, "Content-Type": "application/json"} if body else headers
        try:
            response = await self._client.request(method, path, headers=sent, content=content)
        except httpx2.HTTPError as error:
            # From None: the error holds the request, and that holds what a person wrote.
            raise IntakeError(f"the api was not reached: {type(error).__name__}") from None
        if response.is_success:
            return response
        raise _refusal(response)


class _AlreadySentError(IntakeError):
    """This very conversation has sent this already, under the reference."""

    def __init__(self, reference: str) -> None:
        super().__init__("sent already", permanent=True)
        self.reference = reference


def _refusal(response: httpx2.Response) -> IntakeError:
    status = response.status_code
    if status == HTTPStatus.CONFLICT and (reference := _reference(response)):
        return _AlreadySentError(reference)
    permanent = response.is_client_error and status not in _MAY_PASS
    return IntakeError(f"the api answered {status}", permanent=permanent)


def _reference(response: httpx2.Response) -> str:
    try:
        problem = response.json()
    except ValueError:
        return ""
    found = problem.get("reference") if isinstance(problem, dict) else None
    return found if isinstance(found, str) else ""


def _parsed(kind: type[Answer], response: httpx2.Response) -> Answer:
    try:
        return kind.model_validate_json(response.content)
    except ValidationError:
        # Perhaps a proxy's page in place of the api's answer; the next try will tell.
        raise IntakeError("the api's answer cannot be read") from None
