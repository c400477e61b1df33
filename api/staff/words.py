"""The workshop: how far each language is, the table of its messages, and what is missing."""

from collections.abc import Mapping
from datetime import date, datetime, time
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from api.domain.staff import Role
from api.domain.wording import Name, State
from api.services import words
from api.services.words import Only, Row, Wanted
from api.staff.pieces import LONDON
from api.staff.signedin import Call, for_staff
from api.staff.wording import STATES, language

WORDS = "/staff/words"
FILTERS: Mapping[Only, str] = {
    Only.ALL: "All",
    Only.MISSING: "Missing",
    Only.DRAFT: "Drafts",
    Only.REVIEW: "Needs review",
    Only.REVIEWED: "Reviewed, not published",
    Only.FAILING: "Something to mend",
    Only.COMMENTED: "With comments",
}
COORDINATORS = (Role.COORDINATOR, Role.MANAGER)
_FIELDS = ("only", "step", "text", "since")


@for_staff(*COORDINATORS)
async def show(call: Call) -> Response:
    """Every language, and how many of its messages stand where."""
    found = await words.overview(call.desk, call.asker)
    return call.page("words.html", rows=[_progress(*one) for one in found.items()])


@for_staff(*COORDINATORS)
async def show_missing(call: Call) -> Response:
    """What residents see in English for want of words."""
    found = await words.unsaid(call.desk, call.asker)
    groups = [
        (
            language(code),
            [(editor(code, one.name), one.step.title, one.english[0]) for one in missing],
        )
        for code, missing in found.items()
    ]
    return call.page("words_missing.html", groups=groups)


@for_staff(*COORDINATORS)
async def show_table(call: Call) -> Response:
    """The messages of a language, in the order of the talk."""
    wanted = wanted_of(call)
    rows = await words.table(call.desk, call.asker, wanted)
    return call.page(
        "words_table.html",
        language=language(wanted.language),
        groups=_by_step(rows, call),
        count=len(rows),
        only=wanted.only.value,
        filters=[{"value": one.value, "text": text} for one, text in FILTERS.items()],
        step=wanted.step,
        steps=[
            {"value": "", "text": "The whole talk"},
            *({"value": one.name, "text": one.title} for one in words.steps()),
        ],
        text=wanted.text,
        since=call.request.query_params.get("since", ""),
    )


def wanted_of(call: Call) -> Wanted:
    """What a page of the table was asked for."""
    asked = call.request.query_params
    only = asked.get("only", "")
    return Wanted(
        language=call.place("language"),
        only=Only(only) if only in set(Only) else Only.ALL,
        step=asked.get("step", ""),
        text=asked.get("text", "").strip(),
        since=_day(asked.get("since", "")),
    )


def sought(call: Call) -> str:
    """The same as the end of an address, empty when all is wanted."""
    asked = {name: call.request.query_params.get(name, "") for name in _FIELDS}
    kept = {name: value for name, value in asked.items() if value and value != Only.ALL.value}
    return f"?{urlencode(kept)}" if kept else ""


def editor(code: str, name: Name) -> str:
    """The address of one message."""
    return f"{WORDS}/{code}/{name.step}/{name.id}"


def _day(typed: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(typed), time(), LONDON)
    except ValueError:
        return None


def _progress(code: str, counts: Mapping[State, int]) -> dict[str, object]:
    total = sum(counts.values())
    return {
        "language": language(code),
        "href": f"{WORDS}/{code}",
        "total": total,
        "counts": [(STATES[state][0], counts[state], state.value) for state in State],
        "done": total and round(100 * counts[State.PUBLISHED] / total),
    }


def _by_step(rows: list[Row], call: Call) -> list[tuple[str, str, list[dict[str, object]]]]:
    groups: dict[str, tuple[str, str, list[dict[str, object]]]] = {}
    for row in rows:
        step = row.entry.step
        group = groups.setdefault(step.name, (step.title, step.when, []))
        group[2].append(_row(row, call))
    return list(groups.values())


def _row(row: Row, call: Call) -> dict[str, object]:
    entry = row.entry
    words_of, colour = STATES[entry.state]
    return {
        "href": f"{editor(entry.wording.language, entry.name)}{sought(call)}",
        "id": entry.name.id,
        "english": entry.english[0] if entry.english else "",
        "text": entry.wording.texts[0] if entry.wording.texts else "",
        "state": words_of,
        "colour": colour,
        "faulty": any(one.must for one in row.problems),
    }


routes = [
    Route("/words", show),
    Route("/words/missing", show_missing),
    Route("/words/{language}", show_table),
]
