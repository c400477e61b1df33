"""Two referrals beside each other: what is equal and what differs, for a person to decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.domain.casework import works
from api.domain.duplicate import Verdict
from api.domain.errors import UnacceptableError
from api.services import joining
from api.services.acting import Seen
from api.services.casework import Case
from api.services.joining import Comparison, Pair
from api.staff.asking import Asking, asked
from api.staff.labels import label, language_name
from api.staff.pieces import Choice, at, day, spoken
from api.staff.safety import reach
from api.staff.visit import page
from common.contract.choices import Flag
from common.contract.referral import CallbackRequest

CHOICES: Mapping[Verdict, Choice] = {
    Verdict.JOINED: Choice(
        "joined",
        "Join them: they are the same person",
        "The later one is closed if the first is still open. The first stays as it is.",
    ),
    Verdict.APART: Choice(
        "apart", "Keep them apart: they are not the same person", "Both go on as they are."
    ),
    Verdict.UNDONE: Choice(
        "undone", "Take back what was decided", "A referral that was closed by it is opened again."
    ),
}
DECIDED: Mapping[Verdict | None, str] = {
    None: "Nobody has decided yet whether they are the same person.",
    Verdict.UNDONE: "What was decided about them was taken back.",
    Verdict.JOINED: "They were joined: the same person.",
    Verdict.APART: "They are kept apart: not the same person.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that both may have said, beside each other."""

    name: str
    first: str
    second: str

    @property
    def same(self) -> bool:
        """Whether both said it alike."""
        return self.first == self.second


async def compare(request: Request, asking: Asking) -> Response:
    """Both beside each other, and what may be decided."""
    other = request.path_params["other"]
    found = await joining.compare(asking.desk, asking.member.asker, asking.reference, other)
    return _page(request, asking, found, {})


async def decide(request: Request, asking: Asking) -> Response:
    """Join, keep apart or take back, with a note."""
    other, asker = request.path_params["other"], asking.member.asker
    found = await joining.compare(asking.desk, asker, asking.reference, other)
    try:
        verdict, note = _verdict(asking), asking.text("note")
    except UnacceptableError as error:
        return _page(request, asking, found, {error.field: error.detail})
    second = Seen(found.second.referral.reference, asking.seen.version, asking.seen.status)
    pair = Pair(found.first.referral.reference, second, _decided(asking.fields.get("decided", "")))
    await joining.decide(asking.desk, asker, pair, verdict, note)
    return asking.done()


def _verdict(asking: Asking) -> Verdict:
    try:
        return Verdict(asking.fields.get("verdict", ""))
    except ValueError:
        raise UnacceptableError("verdict", "Choose what you decide") from None


def _decided(value: str) -> Verdict | None:
    return next((one for one in Verdict if one.value == value), None)


def _page(
    request: Request, asking: Asking, found: Comparison, problems: Mapping[str, str]
) -> Response:
    verdict, fields = found.match.verdict, asking.fields
    may = works(asking.member.asker)
    return page(
        request,
        "duplicates.html",
        status=422 if problems else 200,
        member=asking.member,
        address=asking.address,
        reference=asking.reference,
        first=found.first.referral.reference,
        second=found.second.referral.reference,
        rows=tuple(rows(found)),
        decided=DECIDED[verdict],
        decided_code=fields.get("decided", verdict.value if verdict else ""),
        version=fields.get("version", found.second.work.version),
        status_seen=fields.get("status", found.second.referral.status.value),
        choices=[CHOICES[one] for one in joining.offered(verdict)] if may else [],
        flagged=bool(set(found.second.referral.flags) - set(found.first.referral.flags)),
        fields=fields,
        problems=problems,
    )


def rows(found: Comparison) -> Iterator[Row]:
    """What both say, in the order in which people look at it."""
    first, second = dict(_said(found.first)), dict(_said(found.second))
    for name in dict.fromkeys([*first, *second]):
        yield Row(name, first.get(name, "Not given"), second.get(name, "Not given"))


def _said(case: Case) -> Iterator[tuple[str, str]]:
    """What one of them says; what was not given is left out."""
    found, told = case.referral, case.told
    yield "Received", at(found.received_at)
    yield "Status", label(found.status)
    yield "It is with", case.assigned_to_name or "Nobody yet"
    if told.name:
        yield "Name", told.name
    number = reach(told, case.corrections).phone
    if number:
        yield "Phone", spoken(number)
    yield "Language", language_name(told.language)
    if case.practice:
        yield "GP practice", case.practice.name
    if not isinstance(told, CallbackRequest):
        yield "Date of birth", day(told.date_of_birth)
        if told.home:
            yield "Postcode", told.home
        yield "They would like help with", ", ".join(label(one) for one in told.concerns) or "-"
    if found.flags:
        yield "Flags", " ".join(label(Flag(one)) for one in found.flags)


AT = "/referrals/{reference}/duplicates/{other}"
routes = [
    Route(AT, asked(compare), methods=["GET"]),
    Route(AT, asked(decide), methods=["POST"]),
]
