"""One's own page of the languages one reads."""

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.services import languages
from api.staff.signedin import Call, for_staff

HERE = "/staff/you/languages"
MOST = len(languages.READ) + 1  # a box for each, and the form's token


@for_staff()
async def show(call: Call) -> Response:
    """The languages, with those marked that one reads."""
    chosen = await languages.read_by(call.desk, call.asker)
    return call.page(
        "you_languages.html",
        languages=languages.READ,
        chosen=chosen,
        saved="saved" in call.request.query_params,
    )


@for_staff(most=MOST)
async def save(call: Call) -> Response:
    """Keep them."""
    fields = call.fields
    codes = [name.removeprefix("read-") for name in fields if name.startswith("read-")]
    await languages.choose(call.desk, call.asker, codes)
    return RedirectResponse(f"{HERE}?saved=1", 303)


routes = [
    Route("/you/languages", show, methods=["GET"]),
    Route("/you/languages", save, methods=["POST"]),
]
