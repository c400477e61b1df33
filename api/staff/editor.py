"""One message of one language: its words beside the English, kept, reviewed and talked about."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import ChangedMeanwhileError, UnacceptableError
from api.domain.wording import Change, Comment, Name, State, Texts
from api.services import words, wordwork
from api.services.words import Sheet
from api.services.wordwork import FaultyWordsError, Seen
from api.staff.pieces import at, is_number
from api.staff.signedin import Call, for_staff
from api.staff.wording import KINDS, STATES, Form, difference, forms, language
from api.staff.words import COORDINATORS, WORDS, editor, sought, wanted_of
from common.contract.languages import SOURCE_LANGUAGE
from common.words.checking import Problem

SAID = {
    "draft": "Saved as a draft.",
    "ready": "Saved. A second person can review it now.",
    "reviewed": "Reviewed. It can go out with the next publication.",
    "comment": "Your comment is there for all coordinators.",
}
DEEDS = {
    "written": "wrote",
    "reviewed": "reviewed",
    "published": "published",
    "restored": "went back to",
    "pushed": "brought a newer draft of",
    "shipped": "brought",
    "imported": "took from a file",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed and not kept, and why."""

    texts: Texts
    why: str
    field: str = "text-0"
    overtaken: bool = False
    problems: tuple[Problem, ...] = ()


@for_staff(*COORDINATORS)
async def show(call: Call) -> Response:
    """The message."""
    return await _page(call)


@for_staff(*COORDINATORS)
async def save(call: Call) -> Response:
    """Keep new words; then stay, or go on to the next message."""
    texts, do = _typed(call), call.fields.get("do", "")
    ready = do != "draft"
    try:
        await wordwork.write(call.desk, call.asker, _seen(call), texts, ready=ready)
    except ChangedMeanwhileError:
        why = "Somebody else has changed this while you were typing. Their words are shown below."
        return await _page(call, Tried(texts, why, overtaken=True), status=409)
    except FaultyWordsError:
        found = await words.problems_of(call.desk, call.asker, _code(call), _name(call), texts)
        return await _page(call, Tried(texts, "Mend what is marked below", problems=found))
    except UnacceptableError as refusal:
        return await _page(call, Tried(texts, refusal.detail))
    return await _onward(call, do)


@for_staff(*COORDINATORS)
async def review(call: Call) -> Response:
    """A second person says that the words are right."""
    try:
        await wordwork.review(call.desk, call.asker, _seen(call))
    except ChangedMeanwhileError:
        why = "Somebody has changed the words since you read them. Please read them again."
        return await _page(call, Tried((), why, "review"), status=409)
    except UnacceptableError as refusal:
        return await _page(call, Tried((), refusal.detail, "review"))
    return _here(call, "reviewed")


@for_staff(*COORDINATORS)
async def comment(call: Call) -> Response:
    """Say something to the other coordinators."""
    said = call.fields.get("comment", "")
    try:
        await wordwork.comment(call.desk, call.asker, _code(call), _name(call), said)
    except UnacceptableError as refusal:
        return await _page(call, Tried((), refusal.detail, "comment"))
    return _here(call, "comment")


async def _page(call: Call, tried: Tried | None = None, status: int = 422) -> Response:
    code, name = _code(call), _name(call)
    found = await words.sheet(call.desk, call.asker, wanted_of(call), name)
    typed = tried.texts if tried and tried.texts else found.entry.wording.texts
    return call.page(
        "words_editor.html",
        status=status if tried else 200,
        language=language(code),
        is_source=code == SOURCE_LANGUAGE,
        name=name,
        places=len(words.steps()),
        forms=_forms(found, typed),
        theirs=_forms(found, found.entry.wording.texts),
        problems=tried.problems if tried and tried.problems else found.problems,
        tried=tried,
        before=_way(code, found.before, call),
        after=_way(code, found.after, call),
        back=f"{WORDS}/{code}{sought(call)}",
        here=f"{editor(code, name)}{sought(call)}",
        action=editor(code, name),
        query=sought(call),
        said=SAID.get(call.request.query_params.get("said", ""), ""),
        **_stand(found, call.asker.staff_id),
    )


def _stand(found: Sheet, me: int) -> dict[str, object]:
    """Where the message stands, and what was done to it and said about it."""
    entry, wording = found.entry, found.entry.wording
    is_behind = wording.is_behind(entry.english)
    return {
        "step": entry.step,
        "kind": KINDS[entry.step.kind],
        "state": STATES[entry.state],
        "behind": difference(_first(wording.english), _first(entry.english)) if is_behind else [],
        "languages_behind": [language(one) for one in found.behind],
        "version": wording.version,
        "author": found.author,
        "reviewer": found.reviewer,
        "is_author": wording.author == me,
        "can_review": wording.is_there and entry.state in {State.DRAFT, State.REVIEW},
        "history": [_change(one) for one in found.history],
        "comments": [_comment(one) for one in found.comments],
    }


def _forms(found: Sheet, texts: Texts) -> list[Form]:
    entry = found.entry
    return forms(texts, entry.english, found.plural_forms, counts=bool(entry.plural_id))


async def _onward(call: Call, do: str) -> Response:
    if do == "next":
        found: Sheet = await words.sheet(call.desk, call.asker, wanted_of(call), _name(call))
        if found.after is not None:
            address = f"{editor(_code(call), found.after)}{sought(call)}#text-0"
            return RedirectResponse(address, 303)
    return _here(call, "draft" if do == "draft" else "ready")


def _here(call: Call, said: str) -> Response:
    query = sought(call)
    joined = f"{query}&said={said}" if query else f"?said={said}"
    return RedirectResponse(f"{editor(_code(call), _name(call))}{joined}", 303)


def _way(code: str, name: Name | None, call: Call) -> str:
    return f"{editor(code, name)}{sought(call)}" if name else ""


def _change(one: Change) -> dict[str, object]:
    return {
        "who": one.who,
        "deed": DEEDS.get(one.deed, one.deed),
        "at": at(one.at),
        "pieces": difference(_first(one.before), _first(one.after)),
        "same": one.before == one.after,
    }


def _comment(one: Comment) -> dict[str, object]:
    return {"who": one.who, "at": at(one.at), "language": language(one.language), "text": one.text}


def _typed(call: Call) -> Texts:
    places: Sequence[str] = sorted(
        (one for one in call.fields if one.startswith("text-") and is_number(one[5:])),
        key=lambda one: int(one[5:]),
    )
    return tuple(call.fields[one].replace("\r\n", "\n") for one in places)


def _seen(call: Call) -> Seen:
    version = call.fields.get("version", "")
    number = int(version) if is_number(version) else -1
    return Seen(_code(call), _name(call), number)


def _code(call: Call) -> str:
    return call.place("language")


def _name(call: Call) -> Name:
    return Name(call.place("step"), call.place("message"))


def _first(texts: Texts) -> str:
    return texts[0] if texts else ""


routes = [
    Route("/words/{language}/{step}/{message}", show, methods=["GET"]),
    Route("/words/{language}/{step}/{message}", save, methods=["POST"]),
    Route("/words/{language}/{step}/{message}/review", review, methods=["POST"]),
    Route("/words/{language}/{step}/{message}/comments", comment, methods=["POST"]),
]
