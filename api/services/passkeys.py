"""Passkeys: what a browser is asked, and whether what it answers is true."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from api.domain.door import Passkey
from api.domain.errors import RefusedError
from api.domain.staff import StaffMember

NAME = "Doorway"
LONGEST_ANSWER = 8_000  # characters
MOST = 10  # passkeys of one person


@dataclass(frozen=True, slots=True)
class Party:
    """Who asks for a passkey: our host's name, and the origin of our pages."""

    host: str
    origin: str


def party(public_url: str) -> Party | None:
    """Whom passkeys are for here; None for an IP address, for which none can be made."""
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    if not host or _is_address(host):
        return None
    return Party(host, f"{parts.scheme}://{parts.netloc}")


def question_new(us: Party, member: StaffMember, challenge: bytes, has: Sequence[Passkey]) -> str:
    """What the browser needs to make a passkey, as JSON."""
    options = webauthn.generate_registration_options(
        rp_id=us.host,
        rp_name=NAME,
        user_name=member.email,
        user_display_name=member.name,
        user_id=f"staff:{member.staff_id}".encode(),
        challenge=challenge,
        exclude_credentials=_described(has),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return webauthn.options_to_json(options)


def question(us: Party, challenge: bytes, has: Sequence[Passkey]) -> str:
    """What the browser needs to use a passkey, as JSON."""
    options = webauthn.generate_authentication_options(
        rp_id=us.host, challenge=challenge, allow_credentials=_described(has)
    )
    return webauthn.options_to_json(options)


def made(us: Party, challenge: bytes, answer: str, name: str, now: datetime) -> Passkey:
    """The passkey that a browser has made.

    Raises:
        RefusedError: it was not made for us, or not for this question.
    """
    try:
        proof = webauthn.verify_registration_response(
            credential=_read(answer),
            expected_challenge=challenge,
            expected_rp_id=us.host,
            expected_origin=us.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise RefusedError from None
    return Passkey(
        credential=_text(proof.credential_id),
        public_key=_text(proof.credential_public_key),
        sign_count=proof.sign_count,
        name=" ".join(name.split())[:40] or "Passkey",
        created_at=now,
    )


def used(us: Party, challenge: bytes, answer: str, has: Sequence[Passkey]) -> Passkey:
    """The one of these passkeys that a browser has used, with its new count.

    Raises:
        RefusedError: it is none of them, or what it says is not true.
    """
    try:
        given = _read(answer)
        known = next((one for one in has if one.credential == given.get("id")), None)
        if known is None:
            raise RefusedError
        proof = webauthn.verify_authentication_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=us.host,
            expected_origin=us.origin,
            credential_public_key=_bytes(known.public_key),
            credential_current_sign_count=known.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise RefusedError from None
    return replace(known, sign_count=proof.new_sign_count)


def _read(answer: str) -> dict[str, object]:
    given = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    if not isinstance(given, dict):
        raise ValueError("not the answer of a browser")  # noqa: TRY004 like all that cannot be read
    return given


def _described(has: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=_bytes(one.credential)) for one in has]


def _text(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
