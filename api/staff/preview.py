"""The preview: the bot's own chat in a frame, in words that are not out yet."""

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.staff import Role
from api.services import previews
from api.staff.signedin import Call, for_staff
from common.contract.languages import BY_CODE

FIRST = "language"


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def show(call: Call) -> Response:
    """The page with the frame, and a choice of the step that it begins with."""
    language = call.place("language")
    steps = previews.steps(call.asker, language)
    asked = call.request.query_params.get("step", FIRST)
    step = next((one for one in steps if one.name == asked), steps[0])
    return call.page("preview.html", language=BY_CODE[language], steps=steps, step=step)


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def frame(call: Call) -> Response:
    """What stands in the frame: each look at it is a ticket of its own."""
    step = call.request.query_params.get("step", FIRST)
    address = await previews.frame(call.desk, call.asker, call.place("language"), step)
    return RedirectResponse(address, 303)


routes = [
    Route("/words/{language}/preview", show),
    Route("/words/{language}/preview/frame", frame),
]
