"""The queue of those who asked to be called: whether it is safe first, then the number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.domain.ageing import words as waiting_words
from api.domain.casework import Act
from api.services.calls import PAGE, Waiting, list_calls
from api.staff.asking import Asking, asked
from api.staff.labels import label, language_name
from api.staff.pieces import Rule, Text, spoken
from api.staff.safety import reach, rules
from api.staff.visit import page
from common.contract.choices import SafeCall

LEFT_OUT = frozenset({"No voicemail.", "No text messages."})
"""What is left to the referral's own page: in the queue it is about ringing."""


@dataclass(frozen=True, slots=True)
class Call:
    """One of those who wait to be called."""

    reference: str
    link: str
    rules: tuple[Rule, ...]
    phone: Text
    name: str
    language: str
    waiting: str
    status: str
    holder: str
    urgent: bool
    forms: tuple[Text, ...]


async def show_calls(request: Request, asking: Asking) -> Response:
    """Whom the asker may call, the most urgent first."""
    waiting = await list_calls(asking.desk, asking.member.asker)
    now = asking.desk.clock()
    calls = [present(one, now) for one in waiting]
    full = len(calls) == PAGE
    return page(request, "calls.html", member=asking.member, calls=calls, full=full)


def present(one: Waiting, now: datetime) -> Call:
    """One of them in words. A number that is not to be rung is no link."""
    found, told, how = one.referral, one.told, reach(one.told, one.corrections)
    link = f"/staff/referrals/{found.reference}"
    forbidden = how.safe_call is SafeCall.NO or not how.phone
    number = spoken(how.phone) if how.phone else "No number"
    return Call(
        reference=found.reference,
        link=link,
        rules=tuple(rule for rule in rules(how) if rule.words not in LEFT_OUT),
        phone=Text(number, link="" if forbidden else f"tel:{how.phone}"),
        name=told.name or "Name not given",
        language=language_name(told.call_language or told.language),
        waiting=waiting_words(one.still_since, now).capitalize(),
        status=label(found.status),
        holder=one.holder or "Nobody yet",
        urgent=found.is_urgent,
        forms=tuple(_forms(one.acts, link)),
    )


def _forms(acts: Sequence[Act], link: str) -> Iterator[Text]:
    if Act.ACCEPT in acts:
        yield Text("Accept it on its page", link=f"{link}#next")
    elif Act.LOG in acts:
        yield Text("Log a contact attempt", link=f"{link}/attempt")
        yield Text("Done or close", link=f"{link}/close")


routes = [Route("/calls", asked(show_calls), methods=["GET"])]
