"""How often a conversation may come, and an address with a wrong token: docs/limits.md.

All residents come through one bot, so by one address and one token: neither is ever counted
while the token is right.
"""

from typing import Annotated

from fastapi import Depends, Request

from api.domain.errors import TooManyError
from api.domain.staff import ConversationAsker
from api.rest.wire import ConversationId
from api.services.desk import Desk
from common.runtime.addresses import network
from common.runtime.pace import Pace, Rate

OF_A_CONVERSATION = Rate("api-conversation", 60)
WRONG_TOKENS = Rate("api-wrong-tokens", 30)


class Turns:
    """Lets a conversation have its turn, and no more of them than it can need."""

    def __init__(self, request: Request) -> None:
        self._pace: Pace = request.app.state.pace

    async def take(self, conversation_id: str) -> None:
        """Count what this conversation does.

        Raises:
            TooManyError: it is to wait.
        """
        if wait := await self._pace.take(OF_A_CONVERSATION, conversation_id):
            raise TooManyError(wait)


async def _turns(request: Request) -> Turns:
    return Turns(request)  # by itself, as a class, it would be made in another thread each time


InTurn = Annotated[Turns, Depends(_turns)]


async def _asker(
    request: Request, turns: InTurn, conversation: ConversationId
) -> ConversationAsker:
    await turns.take(conversation)
    desk: Desk = request.app.state.desk
    return desk.conversation(conversation)


Asker = Annotated[ConversationAsker, Depends(_asker)]
"""The conversation that asks, in its turn."""


async def refuse_guessing(request: Request) -> None:
    """Count a wrong token.

    Raises:
        TooManyError: too many came from there.
    """
    pace: Pace = request.app.state.pace
    if wait := await pace.take(WRONG_TOKENS, network(request) or "this machine"):
        raise TooManyError(wait)
