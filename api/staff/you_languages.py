"""One's own page of the languages one reads."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.services import languages
from api.staff.visit import form, office, page, to_sign_in, visitor

HERE = "/staff/you/languages"
MOST = len(languages.READ) + 1  # a box for each, and the form's token


async def show(request: Request) -> Response:
    """The languages, with those marked that one reads."""
    member = await visitor(request)
    if member is None:
        return to_sign_in(request)
    chosen = await languages.read_by(office(request).desk, member.asker)
    return page(
        request,
        "you_languages.html",
        member=member,
        languages=languages.READ,
        chosen=chosen,
        saved="saved" in request.query_params,
    )


async def save(request: Request) -> Response:
    """Keep them."""
    fields = await form(request, most=MOST)
    member = await visitor(request)
    if member is None:
        return to_sign_in(request)
    codes = [name.removeprefix("read-") for name in fields if name.startswith("read-")]
    await languages.choose(office(request).desk, member.asker, codes)
    return RedirectResponse(f"{HERE}?saved=1", 303)


routes = [
    Route("/you/languages", show, methods=["GET"]),
    Route("/you/languages", save, methods=["POST"]),
]
