"""The pages of the words' round trip: out in a file, and back once it is seen what would change."""

from collections.abc import Iterator, Mapping

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import ChangedMeanwhileError, NotFoundError, UnacceptableError
from api.domain.staff import Role
from api.services import wordtrips
from api.services.wordtrips import Chosen, Preview
from api.staff.pieces import at, faults
from api.staff.signedin import Call, for_staff
from common.contract.languages import BY_CODE, Language
from common.words.formats.registry import FORMATS
from common.words.formats.units import Key, key_of, name_of
from common.words.merging import Conflict, Fate, Outcome

WORDS = "/staff/words"
LEADERS = (Role.COORDINATOR, Role.MANAGER)

_TAKES = "take:"
_MOST_FIELDS = 900  # a box for each message, and there is room for as many again

_WHY: Mapping[Conflict | None, str] = {
    Conflict.BOTH_CHANGED: "These words were changed here after the file was made, and in the file",
    Conflict.ENGLISH_CHANGED: "The English has changed since the file was made",
    Conflict.NO_MARK: "The file does not say which words it was made from",
}
_KEPT: Mapping[Fate, str] = {
    Fate.SAME: "the same in the file as here",
    Fate.NEWER_HERE: "changed here and not in the file: ours stay",
    Fate.EMPTY: "empty in the file: ours stay",
    Fate.UNKNOWN: "not known here any more",
}


def takes_file(path: str) -> bool:
    """Whether a file may be sent to this address."""
    return path.startswith(f"{WORDS}/") and path.endswith("/import")


@for_staff(*LEADERS)
async def show(call: Call) -> Response:
    """The ways out and back in."""
    return await _page(call, {})


@for_staff(*LEADERS)
async def export(call: Call) -> Response:
    """A language's words as a file."""
    language, kind = _language(call), call.request.query_params.get("as", "xlsx")
    made, content = await wordtrips.export(call.desk, call.asker, language.code, kind)
    name = f"doorway-{language.code}.{made.ending}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=made.media_type, headers=headers)


@for_staff(*LEADERS, takes_file=True)
async def bring(call: Call) -> Response:
    """Take a file, and lead to what it would change."""
    language = _language(call)
    if not call.upload:
        return await _page(call, {"file": "Choose a file first"})
    try:
        number = await wordtrips.bring(call.desk, call.asker, language.code, call.upload)
    except UnacceptableError as refusal:
        return await _page(call, {refusal.field: refusal.detail})
    return RedirectResponse(f"{WORDS}/{language.code}/import/{number}", 303)


@for_staff(*LEADERS)
async def preview(call: Call) -> Response:
    """What a file would change."""
    return await _preview_page(call)


@for_staff(*LEADERS, most=_MOST_FIELDS)
async def take(call: Call) -> Response:
    """Take what was agreed to."""
    language, fields = _language(call), call.fields
    chosen = Chosen(fields.get("seen", ""), frozenset(_boxes(fields)), "ready" in fields)
    try:
        count = await wordtrips.take(
            call.desk, call.asker, language.code, int(call.place("number")), chosen
        )
    except ChangedMeanwhileError:
        return await _preview_page(call, overtaken=True)
    return RedirectResponse(f"{WORDS}/{language.code}/import?taken={count}", 303)


async def _page(call: Call, problems: Mapping[str, str]) -> Response:
    language, taken = _language(call), call.request.query_params.get("taken", "")
    waiting = await wordtrips.waiting(call.desk, call.asker, language.code)
    return call.page(
        "words_file.html",
        status=422 if problems else 200,
        language=language,
        here=f"{WORDS}/{language.code}",
        kinds=[(kind, one.name) for kind, one in FORMATS.items()],
        waiting=[(one.number, one.who, at(one.at)) for one in waiting],
        problems=problems,
        faults=faults(problems),
        said=_said(int(taken)) if taken.isascii() and taken.isdigit() else "",
    )


def _said(count: int) -> str:
    changed = "1 message has" if count == 1 else f"{count} messages have"
    return f"{changed} the words of the file now. Residents see them once they are published."


async def _preview_page(call: Call, *, overtaken: bool = False) -> Response:
    language, number = _language(call), int(call.place("number"))
    found = await wordtrips.look(call.desk, call.asker, language.code, number)
    return call.page(
        "words_import.html",
        status=409 if overtaken else 200,
        language=language,
        here=f"{WORDS}/{language.code}",
        number=number,
        seen=found.stamp,
        overtaken=overtaken,
        taken=[_row(found, one) for one in found.of(Fate.TAKEN)],
        conflicts=[_row(found, one) for one in found.of(Fate.CONFLICT)],
        refused=[_row(found, one) for one in found.of(Fate.REFUSED)],
        unknown=[name_of(one.unit.key) for one in found.of(Fate.UNKNOWN)],
        kept=[(len(found.of(fate)), words) for fate, words in _KEPT.items() if found.of(fate)],
    )


def _row(found: Preview, one: Outcome) -> dict[str, object]:
    step, name = one.unit.key
    held = one.held
    return {
        "box": f"{_TAKES}{name_of(one.unit.key)}",
        "title": f"{found.titles.get(step, step)}: {name.replace('_', ' ')}",
        "english": held.english.texts if held else (),
        "here": held.translated.texts if held else (),
        "file": one.unit.texts,
        "where": one.unit.where,
        "why": _WHY.get(one.conflict, ""),
        "says": [problem.says for problem in one.problems],
        "must": [problem.says for problem in one.problems if problem.must],
    }


def _boxes(fields: Mapping[str, str]) -> Iterator[Key]:
    """The messages of which the file's words were chosen."""
    for name in fields:
        if name.startswith(_TAKES) and name.count("/") == 1:
            yield key_of(name.removeprefix(_TAKES), name)


def _language(call: Call) -> Language:
    found = BY_CODE.get(call.place("language"))
    if found is None or not found.written:
        raise NotFoundError
    return found


routes = [
    Route("/words/{language}/export", export),
    Route("/words/{language}/import", show, methods=["GET"]),
    Route("/words/{language}/import", bring, methods=["POST"]),
    Route("/words/{language}/import/{number:int}", preview, methods=["GET"]),
    Route("/words/{language}/import/{number:int}", take, methods=["POST"]),
]
