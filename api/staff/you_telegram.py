"""One's own page of Telegram: link it with a code, choose when to be told, and unlink it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

import segno
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.chat import Choices, Silence
from api.services import linking
from api.staff.pieces import at
from api.staff.signedin import Call, for_staff

HERE = "/staff/you/telegram"
TIMES = ("digest", "silent_from", "silent_until")


@dataclass(frozen=True, slots=True)
class Told:
    """The form of the choices, as it is shown or was filled in."""

    daily: bool
    digest: str
    silent_from: str
    silent_until: str
    free_days: bool
    urgent_through: bool


@for_staff()
async def show(call: Call) -> Response:
    """How one's Telegram stands."""
    return await _page(call)


@for_staff()
async def make_code(call: Call) -> Response:
    """A new code. It is shown on this answer and never again: only its hash is kept."""
    made = await linking.new_code(call.desk, call.asker)
    picture = segno.make(made.link).svg_data_uri(scale=4) if made.link else ""
    return call.page("you_telegram_code.html", made=made, picture=picture)


@for_staff()
async def unlink(call: Call) -> Response:
    """End the link from this side."""
    await linking.unlink(call.desk, call.asker)
    return RedirectResponse(HERE, 303)


@for_staff()
async def choose(call: Call) -> Response:
    """Keep when one wants to be told."""
    fields = call.fields
    problems = {name: PROBLEMS[name] for name in TIMES if _time(fields, name) is None}
    if problems:
        return await _page(call, filled=_filled(fields), problems=problems)
    await linking.choose(call.desk, call.asker, _choices(fields))
    return RedirectResponse(f"{HERE}?saved=1", 303)


PROBLEMS = {
    "digest": "Enter the time of the daily summary, like 08:30",
    "silent_from": "Enter when the quiet hours begin, like 18:00",
    "silent_until": "Enter when the quiet hours end, like 08:00",
}


async def _page(
    call: Call,
    *,
    filled: Told | None = None,
    problems: Mapping[str, str] | None = None,
) -> Response:
    linked = await linking.linked(call.desk, call.asker)
    return call.page(
        "you_telegram.html",
        status=422 if problems else 200,
        bot_on=linked.bot_on,
        since=at(linked.since) if linked.since else "",
        blocked=linked.ended == linking.BLOCKED and not linked.since,
        told=filled or _told(linked.choices),
        problems=problems or {},
        saved="saved" in call.request.query_params,
    )


def _told(choices: Choices) -> Told:
    silence, usual = choices.silence, Choices().digest
    digest = choices.digest or usual
    return Told(
        daily=choices.digest is not None,
        digest=f"{digest:%H:%M}",
        silent_from=f"{silence.start:%H:%M}",
        silent_until=f"{silence.end:%H:%M}",
        free_days=silence.free_days,
        urgent_through=choices.urgent_through,
    )


def _filled(fields: Mapping[str, str]) -> Told:
    return Told(
        daily="daily" in fields,
        digest=fields.get("digest", ""),
        silent_from=fields.get("silent_from", ""),
        silent_until=fields.get("silent_until", ""),
        free_days="free_days" in fields,
        urgent_through="urgent_through" in fields,
    )


def _choices(fields: Mapping[str, str]) -> Choices:
    start, end = _time(fields, "silent_from"), _time(fields, "silent_until")
    return Choices(
        digest=_time(fields, "digest") if "daily" in fields else None,
        silence=Silence(start or time(), end or time(), free_days="free_days" in fields),
        urgent_through="urgent_through" in fields,
    )


def _time(fields: Mapping[str, str], name: str) -> time | None:
    """As a browser's field for a time gives it, or as somebody types it: `8.30` is half past."""
    hours, _, minutes = fields.get(name, "").strip().replace(".", ":").partition(":")
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        return None


routes = [
    Route("/you/telegram", show, methods=["GET"]),
    Route("/you/telegram", choose, methods=["POST"]),
    Route("/you/telegram/code", make_code, methods=["POST"]),
    Route("/you/telegram/unlink", unlink, methods=["POST"]),
]
