"""The directory: practices by network, their names, who prescribes for them; adding and closing."""

from collections.abc import Mapping

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import ChangedMeanwhileError, UnacceptableError
from api.domain.staff import Colleague, Role
from api.services import directing
from api.services.directing import Book, version
from api.staff import practice_form
from api.staff.pieces import faults, is_number
from api.staff.practice_form import PracticeForm
from api.staff.signedin import Call, for_staff
from common.contract.directory import Practice
from common.contract.languages import LANGUAGES

DIRECTORY = "/staff/directory"
LEADERS = (Role.COORDINATOR, Role.MANAGER)


@for_staff(*LEADERS)
async def show(call: Call) -> Response:
    """All practices by network, the closed ones at the end."""
    book = await directing.book(call.desk, call.asker)
    return call.page(
        "directory.html",
        networks=[(name, rows) for name, rows in _by_network(book).items() if rows],
        closed=[_row(one, book) for one in book.practices if not one.open],
        colleagues=[_person(one, book) for one in book.colleagues],
    )


@for_staff(*LEADERS)
async def show_new(call: Call) -> Response:
    """An empty form."""
    book = await directing.book(call.desk, call.asker)
    return _form_page(call, book, practice_form.filled(), None)


@for_staff(*LEADERS)
async def add(call: Call) -> Response:
    """Add a practice."""
    fields, desk = call.fields, call.desk
    book = await directing.book(desk, call.asker)
    filled = practice_form.read(fields, book.networks)
    if filled.practice is not None:
        try:
            await directing.add_practice(desk, call.asker, filled.practice)
        except UnacceptableError as refusal:
            filled.problems[refusal.field] = refusal.detail
        else:
            return _to(filled.practice.ods_code)
    return _form_page(call, book, filled, None)


@for_staff(*LEADERS)
async def show_practice(call: Call) -> Response:
    """One practice, with the forms that change it."""
    book = await directing.book(call.desk, call.asker)
    practice = book.practice(call.place("ods_code"))
    return _form_page(call, book, practice_form.filled(practice), practice)


@for_staff(*LEADERS)
async def change(call: Call) -> Response:
    """Change its names, place and network."""
    fields, desk = call.fields, call.desk
    book = await directing.book(desk, call.asker)
    practice = book.practice(call.place("ods_code"))
    filled = practice_form.read(fields, book.networks, practice.ods_code)
    if filled.practice is not None:
        try:
            seen = fields.get("seen", "")
            await directing.change_practice(desk, call.asker, filled.practice, seen)
        except UnacceptableError as refusal:
            filled.problems[refusal.field] = refusal.detail
        except ChangedMeanwhileError:
            return changed_meanwhile(call, f"{DIRECTORY}/{practice.ods_code}")
        else:
            return _to(practice.ods_code)
    return _form_page(call, book, filled, practice)


@for_staff(*LEADERS)
async def set_prescribers(call: Call) -> Response:
    """Say who prescribes for it."""
    fields, code = call.fields, call.place("ods_code")
    people = [int(name.removeprefix("staff-")) for name in fields if _is_person(name)]
    try:
        await directing.set_prescribers(call.desk, call.asker, code, people, fields.get("seen", ""))
    except ChangedMeanwhileError:
        return changed_meanwhile(call, f"{DIRECTORY}/{code}")
    return _to(code)


@for_staff(*LEADERS)
async def open_again(call: Call) -> Response:
    """A closed practice works again."""
    code = call.place("ods_code")
    await directing.open_again(call.desk, call.asker, code)
    return _to(code)


def changed_meanwhile(call: Call, fresh: str) -> Response:
    """Somebody else was first: nothing of theirs is overwritten."""
    return call.page("changed_meanwhile.html", status=409, fresh=fresh)


def _form_page(
    call: Call,
    book: Book,
    filled: PracticeForm,
    practice: Practice | None,
) -> Response:
    networks = sorted(book.networks.items(), key=lambda one: one[1])
    prescribers = book.prescribers(practice.ods_code) if practice else []
    return call.page(
        "practice.html",
        status=422 if filled.problems else 200,
        practice=practice,
        typed=filled.typed,
        problems=filled.problems,
        faults=faults(filled.problems),
        networks=[
            {"value": "", "text": "No network"},
            *({"value": code, "text": name} for code, name in networks),
        ],
        people=[
            (one.staff_id, one.name, one in prescribers)
            for one in book.colleagues
            if one.role is Role.PRESCRIBER
        ],
        seen=version(practice),
        seen_people=version(prescribers),
    )


def _by_network(book: Book) -> Mapping[str, list[dict[str, str]]]:
    names = [*sorted(book.networks.values()), ""]
    found: dict[str, list[dict[str, str]]] = {name or "No network": [] for name in names}
    for one in book.practices:
        if one.open:
            found[one.pcn_name or "No network"].append(_row(one, book))
    return found


def _row(one: Practice, book: Book) -> dict[str, str]:
    people = ", ".join(who.name for who in book.prescribers(one.ods_code))
    return {
        "link": f"{DIRECTORY}/{one.ods_code}",
        "name": one.name,
        "where": f"{one.street}, {one.postcode}",
        "people": people or "Nobody",
    }


def _person(one: Colleague, book: Book) -> dict[str, str]:
    languages = {language.code: language.english_name for language in LANGUAGES}
    cover = next((who.name for who in book.colleagues if who.staff_id == one.cover), "")
    return {
        "link": f"{DIRECTORY}/people/{one.staff_id}",
        "name": one.name,
        "role": one.role.capitalize(),
        "languages": ", ".join(languages.get(code, code) for code in one.languages) or "None said",
        "cover": cover or "Nobody",
        "capacity": str(one.capacity) if one.role is Role.PRESCRIBER else "",
    }


def _is_person(name: str) -> bool:
    number = name.removeprefix("staff-")
    return number != name and is_number(number)


def _to(ods_code: str) -> Response:
    return RedirectResponse(f"{DIRECTORY}/{ods_code}", 303)


routes = [
    Route("/directory", show),
    Route("/directory/new", show_new, methods=["GET"]),
    Route("/directory/new", add, methods=["POST"]),
    Route("/directory/{ods_code}", show_practice, methods=["GET"]),
    Route("/directory/{ods_code}", change, methods=["POST"]),
    Route("/directory/{ods_code}/prescribers", set_prescribers, methods=["POST"]),
    Route("/directory/{ods_code}/open", open_again, methods=["POST"]),
]
