"""Who may call: bearers of one of the intake's tokens, compared without telling by time."""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.domain.errors import NotSignedInError
from api.rest.pacing import refuse_guessing
from api.services.desk import Desk
from common.runtime.credentials import digest

_scheme = HTTPBearer(auto_error=False, description="One of API_INTAKE_TOKENS.")


class Tokens:
    """The tokens in force, kept as hashes; several, so that one can be replaced without a gap.

    The settings may hold no more than the hash, as `python -m api token` prints it.
    """

    def __init__(self, tokens: Iterable[str]) -> None:
        self._hashes = tuple(digest(token) for token in tokens)

    def know(self, token: str) -> bool:
        """Whether it is one of them; all are compared, so that time tells nothing."""
        given = hashlib.sha256(token.encode()).digest()
        return sum(hmac.compare_digest(given, known) for known in self._hashes) > 0


async def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


async def bearer(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_scheme)],
) -> None:
    """Let only those in who have a token.

    Raises:
        NotSignedInError: no token, or none of ours.
        TooManyError: there were too many of these from that address.
    """
    tokens: Tokens = request.app.state.tokens
    if credentials is None or not tokens.know(credentials.credentials):
        await refuse_guessing(request)
        raise NotSignedInError


AtDesk = Annotated[Desk, Depends(_desk)]
