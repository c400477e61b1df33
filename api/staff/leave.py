"""Setting leave and cover: one's own, or for coordinators anybody's."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.assignment import Leave
from api.domain.casework import Colleague
from api.domain.errors import UnacceptableError
from api.services import leave
from api.services.leave import Away
from api.staff.asking import Asking, asked
from api.staff.pieces import Choice, day
from api.staff.visit import page
from api.staff.when import read_day

NOBODY = "nobody"


async def show_leave(request: Request, asking: Asking) -> Response:
    """The form with what is set now, and what they have open."""
    return await _form(request, asking, {})


async def set_leave(request: Request, asking: Asking) -> Response:
    """Set the days and the cover, or that they are back."""
    staff_id, desk, asker = _whose(request, asking), asking.desk, asking.member.asker
    try:
        if "back" in asking.fields:
            named = (await leave.read_leave(desk, asker, staff_id)).cover
            cover = named.staff_id if named else None
            await leave.set_leave(desk, asker, staff_id, None, cover)
        else:
            days, covering = _days(asking), _cover(asking)
            await leave.set_leave(desk, asker, staff_id, days, covering)
    except UnacceptableError as error:
        return await _form(request, asking, {error.field: error.detail})
    return _again(request)


async def hand_over_all(request: Request, asking: Asking) -> Response:
    """Give everything that is open to the cover."""
    try:
        staff_id = _whose(request, asking)
        await leave.hand_all_to_cover(asking.desk, asking.member.asker, staff_id)
    except UnacceptableError as error:
        return await _form(request, asking, {error.field: error.detail})
    return _again(request)


def _again(request: Request) -> Response:
    path = request.url.path.removesuffix("/hand-over")
    return RedirectResponse(path, 303)


def _whose(request: Request, asking: Asking) -> int:
    """The member of staff in the address; without one, their own."""
    given = request.path_params.get("staff_id", asking.member.staff_id)
    return int(given)


def _days(asking: Asking) -> Leave:
    return Leave(read_day(asking.fields, "first"), read_day(asking.fields, "last"))


def _cover(asking: Asking) -> int | None:
    given = asking.fields.get("cover", "")
    if given == NOBODY:
        return None
    if not (given.isascii() and given.isdigit()):
        raise UnacceptableError("cover", "Choose who covers")
    return int(given)


async def _form(request: Request, asking: Asking, problems: Mapping[str, str]) -> Response:
    staff_id = _whose(request, asking)
    away = await leave.read_leave(asking.desk, asking.member.asker, staff_id)
    own = away.member.staff_id == asking.member.staff_id
    path = request.url.path.removesuffix("/hand-over")
    return page(
        request,
        "leave.html",
        status=422 if problems else 200,
        member=asking.member,
        own=own,
        name=away.member.name,
        path=path,
        leave=_said(away),
        cover=away.cover.name if away.cover else "",
        carrying=away.carrying,
        choices=_choices(away),
        fields=asking.fields if problems else _filled(away),
        problems=problems,
    )


def _said(away: Away) -> str:
    return f"{day(away.leave.first)} to {day(away.leave.last)}" if away.leave else ""


def _filled(away: Away) -> Mapping[str, str]:
    """What is set, as it stands in the form's fields."""
    cover = {"cover": str(away.cover.staff_id) if away.cover else NOBODY}
    if away.leave is None:
        return cover
    ends = {"first": away.leave.first, "last": away.leave.last}
    parts = ("day", "month", "year")
    return cover | {
        f"{name}_{part}": str(getattr(d, part)) for name, d in ends.items() for part in parts
    }


def _choices(away: Away) -> tuple[Choice, ...]:
    nobody = Choice(NOBODY, "Nobody in particular", "What arrives goes to the same network.")
    return (*(_choice(one) for one in away.people), nobody)


def _choice(one: Colleague) -> Choice:
    hint = f"Has {one.carrying} open, of {one.capacity}."
    if one.leave is not None:
        hint += f" Away from {day(one.leave.first)} to {day(one.leave.last)}."
    return Choice(str(one.staff_id), one.name, hint)


routes = [
    one
    for path in ("/you/leave", "/people/{staff_id:int}/leave")
    for one in (
        Route(path, asked(show_leave), methods=["GET"]),
        Route(path, asked(set_leave), methods=["POST"]),
        Route(f"{path}/hand-over", asked(hand_over_all), methods=["POST"]),
    )
]
