"""Publishing: what would go out, what stays and why; and the publications that were."""

from collections.abc import Sequence

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import ChangedMeanwhileError, NotFoundError, UnacceptableError
from api.services import editions, publishing
from api.services.publishing import LONGEST_NOTE, Waiting
from api.staff.pieces import at, is_number
from api.staff.signedin import Call, for_staff
from api.staff.wording import HELD, difference, language
from api.staff.words import COORDINATORS, WORDS, editor

HISTORY = f"{WORDS}/history"


@for_staff(*COORDINATORS)
async def show(call: Call) -> Response:
    """What would go out now."""
    return await _page(call)


@for_staff(*COORDINATORS)
async def publish(call: Call) -> Response:
    """Let residents see it."""
    note, stamp = call.fields.get("note", ""), call.fields.get("stamp", "")
    try:
        version = await publishing.publish(call.desk, call.asker, note, stamp)
    except ChangedMeanwhileError:
        why = "Something has changed since you opened this page. Look at it again, then publish."
        return await _page(call, why, status=409)
    except UnacceptableError as refusal:
        return await _page(call, refusal.detail)
    call.desk.publications.forget()
    return RedirectResponse(f"{HISTORY}/{version}?said=published", 303)


@for_staff(*COORDINATORS)
async def show_history(call: Call) -> Response:
    """The publications, the newest first."""
    before = call.request.query_params.get("before", "")
    found = await editions.editions(
        call.desk, call.asker, int(before) if is_number(before) else None
    )
    rows = [
        {
            "version": one.version,
            "href": f"{HISTORY}/{one.version}",
            "who": one.who,
            "at": at(one.at),
            "note": one.note,
            "changed": one.changed,
        }
        for one in found
    ]
    older = found[-1].version if len(found) == editions.MOST_EDITIONS else 0
    return call.page("words_history.html", rows=rows, older=older)


@for_staff(*COORDINATORS)
async def show_edition(call: Call) -> Response:
    """One publication: what it changed, and the way back to its words."""
    return await _edition(call)


@for_staff(*COORDINATORS)
async def restore(call: Call) -> Response:
    """Go back to the words of one."""
    seen = call.fields.get("seen", "")
    try:
        version = await editions.restore(
            call.desk, call.asker, _version(call), int(seen) if is_number(seen) else -1
        )
    except ChangedMeanwhileError:
        return await _edition(call, "Something newer has been published. Look again first.")
    call.desk.publications.forget()
    return RedirectResponse(f"{HISTORY}/{version}?said=restored", 303)


SAID = {
    "published": "Published. Residents see it within five seconds.",
    "restored": "Residents see the earlier words again, within five seconds.",
}


async def _page(call: Call, why: str = "", status: int = 422) -> Response:
    plan = await publishing.plan(call.desk, call.asker)
    going = [one for one in plan.waiting if one.held is None]
    return call.page(
        "words_publish.html",
        status=status if why else 200,
        why=why,
        going=_by_language(going),
        held=_by_language([one for one in plan.waiting if one.held is not None]),
        many=len(going),
        beside=plan.beside,
        worthwhile=plan.worthwhile,
        stamp=plan.stamp,
        note=call.fields.get("note", ""),
        longest=LONGEST_NOTE,
    )


async def _edition(call: Call, why: str = "") -> Response:
    found, changed, newest = await editions.edition(call.desk, call.asker, _version(call))
    return call.page(
        "words_edition.html",
        status=409 if why else 200,
        why=why,
        edition=found,
        at=at(found.at),
        newest=newest,
        changed=[
            (
                language(one.language),
                editor(one.language, one.name),
                difference(" / ".join(one.before), " / ".join(one.after)),
            )
            for one in changed
        ],
        said=SAID.get(call.request.query_params.get("said", ""), ""),
    )


def _by_language(waiting: Sequence[Waiting]) -> list[tuple[object, list[dict[str, object]]]]:
    groups: dict[str, list[dict[str, object]]] = {}
    for one in waiting:
        wording = one.entry.wording
        row: dict[str, object] = {
            "href": editor(wording.language, one.entry.name),
            "title": one.entry.step.title,
            "pieces": difference(" / ".join(wording.published), " / ".join(wording.texts)),
            "why": HELD[one.held] if one.held else "",
        }
        groups.setdefault(wording.language, []).append(row)
    return [(language(code), rows) for code, rows in groups.items()]


def _version(call: Call) -> int:
    typed = call.place("version")
    if not is_number(typed):
        raise NotFoundError
    return int(typed)


routes = [
    Route("/words/publish", show, methods=["GET"]),
    Route("/words/publish", publish, methods=["POST"]),
    Route("/words/history", show_history, methods=["GET"]),
    Route("/words/history/{version}", show_edition, methods=["GET"]),
    Route("/words/history/{version}/restore", restore, methods=["POST"]),
]
