"""The record: who looked at what, and when, for managers to search; the search is recorded too."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from api.domain.record import Line, Wanted
from api.domain.staff import Role, StaffMember
from api.services import auditing, colleagues
from api.staff.deeds import deed, from_where, who, whom
from api.staff.pieces import LONDON, at, faults, is_number
from api.staff.signedin import Call, for_staff
from common.contract.identifiers import ReferralReference, UnreadableError

PAGE = auditing.PAGE
_FIELDS = ("person", "reference", "since", "until", "before")


@for_staff(Role.MANAGER)
async def show(call: Call) -> Response:
    """The search, and what it finds; nothing is looked up before something is asked for."""
    asked = {name: one.strip() for name, one in call.request.query_params.items()}
    desk = call.desk
    people = await colleagues.everybody(desk, call.asker)
    wanted, problems = _wanted(asked)
    looked = bool(asked) and not problems
    found = await auditing.search(desk, call.asker, wanted) if looked else []
    names = {one.staff_id: one.name for one in people}
    return call.page(
        "audit.html",
        status=422 if problems else 200,
        asked=_shown(asked),
        problems=problems,
        faults=faults(problems),
        people=[{"value": "", "text": "Anybody"}, *map(_choice, people)],
        looked=looked,
        rows=[_row(one, names) for one in found[:PAGE]],
        older=_older(asked, found),
    )


def _choice(one: StaffMember) -> dict[str, str]:
    return {"value": str(one.staff_id), "text": one.name}


def _shown(asked: Mapping[str, str]) -> dict[str, str]:
    return {name: asked.get(name, "") for name in _FIELDS}


def _wanted(asked: Mapping[str, str]) -> tuple[Wanted, dict[str, str]]:
    """What is looked for, or what is wrong with which field."""
    problems: dict[str, str] = {}
    since, until = (_day(asked.get(name, ""), name, problems) for name in ("since", "until"))
    person, before = asked.get("person", ""), asked.get("before", "")
    wanted = Wanted(
        staff_id=int(person) if is_number(person) else None,
        subject=_reference(asked.get("reference", ""), problems),
        since=_begins(since) if since else None,
        until=_begins(until + timedelta(days=1)) if until else None,
        before=int(before) if is_number(before) else None,
    )
    return wanted, problems


def _reference(typed: str, problems: dict[str, str]) -> str:
    if not typed:
        return ""
    try:
        return str(ReferralReference.parse(typed))
    except UnreadableError:
        problems["reference"] = "Type the whole reference, like TH-7K3M-9QX"
        return ""


def _day(typed: str, name: str, problems: dict[str, str]) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        problems[name] = "Give the day as year, month and day, like 2026-11-23"
        return None


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _row(line: Line, names: Mapping[int, str]) -> dict[str, str]:
    subject, link = whom(line.subject, names)
    return {
        "at": at(line.at),
        "who": who(line.actor, names),
        "deed": deed(line.action),
        "subject": subject,
        "link": link,
        "origin": from_where(line),
    }


def _older(asked: Mapping[str, str], found: list[Line]) -> str:
    """The address of the next page, empty when this is the last."""
    if len(found) <= PAGE:
        return ""
    return f"?{urlencode({**asked, 'before': found[PAGE - 1].id})}"


routes = [Route("/audit", show)]
