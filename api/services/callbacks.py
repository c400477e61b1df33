"""Taking in a request to be called: a number is enough, and somebody has it at once."""

from api.domain.referral import Kind
from api.services.desk import Desk
from api.services.filing import Arrival, file
from api.services.freetexts import free_texts
from api.services.once import Request
from api.services.sorting import sorting_of
from common.contract.referral import CallbackRequest, ReferralReceipt


async def call_back(desk: Desk, request: CallbackRequest, key: str) -> ReferralReceipt:
    """Take it in; with a practice it goes to its prescriber, else to the coordinators.

    Raises:
        KeyReusedError: the key came before with another body.
    """
    arrival = Arrival(
        kind=Kind.CALLBACK,
        asker=desk.conversation(request.conversation_id),
        practice=request.practice or "",
        channel=request.channel,
        language=request.language,
        flags=tuple(dict.fromkeys(request.flags)),
        told=request.model_dump_json(),
        unread=len(free_texts(request)),
        sorting=sorting_of(desk.vault, request),
    )
    return await file(desk, arrival, Request("callbacks", key, arrival.told))
