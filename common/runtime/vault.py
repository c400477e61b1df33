"""The vault: what a person tells us is sealed before it is stored, and only opens in its place."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from copy import copy
from json.encoder import encode_basestring_ascii
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
KEY_BYTES = 32
NONCE_BYTES = 12
MAX_KEY_ID = 32


class KeyRingError(ValueError):
    """The encryption keys cannot be read. Never says what was in them."""


class SealError(Exception):
    """A sealed value does not open here: another key, another place, or damaged."""


class Vault:
    """A ring of AES-256-GCM keys: the first seals, all of them open.

    A sealed value is: version (1 byte), length of the key's id (1 byte), the id, a random nonce
    (12 bytes), ciphertext with its tag. Version, key, table, column and row are authenticated, so
    that a value moved to another row does not open. To rotate, put a new key in front.

    A process keeps the key of its fingerprints in its store (see `keytable`), so that every key
    of the ring can be thrown away one day; what is made here by itself goes by the oldest key.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise KeyRingError("The ring of encryption keys is empty.")
        if any(len(key) != KEY_BYTES for key in keys.values()):
            raise KeyRingError(f"An encryption key is not {KEY_BYTES} bytes long.")
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self.names = tuple(keys)  # the ids, newest first
        self._sealing = self.names[0]
        oldest = list(keys.values())[-1]
        self.fingerprint_key = hmac.digest(oldest, b"doorway fingerprint 1", hashlib.sha256)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a ring as it stands in the settings: `k2:BASE64,k1:BASE64`, newest first.

        Raises:
            KeyRingError: it is not of this form.
        """
        pairs = [_pair(part) for part in text.split(",") if part.strip()]
        if len(dict(pairs)) != len(pairs):
            raise KeyRingError("Two encryption keys have the same id.")
        return cls(dict(pairs))

    @staticmethod
    def new_key(key_id: str) -> str:
        """A new random key, written as the settings want it."""
        return f"{key_id}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"

    def seal(self, plain: bytes, *, table: str, column: str, row: str) -> bytes:
        """Seal a value for this one place."""
        header = _header(self._sealing)
        nonce = secrets.token_bytes(NONCE_BYTES)
        place = _place(header, table, column, row)
        return header + nonce + self._ciphers[self._sealing].encrypt(nonce, plain, place)

    def open(self, sealed: bytes, *, table: str, column: str, row: str) -> bytes:
        """Open a value that was sealed for this place.

        Raises:
            SealError: it was not sealed for this place by a key of this ring.
        """
        key_id, header, rest = _split(sealed)
        cipher = self._ciphers.get(key_id)
        if cipher is None or len(rest) <= NONCE_BYTES:
            raise SealError(f"no key of the ring opens {table}.{column}")
        nonce, body = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
        try:
            return cipher.decrypt(nonce, body, _place(header, table, column, row))
        except InvalidTag:
            raise SealError(f"a value of {table}.{column} does not open in its row") from None

    @property
    def mark(self) -> bytes:
        """What every value begins with that the newest key has sealed, and no other does."""
        return _header(self._sealing)

    def fingerprint(self, *parts: str) -> str:
        """A keyed hash (64 hex digits) by which equal values are found without being readable."""
        return hmac.digest(self.fingerprint_key, _listed(parts), hashlib.sha256).hex()

    def with_fingerprint_key(self, key: bytes) -> Self:
        """The same ring, with this key (32 bytes) for its fingerprints."""
        other = copy(self)
        other.fingerprint_key = key
        return other


def sealed_by(sealed: bytes) -> str:
    """The id of the key that a value says it was sealed with. Raises SealError."""
    return _split(sealed)[0]


def _pair(part: str) -> tuple[str, bytes]:
    key_id, colon, encoded = part.strip().partition(":")
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        key = b""
    named = key_id.isascii() and key_id.isalnum() and len(key_id) <= MAX_KEY_ID
    if not colon or not named or len(key) != KEY_BYTES:
        # From None, and without the text: whatever stands there may be a key.
        raise KeyRingError(
            f"An encryption key is not of the form id:BASE64 with {KEY_BYTES} bytes."
        ) from None
    return key_id, key


def _header(key_id: str) -> bytes:
    return bytes((VERSION, len(key_id))) + key_id.encode()


def _split(sealed: bytes) -> tuple[str, bytes, bytes]:
    if len(sealed) < len(_header("")) or sealed[0] != VERSION:
        raise SealError("not a sealed value of a known version")
    end = len(_header("")) + sealed[1]
    return sealed[2:end].decode(errors="replace"), sealed[:end], sealed[end:]


def _place(header: bytes, table: str, column: str, row: str) -> bytes:
    return header + _listed((table, column, row))


def _listed(texts: Iterable[str]) -> bytes:
    """The JSON of a list of texts, without the machinery for any other."""
    return f"[{', '.join(map(encode_basestring_ascii, texts))}]".encode()
