"""The pages of the spoken clips: which questions can be heard in which language, and recording."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.clips import LONGEST, MOST_BYTES, Clip
from api.domain.errors import ChangedMeanwhileError, NotFoundError
from api.domain.staff import Role
from api.services import voices
from api.services.helplines import FaultyError
from api.services.voices import Place, Rack
from api.staff.pieces import at, faults, is_number
from api.staff.signedin import Call, for_staff
from common.contract.languages import BY_CODE, WRITTEN_AS, Language
from common.contract.languages import VOICES as SPOKEN
from common.contract.spoken import SPOKEN_STEPS

VOICES = "/staff/voices"
# Nothing but the page that records may ask for the microphone.
_MICROPHONE = "camera=(), microphone=(self), geolocation=(), browsing-topics=()"
_SAID: Mapping[str, str] = {
    "kept": "Kept. Listen to it below. It goes out with the next publication.",
    "removed": "Taken away. It is gone with the next publication.",
}


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def show(call: Call) -> Response:
    """How far each language has come."""
    rack = await voices.look(call.desk, call.asker)
    return call.page("voices.html", rows=[_progress(one, rack) for one in SPOKEN])


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def show_language(call: Call) -> Response:
    """Every question in one language, with its clip if it has one."""
    language, rack = _language(call), await voices.look(call.desk, call.asker)
    clips = {one.step: one for one in rack.clips if one.language == language.code}
    return call.page(
        "voices_language.html",
        language=language,
        progress=_progress(language, rack),
        rows=[_row(language, step, clips.get(step), rack) for step in SPOKEN_STEPS],
    )


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def show_step(call: Call) -> Response:
    """One question in one language: listen, record, upload, take away."""
    return await _page(call)


@for_staff(Role.COORDINATOR, Role.MANAGER, takes_file=True)
async def put(call: Call) -> Response:
    """Take what was recorded or uploaded."""
    place = _place(call)
    try:
        await voices.put(call.desk, call.asker, place, call.upload, _seen(call))
    except FaultyError as refusal:
        return await _page(call, refusal.faults)
    except ChangedMeanwhileError:
        return await _page(call, overtaken=True)
    return RedirectResponse(f"{_link(place)}?said=kept", 303)


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def remove(call: Call) -> Response:
    """Take the clip away."""
    place = _place(call)
    try:
        await voices.remove(call.desk, call.asker, place, _seen(call))
    except ChangedMeanwhileError:
        return await _page(call, overtaken=True)
    return RedirectResponse(f"{_link(place)}?said=removed", 303)


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def listen(call: Call) -> Response:
    """The bytes of a clip, for the players of these pages."""
    body = await voices.heard(call.desk, call.asker, call.place("sha256"))
    return Response(body, media_type="audio/ogg")


async def _page(
    call: Call, problems: Mapping[str, str] | None = None, *, overtaken: bool = False
) -> Response:
    place, language, problems = _place(call), _language(call), problems or {}
    seen = await voices.version(call.desk, call.asker, place)
    rack = await voices.look(call.desk, call.asker)
    script = await voices.script(call.desk, call.asker, place)
    read = BY_CODE[WRITTEN_AS.get(language.code, language.code)]
    clip = next((one for one in rack.clips if _is_at(one, place)), None)
    response = call.page(
        "voices_step.html",
        status=409 if overtaken else 422 if problems else 200,
        language=language,
        read=read,
        script=script,
        row=_row(language, place.step, clip, rack),
        seen=seen,
        converts=rack.converts,
        most_seconds=round(LONGEST),
        most_megabytes=MOST_BYTES // 1024 // 1024,
        problems=problems,
        faults=faults(problems),
        overtaken=overtaken,
        said=_SAID.get(call.request.query_params.get("said", ""), ""),
    )
    response.headers["permissions-policy"] = _MICROPHONE
    return response


def _progress(language: Language, rack: Rack) -> dict[str, object]:
    done = sum(one.language == language.code for one in rack.clips)
    return {
        "link": f"{VOICES}/{language.code}",
        "name": language.english_name,
        "own_name": language.own_name,
        "lang": language.bcp47,
        "dir": language.direction,
        "done": done,
        "all": len(SPOKEN_STEPS),
    }


def _row(language: Language, step: str, clip: Clip | None, rack: Rack) -> dict[str, object]:
    place = Place(language.code, step)
    about: dict[str, object] = {
        "step": voices.title(step),
        "link": _link(place),
        "listen": "",
    }
    if clip is None:
        return about
    loudness = "" if clip.loudness is None else f"{clip.loudness:.0f} LUFS"
    return {
        **about,
        "listen": f"{VOICES}/clips/{clip.sha256}",
        "seconds": clip.seconds,
        "loudness": loudness,
        "by": f"{rack.names.get(clip.staff_id, 'Somebody')}, {at(clip.at)}",
    }


def _is_at(clip: Clip, place: Place) -> bool:
    return (clip.language, clip.step) == (place.language, place.step)


def _language(call: Call) -> Language:
    language = BY_CODE.get(call.place("language"))
    if language not in SPOKEN:
        raise NotFoundError
    return language


def _place(call: Call) -> Place:
    place = Place(call.place("language"), call.place("step"))
    if place.step not in SPOKEN_STEPS:
        raise NotFoundError
    return replace(place, language=_language(call).code)


def _link(place: Place) -> str:
    return f"{VOICES}/{place.language}/{place.step}"


def _seen(call: Call) -> int:
    given = call.fields.get("seen", "")
    return int(given) if is_number(given) else -1


routes = [
    Route("/voices", show, methods=["GET"]),
    Route("/voices/clips/{sha256}", listen, methods=["GET"]),
    Route("/voices/{language}", show_language, methods=["GET"]),
    Route("/voices/{language}/{step}", show_step, methods=["GET"]),
    Route("/voices/{language}/{step}", put, methods=["POST"]),
    Route("/voices/{language}/{step}/remove", remove, methods=["POST"]),
]
