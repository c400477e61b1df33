"""What of the inbox is looked at, as an address says it: in codes, never in anybody's words."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from api.domain.inbox import Place, Sought, Tab, tabs
from api.domain.referral import Status
from api.domain.staff import Role
from api.services.inbox import View
from common.contract.choices import Concern
from common.contract.languages import BY_CODE, OTHER_LANGUAGE

INBOX = "/staff/"
NEWS = "/staff/news"
LANGUAGES = frozenset({*BY_CODE, OTHER_LANGUAGE})
ANSWERS: Mapping[bool, str] = {True: "yes", False: "no"}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"([0-9])\.([0-9]{1,16})\.([0-9]{1,18})")
_PRACTICE = re.compile(r"[A-Z0-9]{1,12}")
_Code = TypeVar("_Code", bound=StrEnum)


def view_of(query: Mapping[str, str], role: Role) -> View:
    """What an address asks for; whatever in it is no code of ours does not matter."""
    practice = query.get("practice", "")
    language = query.get("language", "")
    answers = {code: answer for answer, code in ANSWERS.items()}
    sought = Sought(
        status=_one_of(Status, query.get("status", "")),
        concern=_one_of(Concern, query.get("concern", "")),
        language=language if language in LANGUAGES else "",
        interpreter=answers.get(query.get("interpreter", "")),
        practice=practice if _PRACTICE.fullmatch(practice) else "",
    )
    offered = tabs(role)
    tab = _one_of(Tab, query.get("tab", ""))
    return View(
        tab if tab in offered and tab else offered[0], sought, _place(query.get("after", ""))
    )


def filters(sought: Sought) -> dict[str, str]:
    """What is sought, by the names of the form's fields; empty where nothing is."""
    return {
        "status": sought.status or "",
        "concern": sought.concern or "",
        "language": sought.language,
        "interpreter": "" if sought.interpreter is None else ANSWERS[sought.interpreter],
        "practice": sought.practice,
    }


def address(view: View, *, at: str = INBOX, **more: str) -> str:
    """The address of a view; one with nothing sought is short."""
    after = {"after": _written(view.after)} if view.after else {}
    fields = {"tab": view.tab.value, **filters(view.sought), **after, **more}
    return f"{at}?{urlencode({name: value for name, value in fields.items() if value})}"


def _one_of(codes: Iterable[_Code], given: str) -> _Code | None:
    return next((one for one in codes if one.value == given), None)


def _place(given: str) -> Place | None:
    found = _PLACE.fullmatch(given)
    if found is None:
        return None
    rank, moment, number = map(int, found.groups())
    return Place(rank, _EPOCH + timedelta(microseconds=moment), number)


def _written(place: Place) -> str:
    moment = (place.received_at - _EPOCH) // timedelta(microseconds=1)
    return f"{place.rank}.{moment}.{place.id}"
