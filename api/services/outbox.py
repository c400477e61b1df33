"""From an event to the jobs that tell of it, written in the transaction where it happened."""

from sqlalchemy import Connection

from api.domain.events import (
    Event,
    News,
    NobodyAssigned,
    PersonChanged,
    PrescriberAssigned,
    PrescriberNotTold,
    StoodStill,
)
from api.services.desk import Desk
from common.runtime.jobs import JobRequest

# Told once for good; only a number may change again.
ONCE = frozenset(News) - {News.CORRECTED}


def announce(desk: Desk, connection: Connection, *events: Event) -> None:
    """Ask for whoever must know of these to be told."""
    desk.dispatcher.enqueue(connection, [_job(one) for one in events])


def tell_one(referral_id: int, staff_id: int, news: News, kind: str, mark: str = "") -> JobRequest:
    """Tell one person; ids only, so that the job table knows no more than it must."""
    payload = {"referral": referral_id, "staff": staff_id, "news": news.value, "mark": mark}
    return JobRequest(kind, payload, unique=_unique(news, referral_id, staff_id, news, mark))


def _job(event: Event) -> JobRequest:
    match event:
        case PrescriberAssigned(referral_id, staff_id, mark):
            return tell_one(referral_id, staff_id, News.NEW, "notify_prescriber", mark)
        case NobodyAssigned(referral_id, mark):
            return _coordinators(referral_id, News.NEW, mark)
        case PrescriberNotTold(referral_id):
            return _coordinators(referral_id, News.NOT_TOLD)
        case StoodStill(referral_id, staff_id, longer, mark):
            return _stood_still(referral_id, staff_id, mark, longer=longer)
        case PersonChanged(referral_id, int(staff_id), news) if news is not News.ERASURE_ASKED:
            return tell_one(referral_id, staff_id, news, "notify_prescriber")
        case PersonChanged(referral_id, _, news):  # only coordinators may decide on an erasure
            return _coordinators(referral_id, news)


def _stood_still(referral_id: int, staff_id: int | None, mark: str, *, longer: bool) -> JobRequest:
    news = News.STANDS_STILL_LONGER if longer else News.STANDS_STILL
    if staff_id is None:
        return _coordinators(referral_id, news, mark)
    return tell_one(referral_id, staff_id, news, "notify_prescriber", mark)


def _coordinators(referral_id: int, news: News, mark: str = "") -> JobRequest:
    payload = {"referral": referral_id, "news": news.value, "mark": mark}
    return JobRequest("notify_coordinators", payload, unique=_unique(news, referral_id, news, mark))


def _unique(news: News, *parts: object) -> str:
    return ":".join(str(one) for one in parts if one != "") if news in ONCE else ""
