"""Secrets among the settings: real ones only, and errors that never quote them."""

from typing import Annotated

from pydantic import AfterValidator, SecretStr
from pydantic_core import PydanticCustomError

from common.runtime.vault import KeyRingError, Vault

SHORTEST = 16
"""The fewest characters of a token or secret."""

_PLACEHOLDERS = ("change", "placeholder", "example", "your-")


def is_placeholder(text: str) -> bool:
    """Whether somebody still has to put the real thing here."""
    return any(word in text.casefold() for word in _PLACEHOLDERS)


def tokens_of(secret: SecretStr) -> tuple[str, ...]:
    """The tokens in a setting, which may hold several parted by commas."""
    parts = (part.strip() for part in secret.get_secret_value().split(","))
    return tuple(part for part in parts if part)


def wrong(sentence: str) -> PydanticCustomError:
    """An error whose text is this sentence alone; it is shown to the operator."""
    return PydanticCustomError("setting", "{sentence}", {"sentence": sentence})


def _real_tokens(secret: SecretStr) -> SecretStr:
    tokens = tokens_of(secret)
    if not tokens or any(len(token) < SHORTEST for token in tokens):
        raise wrong(f"each token needs at least {SHORTEST} characters")
    if any(is_placeholder(token) for token in tokens):
        raise wrong("a placeholder is no token, make a random one")
    return secret


def _real_keys(secret: SecretStr) -> SecretStr:
    try:
        Vault.parse(secret.get_secret_value())
    except KeyRingError as error:
        raise wrong(str(error).rstrip(".")) from None
    return secret


Tokens = Annotated[SecretStr, AfterValidator(_real_tokens)]
"""One token or several, parted by commas."""

KeyRing = Annotated[SecretStr, AfterValidator(_real_keys)]
"""The encryption keys, newest first, as `Vault.parse` reads them."""
