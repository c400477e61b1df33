"""Doing a thing once: the same key and body get the same answer, however often they come."""

from dataclasses import dataclass

from sqlalchemy import Connection

from api.domain.errors import KeyReusedError
from api.persistence import idempotency
from api.persistence.idempotency import Answered
from api.services.desk import Desk
from common.contract.referral import ReferralReceipt


@dataclass(frozen=True, slots=True)
class Request:
    """A request under an Idempotency-Key; `route` keeps the keys of different calls apart.

    `body` is the JSON of what was understood.
    """

    route: str
    key: str
    body: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A request as the store knows it again: the keyed hashes of its key and of its body.

    Bodies are compared as they were understood, so that spacing does not matter.
    """

    key: str
    body: str

    @classmethod
    def of(cls, desk: Desk, request: Request) -> "Mark":
        """The mark of this request."""
        fingerprint = desk.vault.fingerprint
        return cls(
            key=fingerprint("idempotency-key", request.route, request.key),
            body=fingerprint("idempotency-body", request.body),
        )

    def answer(self, receipt: ReferralReceipt) -> Answered:
        """What is kept of the request and its answer."""
        return Answered(self.body, receipt.model_dump_json())


def earlier(connection: Connection, mark: Mark) -> ReferralReceipt | None:
    """What was answered when it came before.

    Raises:
        KeyReusedError: the key came before with another body.
    """
    found = idempotency.answered(connection, mark.key)
    if found is None:
        return None
    if found.body != mark.body:
        raise KeyReusedError
    return ReferralReceipt.model_validate_json(found.answer)
