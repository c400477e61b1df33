"""To the sign-in of another house, and back from there."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import NotFoundError, RefusedError
from api.services.organisation import Organisation
from api.staff.doors import SECOND, let_in
from api.staff.visit import SIGN_IN, office, own_page


async def leave(request: Request) -> Response:
    """Send the browser there, with what it must bring back."""
    asked = own_page(request.query_params.get("next", ""))
    try:
        where, carried = await _organisation(request).begin(asked)
    except RefusedError:
        return _refused()
    response = RedirectResponse(where, 303)
    office(request).set_cookie(response, "errand", carried)
    return response


async def come_back(request: Request) -> Response:
    """Let in whom the other house means, if they have an account here."""
    carried = request.cookies.get(office(request).cookie("errand"), "")
    try:
        arrived = await _organisation(request).finish(carried, request.query_params)
    except RefusedError:
        response: Response = _refused()
    else:
        if arrived.complete:
            onward = RedirectResponse(own_page(arrived.asked), 303)
            response = await let_in(request, onward, arrived.token)
        else:
            response = RedirectResponse(SECOND, 303)
            office(request).set_cookie(response, "entry", arrived.token)
    office(request).drop_cookie(response, "errand")
    return response


def _organisation(request: Request) -> Organisation:
    found = office(request).organisation
    if found is None:
        raise NotFoundError
    return found


def _refused() -> Response:
    return RedirectResponse(f"{SIGN_IN}?said=organisation", 303)


routes = [
    Route("/sign-in/organisation", leave, methods=["GET"]),
    Route("/sign-in/organisation/back", come_back, methods=["GET"]),
]
