"""Codes of authenticator apps (TOTP), and recovery codes for the day when the telephone is lost."""

import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

import pyotp

from api.services.desk import Desk
from common.runtime.vault import SealError, Vault

STEP = 30  # seconds that a code is shown for
TOLERANCE = 1  # steps that a telephone's clock may be off
DIGITS = 6
ISSUER = "Doorway"
RECOVERY_CODES, RECOVERY_LETTERS = 10, 12
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else
_PLACE = {"table": "staff_totp", "column": "sealed"}
_OFFER = {"table": "staff_totp", "column": "offered"}


def new_secret() -> str:
    """A new secret for an app, in base32."""
    return pyotp.random_base32()


def address(secret: str, email: str) -> str:
    """What the QR code says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def code_at(secret: str, now: datetime) -> str:
    """The code that an app shows at this moment."""
    return pyotp.TOTP(secret).generate_otp(_step(now))


def next_code(secret: str, now: datetime, last_step: int) -> str:
    """A code that opens now: the next one already, where this one was used."""
    return pyotp.TOTP(secret).generate_otp(max(_step(now), last_step + 1))


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step of time that a code belongs to; None when it is not right now."""
    typed = "".join(code.split())
    if len(typed) != DIGITS or not (typed.isascii() and typed.isdigit()):
        return None
    app, middle = pyotp.TOTP(secret), _step(now)
    steps = range(middle - TOLERANCE, middle + TOLERANCE + 1)
    right = [one for one in steps if hmac.compare_digest(app.generate_otp(one), typed)]
    return right[-1] if right else None


def seal(vault: Vault, staff_id: int, secret: str) -> bytes:
    """A secret as it is stored."""
    return vault.seal(secret.encode(), **_PLACE, row=str(staff_id))


def unseal(desk: Desk, staff_id: int, sealed: bytes) -> str:
    """The secret of somebody's app."""
    return desk.vault.open(sealed, **_PLACE, row=str(staff_id)).decode()


def offer(desk: Desk, staff_id: int, secret: str) -> str:
    """A secret on its way through a form and back: none but ours for them is taken."""
    return desk.vault.seal(secret.encode(), **_OFFER, row=str(staff_id)).hex()


def offered(desk: Desk, staff_id: int, text: str) -> str | None:
    """The secret that was offered; None when this was never offered to them."""
    try:
        return desk.vault.open(bytes.fromhex(text), **_OFFER, row=str(staff_id)).decode()
    except (ValueError, SealError):
        return None


def new_recovery_codes() -> list[str]:
    """Ten codes to be written down, like `7KQ4-M2XD-9RTB`: each of 58 random bits."""
    return [_grouped(_random()) for _ in range(RECOVERY_CODES)]


def marks(desk: Desk, staff_id: int, codes: Iterable[str]) -> list[str]:
    """What is stored of recovery codes: keyed hashes, so that a stolen store gives none away."""
    mark = desk.vault.fingerprint
    return [mark("recovery", str(staff_id), _plain(one)) for one in codes]


def _step(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def _random() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(RECOVERY_LETTERS))


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _plain(code: str) -> str:
    return "".join(one for one in code.upper() if one.isalnum())
