"""Doing a thing once: the same key and body get the same answer, however often they come."""

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


def claim(
    desk: Desk, connection: Connection, request: Request, receipt: ReferralReceipt
) -> ReferralReceipt | None:
    """Keep this receipt under the key, in the caller's transaction; or give the earlier one.

    Bodies are compared as they were understood, so that spacing does not matter. A refusal is
    an exception: it undoes the transaction, and the key is free again.

    Raises:
        KeyReusedError: the key came before with another body.
    """
    key = desk.vault.fingerprint("idempotency-key", request.route, request.key)
    body = desk.vault.fingerprint("idempotency-body", request.body.model_dump_json())
    mine = Answered(body, receipt.model_dump_json())
    earlier = idempotency.claim(connection, key, mine, desk.clock())
    if earlier is None:
        return None
    if earlier.body != body:
        raise KeyReusedError
    return ReferralReceipt.model_validate_json(earlier.answer)
