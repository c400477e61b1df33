"""Letters about an account: who is gone gets none, and what the job does not say is given up."""

import pytest

from api.domain.door import AccountNotice
from api.domain.events import Recipient
from api.services import accountmail
from common.runtime.jobs import Job, PermanentError
from tests.support.intake_api import AMINA, Api
from tests.support.staff_browser import sql

pytestmark = pytest.mark.any_store


def work(api: Api, kind: str, **payload: object) -> list[AccountNotice]:
    """Work one job; what was written."""
    written: list[AccountNotice] = []

    async def write(notice: AccountNotice, _to: Recipient) -> None:
        written.append(notice)

    handler = accountmail.handlers(api.desk, write)[kind]
    api.run(handler, Job(1, kind, "", payload, 0))
    return written


def test_each_try_makes_a_link_of_its_own(api: Api) -> None:
    first = work(api, accountmail.ASKED, email="AMINA@example.org")
    second = work(api, accountmail.TOLD, staff=AMINA, occasion="invited")
    assert first[0].link != second[0].link
    assert len(sql(api, "SELECT * FROM staff_link")) == 2


def test_what_only_tells_of_a_change_sets_no_password(api: Api) -> None:
    (notice,) = work(api, accountmail.TOLD, staff=AMINA, occasion="password_changed")
    assert notice.link == "http://127.0.0.1:8000/staff/forgotten"
    assert sql(api, "SELECT * FROM staff_link") == []


def test_who_has_left_is_not_written_to(api: Api) -> None:
    sql(api, "UPDATE staff_member SET active = false WHERE id = :id", id=AMINA)
    assert work(api, accountmail.TOLD, staff=AMINA, occasion="invited") == []
    assert work(api, accountmail.ASKED, email="amina@example.org") == []


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"staff": 1},
        {"staff": 1, "occasion": "birthday"},
        {"staff": "1", "occasion": "invited"},
        {"staff": 99, "occasion": "invited"},
    ],
)
def test_a_job_that_says_too_little_is_given_up(api: Api, payload: dict[str, object]) -> None:
    with pytest.raises(PermanentError):
        work(api, accountmail.TOLD, **payload)
