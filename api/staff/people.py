"""The managers' pages about everybody who works here."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import ConflictError, NotFoundError, UnacceptableError
from api.domain.people import ChangedMeanwhileError, LastManagerError, Person, Wish
from api.domain.staff import Role
from api.services import people
from api.services.desk import Desk
from api.services.people import Keeper, NotOneselfError
from api.staff.pieces import is_number
from api.staff.signedin import Call, Endpoint, for_staff
from api.staff.visit import office
from common.contract.directory import Directory

HOME = "/staff/people"
PRACTICE = "practice."  # what the names of the practices' boxes begin with
ROLES = {
    Role.PRESCRIBER: ("Prescriber", "Sees the referrals of their own practices."),
    Role.COORDINATOR: ("Coordinator", "Sees all referrals, and keeps the directory."),
    Role.MANAGER: ("Manager", "Sees all referrals, and looks after these accounts."),
}
LAST = "They are the only manager. Make somebody else a manager first."
ONESELF = "You cannot do this to your own account. Please ask another manager."
REFUSALS = {LastManagerError: LAST, NotOneselfError: ONESELF}

for_managers = for_staff(Role.MANAGER)


@for_managers
async def show_people(call: Call) -> Response:
    """Everybody."""
    desk = office(call.request).desk
    directory = (await desk.directory.current()).directory
    found = await people.list_people(desk, call.member.asker)
    return call.page("people.html", people=[_row(one, directory) for one in found])


@for_managers
async def show_new(call: Call) -> Response:
    """The form for somebody new."""
    return await _form_page(call, None, Wish("", "", "", frozenset()))


@for_managers
async def add(call: Call) -> Response:
    """Make the account; its owner gets a letter with a link."""
    desk, wish = office(call.request).desk, _wish(call.fields)
    try:
        staff_id = await people.add_person(desk, call.member.asker, wish)
    except UnacceptableError as fault:
        return await _form_page(call, None, wish, {fault.field: fault.detail})
    return RedirectResponse(f"{HOME}/{staff_id}?said=added", 303)


@for_managers
async def show_person(call: Call) -> Response:
    """One account, and what can be done to it."""
    person = await _person(call)
    wish = Wish(person.name, person.email, person.role, person.practices)
    return await _form_page(call, person, wish)


@for_managers
async def change(call: Call) -> Response:
    """Give them another name, role or practices."""
    person, wish = await _person(call), _wish(call.fields)
    desk, version = office(call.request).desk, call.fields.get("version", "")
    try:
        await people.change_person(desk, call.member.asker, person.staff_id, wish, version)
    except UnacceptableError as fault:
        return await _form_page(call, person, wish, {fault.field: fault.detail})
    except ChangedMeanwhileError:
        return _stale(call, person)
    except ConflictError as refusal:
        return await _form_page(call, person, wish, {"role": REFUSALS[type(refusal)]})
    return RedirectResponse(f"{HOME}/{person.staff_id}?said=changed", 303)


Deed = Callable[[Desk, Keeper, int], Awaitable[None]]


def _does(deed: Deed, said: str) -> Endpoint:
    """One thing that is done to an account at the press of a button."""

    @for_managers
    async def act(call: Call) -> Response:
        person = await _person(call)
        try:
            await deed(office(call.request).desk, call.member.asker, person.staff_id)
        except ConflictError as refusal:
            wish = Wish(person.name, person.email, person.role, person.practices)
            return await _form_page(call, person, wish, {"active": REFUSALS[type(refusal)]})
        return RedirectResponse(f"{HOME}/{person.staff_id}?said={said}", 303)

    return act


SAID = {
    "added": "Their account is made. We have sent them a letter with a link to set a password.",
    "changed": "What you changed is saved.",
    "deactivated": "Their account is closed, and they are signed out everywhere.",
    "reactivated": "Their account is open again.",
    "reset": "Their second step is taken away. They set up a new one when they next sign in.",
    "invited": "We have sent them a new link to set a password.",
}


async def _person(call: Call) -> Person:
    number = str(call.request.path_params["staff_id"])
    if not is_number(number):
        raise NotFoundError
    return await people.read_person(office(call.request).desk, call.member.asker, int(number))


async def _form_page(
    call: Call, person: Person | None, wish: Wish, errors: Mapping[str, str] | None = None
) -> Response:
    directory = (await office(call.request).desk.directory.current()).directory
    practices = sorted(directory.practices, key=lambda one: one.name)
    return call.page(
        "person.html",
        status=422 if errors else 200,
        person=person,
        wish=wish,
        errors=errors or {},
        roles=[
            {
                "value": role.value,
                "text": title,
                "hint": {"text": about},
                "checked": wish.role == role,
            }
            for role, (title, about) in ROLES.items()
        ],
        practices=[
            {
                "name": f"{PRACTICE}{one.ods_code}",
                "value": "yes",
                "text": one.name,
                "checked": one.ods_code in wish.practices,
            }
            for one in practices
            if one.open or one.ods_code in wish.practices
        ],
        said="" if errors else SAID.get(call.request.query_params.get("said", ""), ""),
        oneself=person is not None and person.staff_id == call.member.staff_id,
    )


def _stale(call: Call, person: Person) -> Response:
    return call.page("changed_meanwhile.html", status=409, fresh=f"{HOME}/{person.staff_id}")


def _wish(fields: Mapping[str, str]) -> Wish:
    chosen = (one for one in fields if one.startswith(PRACTICE))
    return Wish(
        name=fields.get("name", ""),
        email=fields.get("email", ""),
        role=fields.get("role", ""),
        practices=frozenset(one.removeprefix(PRACTICE) for one in chosen),
    )


def _row(one: Person, directory: Directory) -> dict[str, object]:
    places = (directory.practice(code) for code in sorted(one.practices))
    return {
        "link": f"{HOME}/{one.staff_id}",
        "name": one.name,
        "email": one.email,
        "role": ROLES[one.role][0],
        "practices": [place.name for place in places if place],
        "state": "Closed" if not one.active else "In use" if one.has_factor else "Not set up yet",
    }


routes = [
    Route("/people", show_people),
    Route("/people/new", show_new, methods=["GET"]),
    Route("/people/new", add, methods=["POST"]),
    Route("/people/{staff_id}", show_person, methods=["GET"]),
    Route("/people/{staff_id}", change, methods=["POST"]),
    Route("/people/{staff_id}/close", _does(people.deactivate, "deactivated"), methods=["POST"]),
    Route("/people/{staff_id}/open", _does(people.reactivate, "reactivated"), methods=["POST"]),
    Route("/people/{staff_id}/reset", _does(people.reset_factors, "reset"), methods=["POST"]),
    Route("/people/{staff_id}/invite", _does(people.invite_again, "invited"), methods=["POST"]),
]
