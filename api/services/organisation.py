"""Signing in with the account of another house, such as NHS CIS2 or Entra (OpenID Connect)."""

import base64
import binascii
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from api.domain.door import How
from api.domain.errors import RefusedError
from api.domain.staff import StaffMember
from api.persistence import door, staff
from api.services.desk import Desk
from api.services.provider import Claims, Provider, ProviderError, Terms
from api.services.sessions import note, open_session
from api.services.signin import half_open
from common.runtime.logs import get
from common.runtime.vault import SealError

LASTS = timedelta(minutes=10)
_PLACE = {"table": "organisation", "column": "errand", "row": "browser"}
log = get(__name__)


@dataclass(frozen=True, slots=True)
class Errand:
    """What we must remember of a browser that is away at the provider; it carries it, sealed."""

    state: str
    nonce: str
    verifier: str
    asked: str
    until: float


@dataclass(frozen=True, slots=True)
class Arrived:
    """Who came back: with a session, or only half inside where ours is still owed."""

    token: str
    asked: str
    complete: bool


class Organisation:
    """The sign-in of another house; it lets in only who has an account here already."""

    def __init__(self, desk: Desk, terms: Terms) -> None:
        self._desk = desk
        self._terms = terms
        self._provider = Provider(terms, desk.clock)
        self.label = terms.label

    async def begin(self, asked: str) -> tuple[str, str]:
        """Where the browser must go, and what it is to carry meanwhile.

        Raises:
            RefusedError: the provider cannot be reached.
        """
        until = (self._desk.clock() + LASTS).timestamp()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        errand = Errand(state, nonce, verifier, asked, until)
        try:
            where = await self._provider.address(
                state=errand.state, nonce=errand.nonce, verifier=errand.verifier
            )
        except ProviderError as error:
            raise self._refused(error) from None
        return where, self._seal(errand)

    async def finish(self, carried: str, query: Mapping[str, str]) -> Arrived:
        """Let in whom the provider means.

        Raises:
            RefusedError: the browser was not away for us, or the provider means nobody here, or
                it did not see enough of them.
        """
        errand = self._open(carried)
        if errand is None or not hmac.compare_digest(
            errand.state.encode(), query.get("state", "").encode()
        ):
            raise self._refused(ProviderError("another errand"))
        if query.get("iss", self._terms.issuer) != self._terms.issuer or not query.get("code"):
            raise self._refused(ProviderError("no code of this provider"))
        try:
            said = await self._provider.claims(
                code=query["code"], nonce=errand.nonce, verifier=errand.verifier
            )
        except ProviderError as error:
            raise self._refused(error) from None
        return await self._let_in(said, errand)

    async def _let_in(self, said: Claims, errand: Errand) -> Arrived:
        if not all(_holds(said.get(name), value) for name, value in self._terms.proof):
            raise self._refused(ProviderError("not enough proof"))
        # Without a setting that says what proves two factors, ours is asked for as well.
        complete = bool(self._terms.proof)

        def work(connection: Connection) -> tuple[int, str] | None:
            member = self._member(connection, said)
            if member is None or not member.active:
                note(self._desk, connection, "staff.sign_in_refused", 0)
                return None
            if not complete:
                return member.staff_id, ""
            how = How.ORGANISATION
            return member.staff_id, open_session(self._desk, connection, member.staff_id, how)

        found = await self._desk.database.write(work)
        if found is None:
            raise RefusedError
        staff_id, token = found
        token = token or await half_open(self._desk, staff_id, errand.asked)
        return Arrived(token, errand.asked, complete)

    def _member(self, connection: Connection, said: Claims) -> StaffMember | None:
        """Whom the provider means: known by its own number, at first by a verified e-mail address.

        From then on the number decides: an address may be given to somebody else one day.
        """
        issuer, number = self._terms.issuer, str(said["sub"])
        subject = self._desk.vault.fingerprint("organisation", issuer, number)
        known = door.identified(connection, subject)
        if known is not None:
            return staff.by_id(connection, known)
        verified = said.get("email_verified") is True or self._terms.trusts_email
        member = staff.by_email(connection, str(said.get("email", ""))) if verified else None
        if member is None or door.is_identified(connection, member.staff_id):
            return None
        door.identify(connection, subject, member.staff_id)
        note(self._desk, connection, "staff.organisation_linked", member.staff_id)
        return member

    def _seal(self, errand: Errand) -> str:
        parts = [errand.state, errand.nonce, errand.verifier, errand.asked, errand.until]
        sealed = self._desk.vault.seal(json.dumps(parts).encode(), **_PLACE)
        return base64.urlsafe_b64encode(sealed).decode()

    def _open(self, carried: str) -> Errand | None:
        try:
            sealed = base64.urlsafe_b64decode(carried)
            errand = Errand(*json.loads(self._desk.vault.open(sealed, **_PLACE)))
        except (binascii.Error, ValueError, SealError):
            return None
        return errand if self._desk.clock().timestamp() < errand.until else None

    def _refused(self, error: ProviderError) -> RefusedError:
        log.warning("organisation.refused", error=str(error))
        return RefusedError()


def _holds(said: object, value: str) -> bool:
    """Whether a claim says this, alone or among others."""
    return value in ([str(one) for one in said] if isinstance(said, list) else [str(said)])
