"""Telling staff: what becomes of a job when there is nobody or nothing left to tell."""

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from api.domain.events import News, Notice, Recipient
from api.services import notifying
from common.runtime.jobs import Job, LaterError, PermanentError
from tests.support.intake_api import AMINA, KOFI, Api, submission


def job(kind: str, **payload: object) -> Job:
    return Job(1, kind, "", payload, 0)


class Post:
    """Keeps what it was to carry."""

    def __init__(self) -> None:
        self.told: list[tuple[Notice, Recipient]] = []

    async def tell(self, notice: Notice, to: Recipient) -> None:
        self.told.append((notice, to))


def handle(api: Api, post: Post, work: Job) -> None:
    handlers = notifying.handlers(api.desk, post.tell)
    api.run(handlers[work.kind], work)


@pytest.mark.parametrize(
    "payload",
    [
        {"referral": 99, "staff": AMINA},
        {"referral": 1, "staff": 99},
        {"referral": 1},
        {"referral": 1, "staff": AMINA, "news": "gossip"},
    ],
    ids=["no such referral", "no such person", "half a job", "no such news"],
)
def test_what_can_never_be_told_is_given_up_aloud(api: Api, payload: dict[str, object]) -> None:
    api.send(submission())
    with pytest.raises(PermanentError):
        handle(api, Post(), job("notify_prescriber", **payload))


def test_the_coordinators_hear_of_a_prescriber_who_cannot_be_told(api: Api) -> None:
    api.send(submission())
    api.next_notice()

    async def refuse(_notice: Notice, _to: Recipient) -> None:
        raise PermanentError("550")

    handlers = notifying.handlers(api.desk, refuse)
    for _ in range(2):
        with pytest.raises(PermanentError):
            api.run(handlers["notify_prescriber"], job("x", referral=1, staff=AMINA))
    notice, to = api.next_notice()
    assert (notice.news, to.staff_id) == (News.NOT_TOLD, KOFI)
    assert api.told.empty()


def test_a_withdrawn_referral_is_not_announced(api: Api) -> None:
    api.send(submission())
    post = Post()
    work = job("notify_prescriber", referral=1, staff=AMINA)
    handle(api, post, work)
    api.write(lambda c: c.execute(text("UPDATE referral SET status = 'withdrawn'")))
    handle(api, post, work)
    assert len(post.told) == 1


def test_while_there_is_no_coordinator_the_job_waits(api: Api) -> None:
    api.send(submission())
    api.write(lambda c: c.execute(text("DELETE FROM staff_member WHERE role = 'coordinator'")))
    with capture_logs() as logged, pytest.raises(LaterError):
        handle(api, Post(), job("notify_coordinators", referral=1))
    assert [(one["event"], one["log_level"]) for one in logged] == [
        ("coordinators.missing", "error")
    ]


def test_every_coordinator_is_told_once(api: Api) -> None:
    second = (
        "INSERT INTO staff_member (name, email, role, password_hash, active, capacity,"
        " demonstration) VALUES ('Laila', 'laila@example.org', 'coordinator', '', true, 0, false)"
    )
    api.write(lambda c: c.execute(text(second)))
    api.send(submission(practice=None))
    told = {api.next_notice()[1].name for _ in range(2)}
    assert told == {"Kofi", "Laila"}
    handle(api, Post(), job("notify_coordinators", referral=1))
    assert api.told.empty()


def test_a_notice_has_no_room_for_a_person(api: Api) -> None:
    api.send(submission(name="Zzmark", own_words=["zzmark"], flags=["help_now"]))
    notice, to = api.next_notice()
    assert "zzmark" not in f"{notice} {to}".lower()
    assert notice.urgent
