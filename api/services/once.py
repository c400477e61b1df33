"""Doing a thing once: the same key and body get the same answer, however often they come."""

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel
from sqlalchemy import Connection

from api.domain.errors import KeyReusedError
from api.persistence import idempotency
from api.persistence.idempotency import Answered
from api.services.desk import Desk
from common.contract.referral import ReferralReceipt


@dataclass(frozen=True, slots=True)
class Request:
    """A request under an Idempotency-Key; `route` keeps the keys of different calls apart."""

    route: str
    key: str
    body: BaseModel


def once(
    desk: Desk, connection: Connection, request: Request, take: Callable[[], ReferralReceipt]
) -> ReferralReceipt:
    """Give the earlier receipt, or make one and keep it, all in the caller's transaction.

    Bodies are compared as they were understood, so that spacing does not matter. A refusal is
    an exception: it undoes the transaction, and the key is free again.

    Raises:
        KeyReusedError: the key came before with another body.
    """
    key = desk.vault.fingerprint("idempotency-key", request.route, request.key)
    body = desk.vault.fingerprint("idempotency-body", request.body.model_dump_json())
    earlier = idempotency.answered(connection, key)
    if earlier is not None and earlier.body != body:
        raise KeyReusedError
    if earlier is not None:
        return ReferralReceipt.model_validate_json(earlier.answer)
    receipt = take()
    answered = Answered(body, receipt.model_dump_json())
    idempotency.remember(connection, key, answered, desk.clock())
    return receipt
