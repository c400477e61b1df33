"""The page of the phrases of danger: searched, added, taken away by two, and tried out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import ChangedMeanwhileError, NotFoundError, RefusedError
from api.domain.phrases import KeptPhrase, Sought, Standing
from api.domain.staff import Role
from api.services import phrases
from api.services.helplines import FaultyError
from api.services.phrases import WRITTEN, Shelf
from api.staff.pieces import at, faults, is_number
from api.staff.signedin import Call, for_staff
from common.contract.languages import BY_CODE, LANGUAGES
from common.listening.matching import Heard
from common.listening.phrases import CHECK, HARMLESS, TIERS, URGENT, Phrase

PHRASES = "/staff/phrases"
EACH = 50
TIER_WORDS: Mapping[str, str] = {
    URGENT: "Urgent: shows the help card",
    CHECK: "Check: asks one gentle question",
    HARMLESS: "Harmless: passed over",
}
STANDING_WORDS: Mapping[Standing, str] = {
    Standing.IN_FORCE: "",
    Standing.PROPOSED: "Not listened for yet: somebody else must agree to it",
    Standing.LEAVING: "Still listened for: somebody else must agree that it goes",
    Standing.GONE: "Gone",
}
SAID: Mapping[str, str] = {
    Standing.IN_FORCE.name: "Done. It goes out with the next publication.",
    Standing.PROPOSED.name: "Added, and waiting. Another coordinator must agree to it.",
    Standing.LEAVING.name: "Asked for. It stays until another coordinator agrees that it goes.",
    Standing.GONE.name: "Done. It is gone with the next publication.",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows besides the list: what is wrong, what was typed and what was tried."""

    status: int = 200
    problems: Mapping[str, str] | None = None
    tried: str = ""
    heard: Sequence[Heard] | None = None
    notice: str = ""


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def show(call: Call) -> Response:
    """What is looked for, and what waits for a second person."""
    said = call.request.query_params.get("said", "")
    return await _page(call, Shown(notice=SAID.get(said, "")))


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def add(call: Call) -> Response:
    """Add a phrase."""
    told = call.fields
    phrase = Phrase(" ".join(told.get("text", "").split()), told.get("tier", ""))
    try:
        desk, asker = call.desk, call.asker
        standing = await phrases.add(desk, asker, told.get("language", ""), phrase)
    except FaultyError as refusal:
        return await _page(call, Shown(422, refusal.faults))
    return _done(standing)


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def remove(call: Call) -> Response:
    """Take one away, or ask for it."""
    try:
        standing = await phrases.remove(call.desk, call.asker, _number(call))
    except ChangedMeanwhileError:
        return await _page(call, _overtaken())
    return _done(standing)


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def answer(call: Call) -> Response:
    """Agree to what somebody asked for, or not."""
    agreed = call.fields.get("answer") == "agree"
    try:
        standing = await phrases.answer(call.desk, call.asker, _number(call), agreed=agreed)
    except ChangedMeanwhileError:
        return await _page(call, _overtaken())
    except RefusedError as refusal:
        return await _page(call, Shown(422, {"waiting": refusal.detail}))
    return _done(standing)


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def try_out(call: Call) -> Response:
    """Show what a sentence would set off; it comes in a form, as it must stand in no address."""
    sentence = call.fields.get("sentence", "")
    heard = await phrases.try_out(call.desk, call.asker, sentence)
    return await _page(call, Shown(tried=sentence, heard=heard))


async def _page(call: Call, shown: Shown) -> Response:
    asked, problems = call.request.query_params, shown.problems or {}
    wanted = _wanted(asked)
    shelf = await phrases.look(call.desk, call.asker, wanted)
    typed = {name: call.fields.get(name, "") for name in ("text", "tier", "language")}
    return call.page(
        "phrases.html",
        status=shown.status,
        rows=[_row(one, shelf, call) for one in shelf.found],
        waiting=[_row(one, shelf, call) for one in shelf.waiting],
        total=shelf.total,
        first=wanted.after + 1,
        before=_link(wanted, wanted.after - EACH) if wanted.after else "",
        onward=_link(wanted, wanted.after + EACH) if wanted.after + EACH < shelf.total else "",
        wanted=wanted,
        counts=_counts(shelf),
        languages=_languages(),
        tiers=[{"value": one, "text": TIER_WORDS[one]} for one in TIERS],
        typed=typed,
        problems=problems,
        faults=faults(problems),
        shown=shown,
        fired=[(one, TIER_WORDS[one.tier]) for one in shown.heard or ()],
        outcome=_outcome(shown.heard),
    )


def _wanted(asked: QueryParams) -> Sought:
    start = asked.get("after", "")
    known = is_number(start)
    return Sought(
        language=asked.get("language", "") if asked.get("language") in BY_CODE else "",
        tier=asked.get("tier", "") if asked.get("tier") in TIERS else "",
        text=asked.get("text", "")[:200],
        after=int(start) if known else 0,
        most=EACH,
    )


def _link(wanted: Sought, after: int) -> str:
    words = {"language": wanted.language, "tier": wanted.tier, "text": wanted.text}
    there = {name: one for name, one in words.items() if one}
    return f"{PHRASES}?{urlencode({**there, 'after': max(after, 0)})}"


def _row(one: KeptPhrase, shelf: Shelf, call: Call) -> dict[str, object]:
    language = BY_CODE.get(one.language)
    by = shelf.names.get(one.moved_by, "Somebody") if one.moved_by else "Doorway"
    return {
        "link": f"{PHRASES}/{one.phrase_id}",
        "text": one.text,
        "lang": language.bcp47 if language else one.language,
        "language": language.english_name if language else one.language,
        "tier": TIER_WORDS[one.tier],
        "standing": STANDING_WORDS[one.standing],
        "by": f"{by}, {at(one.moved_at)}" if one.moved_by else "Came with Doorway",
        "waits": bool(STANDING_WORDS[one.standing]),
        "mine": one.moved_by == call.member.staff_id,
        "at_once": one.tier == HARMLESS,
    }


def _counts(shelf: Shelf) -> list[tuple[str, list[int]]]:
    return [
        (one.english_name, [shelf.counts.get((one.code, tier), 0) for tier in TIERS])
        for one in LANGUAGES
        if one.code in WRITTEN
    ]


def _languages() -> list[dict[str, str]]:
    return [
        {"value": one.code, "text": f"{one.english_name} ({one.own_name})"}
        for one in LANGUAGES
        if one.code in WRITTEN
    ]


def _outcome(heard: Sequence[Heard] | None) -> str:
    """What a resident would meet who wrote this."""
    if heard is None:
        return ""
    fires = {one.tier for one in heard if not one.calmed}
    if URGENT in fires:
        return "This is urgent: the resident would be shown the help card at once."
    if CHECK in fires:
        return "The resident would be asked one gentle question: are they safe?"
    return "Nothing would happen. A person reads every free text all the same."


def _overtaken() -> Shown:
    words = "Somebody else was first: it has been decided meanwhile. Nothing of yours was lost."
    return Shown(409, {"waiting": words})


def _done(standing: Standing) -> Response:
    return RedirectResponse(f"{PHRASES}?said={standing.name}", 303)


def _number(call: Call) -> int:
    given = str(call.request.path_params["phrase_id"])
    if not is_number(given):
        raise NotFoundError
    return int(given)


routes = [
    Route("/phrases", show, methods=["GET"]),
    Route("/phrases/new", add, methods=["POST"]),
    Route("/phrases/try", try_out, methods=["POST"]),
    Route("/phrases/{phrase_id}/remove", remove, methods=["POST"]),
    Route("/phrases/{phrase_id}/answer", answer, methods=["POST"]),
]
