"""From the job that intake wrote to the letter that arrives, and the page its link opens."""

import re
from collections.abc import Iterator

import pytest

from api.notifications.email import SmtpTransport
from api.notifications.post import Post
from api.services import notifying
from common.runtime.jobs import Job
from tests.support.intake_api import AMINA, Api, running_api, submission
from tests.support.smtp import post_office
from tests.support.staff_browser import Browser, give_passwords

MARK = "Zephyrine"
MARKED = submission(
    name=f"{MARK} Name",
    name_to_use=MARK,
    own_words=[f"{MARK} words"],
    concern_words=[f"{MARK} concern"],
    helper={"name": f"{MARK} Helper", "relation": "friend"},
    contact={"phone": "07700 900123", "other_detail": f"{MARK} detail"},
    flags=["urgent_words"],
)


@pytest.fixture
def quiet() -> Iterator[Api]:
    """An api whose own worker tells nobody, so that the test can."""
    with running_api(deaf=True) as running:
        yield running


def letters(api: Api, kind: str, **payload: int) -> list[tuple[str, str, str]]:
    """Work one job with a real mail server: recipient, subject and raw text of what arrived."""

    async def work() -> list[tuple[str, str, str]]:
        async with post_office() as office:
            sender = "Doorway <doorway@th.example>"
            post = Post(SmtpTransport(office.url, sender=sender, clock=api.clock))
            handler = notifying.handlers(api.desk, post.tell)[kind]
            await handler(Job(1, kind, "", payload, 0))
        return [(one["To"], one["Subject"], one.as_string()) for one in office.letters]

    return api.run(work)


def test_the_prescriber_gets_a_letter_whose_link_opens_the_page(quiet: Api) -> None:
    reference = quiet.send(MARKED).json()["reference"]
    ((to, subject, raw),) = letters(quiet, "notify_prescriber", referral=1, staff=AMINA)
    assert to == "Amina <amina@example.org>"
    assert subject == f"New referral {reference}"
    assert MARK not in raw
    assert "07700" not in raw
    assert "900123" not in raw
    give_passwords(quiet)
    amina = Browser(quiet)
    link = re.search(r"^http://127\.0\.0\.1:8000(/staff/referrals/\S+)$", raw, re.MULTILINE)
    assert link is not None
    amina.sign_in("amina", after=link[1])
    assert MARK in amina.get(link[1]).text


def test_a_coordinator_gets_a_letter_when_nobody_has_it(quiet: Api) -> None:
    unknown = {**MARKED, "practice": None, "practice_code": "unknown"}
    reference = quiet.send(unknown).json()["reference"]
    ((to, subject, raw),) = letters(quiet, "notify_coordinator", referral=1, staff=4)
    assert to == "Kofi <kofi@example.org>"
    assert subject == f"Nobody has this referral yet: {reference}"
    assert "We do not know the GP practice yet." in raw
    assert MARK not in raw
