"""A page for whoever is signed in: everything that must be asked before it does anything."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.domain.staff import Role, StaffMember
from api.services.ownaccount import Owner
from api.staff.visit import SIGN_IN, form, page, require, to_sign_in, token, visitor
from common.runtime.web import MOST_FIELDS


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody signed in asks for a page, or sends `fields` from a page of ours."""

    request: Request
    member: StaffMember
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def owner(self) -> Owner:
        """Them, before their own account, with the password they typed if there was one."""
        return Owner(self.member, token(self.request), self.fields.get("password", ""))

    def page(self, template: str, *, status: int = 200, **words: object) -> Response:
        """A page for them."""
        return page(self.request, template, status=status, member=self.member, **words)


Handle = Callable[[Call], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def for_staff(*roles: Role, most: int = MOST_FIELDS) -> Callable[[Handle], Endpoint]:
    """Let only signed-in staff through, of these roles if any are named.

    A form that is not ours is refused before anything else, whoever brings it.
    """

    def with_checks(handle: Handle) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            sends = request.method == "POST"
            fields = await form(request, most) if sends else {}
            member = await visitor(request)
            if member is None:
                return RedirectResponse(SIGN_IN, 303) if sends else to_sign_in(request)
            if roles:
                require(member, *roles)
            return await handle(Call(request, member, fields))

        return endpoint

    return with_checks
