"""Passwords: hashed and compared in threads, a few at once: each takes a seventh of a second."""

import asyncio
import secrets
from functools import cache

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError

from api.domain.door import LONGEST

AT_ONCE = 2  # argon2id takes 64 MiB each


class Passwords:
    """Argon2id, with a limit on how much of the machine it may take."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def is_right(self, password: str, known: str | None) -> bool:
        """Whether this is the password; takes the same time whether or not there is an account."""
        if len(password) > LONGEST:
            return False
        async with self._turn:
            if known is None:
                known = await asyncio.to_thread(_nobodys_hash)
            return await asyncio.to_thread(_verify, password, known)

    async def hashed(self, password: str) -> str:
        """A new password as it is stored."""
        async with self._turn:
            return await asyncio.to_thread(PasswordHash.recommended().hash, password)


def _verify(password: str, known: str) -> bool:
    try:
        return PasswordHash.recommended().verify(password, known)
    except UnknownHashError:  # an account without a password is not refused sooner than others
        PasswordHash.recommended().verify(password, _nobodys_hash())
        return False


@cache
def _nobodys_hash() -> str:
    return PasswordHash.recommended().hash(secrets.token_urlsafe(16))
