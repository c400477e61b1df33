"""Secrets among the settings: real ones only, and errors that never quote them."""

import hashlib
import re
import secrets
from typing import Annotated

from pydantic import AfterValidator, SecretStr
from pydantic_core import PydanticCustomError

from common.runtime.vault import KeyRingError, Vault

SHORTEST = 16
"""The fewest characters of a token or secret."""

HASHED = "sha256:"
"""What stands before the hash of a token, where a setting need not hold the token itself."""

_HASH = re.compile(rf"{HASHED}[0-9a-f]{{64}}")
_PLACEHOLDERS = ("change", "placeholder", "example", "your-")


def is_placeholder(text: str) -> bool:
    """Whether somebody still has to put the real thing here."""
    return any(word in text.casefold() for word in _PLACEHOLDERS)


def tokens_of(secret: SecretStr) -> tuple[str, ...]:
    """The tokens in a setting, which may hold several parted by commas."""
    parts = (part.strip() for part in secret.get_secret_value().split(","))
    return tuple(part for part in parts if part)


def new_token() -> str:
    """A new random token."""
    return secrets.token_hex(32)


def hashed(token: str) -> str:
    """The token's hash, as it may stand in a setting: `sha256:` and 64 hex digits."""
    # Of 256 random bits; a plain hash cannot be guessed back.
    return f"{HASHED}{hashlib.sha256(token.encode()).hexdigest()}"


def digest(setting: str) -> bytes:
    """The hash (32 bytes) of a token that a setting holds, hashed already or not."""
    told = setting if setting.startswith(HASHED) else hashed(setting)
    return bytes.fromhex(told.removeprefix(HASHED))


def wrong(sentence: str) -> PydanticCustomError:
    """An error whose text is this sentence alone; it is shown to the operator."""
    return PydanticCustomError("setting", "{sentence}", {"sentence": sentence})


def _real_tokens(secret: SecretStr) -> SecretStr:
    tokens = tokens_of(secret)
    if not tokens or any(len(token) < SHORTEST for token in tokens):
        raise wrong(f"each token needs at least {SHORTEST} characters")
    if any(is_placeholder(token) for token in tokens):
        raise wrong("a placeholder is no token, make a random one")
    if any(token.startswith(HASHED) and not _HASH.fullmatch(token) for token in tokens):
        raise wrong(f"a hashed token is {HASHED} and 64 hex digits")
    return secret


def _plain(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value().startswith(HASHED):
        raise wrong("the token itself is needed here, not its hash")
    return secret


def _real_keys(secret: SecretStr) -> SecretStr:
    try:
        Vault.parse(secret.get_secret_value())
    except KeyRingError as error:
        raise wrong(str(error).rstrip(".")) from None
    return secret


Tokens = Annotated[SecretStr, AfterValidator(_real_tokens)]
"""One token or several, parted by commas; each may be given by its hash."""

Token = Annotated[SecretStr, AfterValidator(_real_tokens), AfterValidator(_plain)]
"""A token that is shown to somebody else, and so needed itself."""

KeyRing = Annotated[SecretStr, AfterValidator(_real_keys)]
"""The encryption keys, newest first, as `Vault.parse` reads them."""
