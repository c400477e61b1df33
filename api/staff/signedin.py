"""A page for whoever is signed in: everything that must be asked before it does anything."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.domain.staff import Role, StaffAsker, StaffMember
from api.services.desk import Desk
from api.services.ownaccount import Owner
from api.staff.visit import (
    BOXES,
    HOME,
    SIGN_IN,
    form,
    form_with_upload,
    office,
    own_page,
    page,
    require,
    to_sign_in,
    token,
    visitor,
)


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody signed in asks for a page, or sends `fields` from a page of ours.

    `upload` is the content of the file that came with them, where a page takes one.
    """

    request: Request
    member: StaffMember
    fields: Mapping[str, str] = field(default_factory=dict)
    upload: bytes = b""

    @property
    def desk(self) -> Desk:
        """What the services work with."""
        return office(self.request).desk

    @property
    def asker(self) -> StaffAsker:
        """Them, as every service is asked."""
        return self.member.asker

    @property
    def owner(self) -> Owner:
        """Them, before their own account, with the password they typed if there was one."""
        return Owner(self.member, token(self.request), self.fields.get("password", ""))

    def place(self, name: str) -> str:
        """A part of the page's address, such as the reference in it."""
        found: str = self.request.path_params[name]
        return found

    def page(self, template: str, *, status: int = 200, **words: object) -> Response:
        """A page for them."""
        return page(self.request, template, status=status, member=self.member, **words)


Handle = Callable[[Call], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def for_staff(
    *roles: Role, most: int = BOXES, takes_file: bool = False
) -> Callable[[Handle], Endpoint]:
    """Let only signed-in staff through, of these roles if any are named.

    A form that is not ours, or has more than `most` fields, is refused before anything else,
    whoever brings it. A file in it is refused likewise, unless the page takes one.
    """
    read = form_with_upload if takes_file else _without_file

    def with_checks(handle: Handle) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            sends = request.method == "POST"
            fields, upload = await read(request, most) if sends else ({}, b"")
            member = await visitor(request)
            if member is None:
                return _back_after_signing_in(request) if sends else to_sign_in(request)
            if roles:
                require(member, *roles)
            return await handle(Call(request, member, fields, upload))

        return endpoint

    return with_checks


async def _without_file(request: Request, most: int) -> tuple[Mapping[str, str], bytes]:
    return await form(request, most), b""


def _back_after_signing_in(request: Request) -> Response:
    """What was sent too late has no page of its own; its referral has one to come back to."""
    reference = request.path_params.get("reference", "")
    is_case = reference and request.url.path.startswith(f"{HOME}referrals/")
    if not is_case:
        return RedirectResponse(SIGN_IN, 303)
    asked = urlencode({"next": own_page(f"{HOME}referrals/{reference}")})
    return RedirectResponse(f"{SIGN_IN}?{asked}", 303)
