"""Taking in a request to be called: a number is enough, and somebody has it at once."""

from sqlalchemy import Connection

from api.domain.referral import Kind
from api.services.desk import Desk
from api.services.filing import Arrival, file
from api.services.once import Request, once
from common.contract.referral import CallbackRequest, ReferralReceipt


async def call_back(desk: Desk, request: CallbackRequest, key: str) -> ReferralReceipt:
    """Take it in; with a practice it goes to its prescriber, else to the coordinators.

    Raises:
        KeyReusedError: the key came before with another body.
    """
    directory = (await desk.directory.current()).directory
    arrival = Arrival(
        kind=Kind.CALLBACK,
        asker=desk.conversation(request.conversation_id),
        practice=request.practice or "",
        channel=request.channel,
        language=request.language,
        flags=tuple(dict.fromkeys(request.flags)),
        told=request,
    )

    def take(connection: Connection) -> ReferralReceipt:
        return once(
            desk,
            connection,
            Request("callbacks", key, request),
            lambda: file(desk, connection, arrival, directory),
        )

    return await desk.write(take)
