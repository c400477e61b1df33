"""The pages of the helplines: what may be shown, what wants confirming, and the two who agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import ChangedMeanwhileError, RefusedError
from api.domain.helplines import Details, Helpline, Past, Proposal, Shown, Want
from api.domain.staff import Role
from api.services import helplines
from api.services.helplines import FaultyError, Kept, Numbered
from api.staff.deeds import deed
from api.staff.pieces import at, day, faults, is_number
from api.staff.signedin import Call, for_staff

HELPLINES = "/staff/helplines"
WANTED: Mapping[Want, str] = {
    Want.NUMBER: "No number yet",
    Want.CONFIRMING: "Wants confirming",
    Want.EXPIRED: "Expired: confirm it again",
    Want.SOON: "Expires soon",
}
TEXTS = ("situation", "when", "owner", "source")
DAYS = ("confirmed_on", "expires_on")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a helpline stands, in words: `tag` is red when `urgent`."""

    words: str
    tag: str
    urgent: bool


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def show(call: Call) -> Response:
    """All of them, those that want something first among their kind."""
    found = await helplines.look(call.desk, call.asker)
    always = [_row(one) for one in found if one.line.shown is Shown.ALWAYS]
    others = [_row(one) for one in found if one.line.shown is not Shown.ALWAYS]
    wanting = sum(one.want is not None for one in found)
    waiting = [_row(one) for one in found if one.proposal]
    return call.page(
        "helplines.html", always=always, others=others, wanting=wanting, waiting=waiting
    )


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def show_one(call: Call) -> Response:
    """One helpline, with the forms that change it."""
    return await _page(call)


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def tell(call: Call) -> Response:
    """Change what is told of it."""
    desk, key = call.desk, _key(call)
    strange = [name for name in DAYS if _is_no_day(call.fields.get(name, ""))]
    problems = dict.fromkeys(strange, "Give a day that there is")
    if problems:
        return await _page(call, problems)
    try:
        await helplines.tell(desk, call.asker, key, _details(call), _seen(call))
    except FaultyError as refusal:
        return await _page(call, refusal.faults)
    except ChangedMeanwhileError:
        return await _page(call, overtaken=True)
    return RedirectResponse(f"{HELPLINES}/{key}?said=saved", 303)


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def propose(call: Call) -> Response:
    """Propose another name or number."""
    desk, key, told = call.desk, _key(call), call.fields
    wish = Numbered(
        told.get("name", ""), told.get("contact", ""), told.get("whence", ""), _seen(call)
    )
    try:
        await helplines.propose(desk, call.asker, key, wish)
    except FaultyError as refusal:
        names = {"source": "whence"}
        return await _page(call, {names.get(at, at): one for at, one in refusal.faults.items()})
    except ChangedMeanwhileError:
        return await _page(call, overtaken=True)
    return RedirectResponse(f"{HELPLINES}/{key}?said=proposed", 303)


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def answer(call: Call) -> Response:
    """Agree to what was proposed, or drop it."""
    desk, key, agreed = call.desk, _key(call), call.fields.get("answer") == "agree"
    try:
        await helplines.answer(desk, call.asker, key, agreed=agreed, seen=_seen(call))
    except RefusedError as refusal:
        return await _page(call, {"answer": refusal.detail})
    except ChangedMeanwhileError:
        return await _page(call, overtaken=True)
    return RedirectResponse(f"{HELPLINES}/{key}?said={'agreed' if agreed else 'dropped'}", 303)


async def _page(
    call: Call, problems: Mapping[str, str] | None = None, *, overtaken: bool = False
) -> Response:
    kept = await helplines.one(call.desk, call.asker, _key(call))
    problems = problems or {}
    status = 409 if overtaken else 422 if problems else 200
    return call.page(
        "helpline.html",
        status=status,
        line=kept.line,
        standing=_standing(kept),
        typed={**_as_typed(kept.line), **_kept_words(call)},
        proposal=_proposal(kept.proposal, kept.names, call.member.staff_id),
        past=[_past(one, kept.names) for one in kept.past],
        problems=problems,
        faults=faults(problems),
        overtaken=overtaken,
        always=kept.line.shown is Shown.ALWAYS,
        said=call.request.query_params.get("said", ""),
    )


def _row(kept: Kept) -> dict[str, object]:
    line, told = kept.line, kept.line.details
    return {
        "link": f"{HELPLINES}/{line.key}",
        "name": line.name,
        "situation": told.situation,
        "contact": line.contact or "None yet",
        "when": told.when,
        "owner": told.owner or "Nobody",
        "confirmed": day(told.confirmed_on) if told.confirmed_on else "Never",
        "expires": day(told.expires_on) if told.expires_on else "",
        "standing": _standing(kept),
        "proposed": kept.proposal is not None,
    }


def _standing(kept: Kept) -> Standing:
    shown = "Residents are shown it" if kept.shown else "Residents are not shown it"
    urgent = kept.want is not None and kept.want is not Want.SOON
    return Standing(shown, WANTED[kept.want] if kept.want else "", urgent)


def _as_typed(line: Helpline) -> dict[str, str]:
    told = line.details
    texts = {name: getattr(told, name) for name in TEXTS}
    days = {name: one.isoformat() if (one := getattr(told, name)) else "" for name in DAYS}
    return {**texts, **days, "name": line.name, "contact": line.contact, "whence": ""}


def _kept_words(call: Call) -> dict[str, str]:
    """What was typed, to be shown again with what is wrong with it."""
    known = {*TEXTS, *DAYS, "name", "contact", "whence"}
    return {name: one for name, one in call.fields.items() if name in known}


def _proposal(
    proposal: Proposal | None, names: Mapping[int, str], me: int
) -> dict[str, object] | None:
    if proposal is None:
        return None
    return {
        "name": proposal.name,
        "contact": proposal.contact,
        "source": proposal.source,
        "who": names.get(proposal.staff_id, "Somebody"),
        "at": at(proposal.at),
        "mine": proposal.staff_id == me,
    }


def _past(past: Past, names: Mapping[int, str]) -> dict[str, str]:
    told = past.line.details
    until = f", until {day(told.expires_on)}" if told.expires_on else ""
    confirmed = f"confirmed {day(told.confirmed_on)}{until}" if told.confirmed_on else ""
    parts = (past.line.name, past.line.contact, told.when, told.owner, told.source, confirmed)
    return {
        "what": deed(past.what),
        "who": names.get(past.staff_id, "Somebody") if past.staff_id else "Doorway",
        "at": at(past.at),
        "stood": " · ".join(one for one in parts if one),
    }


def _details(call: Call) -> Details:
    told = {name: call.fields.get(name, "").strip() for name in TEXTS}
    return Details(
        **told,
        confirmed_on=_day(call.fields.get("confirmed_on", "")),
        expires_on=_day(call.fields.get("expires_on", "")),
    )


def _day(typed: str) -> date | None:
    return date.fromisoformat(typed.strip()) if typed.strip() else None


def _is_no_day(typed: str) -> bool:
    try:
        _day(typed)
    except ValueError:
        return True
    return False


def _seen(call: Call) -> int:
    given = call.fields.get("seen", "")
    return int(given) if is_number(given) else 0


def _key(call: Call) -> str:
    return str(call.request.path_params["key"])


routes = [
    Route("/helplines", show, methods=["GET"]),
    Route("/helplines/{key}", show_one, methods=["GET"]),
    Route("/helplines/{key}", tell, methods=["POST"]),
    Route("/helplines/{key}/number", propose, methods=["POST"]),
    Route("/helplines/{key}/answer", answer, methods=["POST"]),
]
