"""Closing a practice in both kinds of store: the same as was foretold, in one go, and told."""

import pytest

from api.domain.errors import ChangedMeanwhileError, NotFoundError
from api.domain.staff import Role, StaffAsker
from api.services import closing
from api.services.closing import Outlook
from tests.support.intake_api import ALBION, AMINA, BRENDAN, BROMLEY, Api, submission
from tests.support.staff_browser import sql

KOFI = StaffAsker(4, Role.COORDINATOR)


def sent(api: Api, number: int) -> None:
    body = submission(conversation_id=f"conversation-{number}", name=f"Person {number}")
    api.send(body, key=f"key-0000000{number}").raise_for_status()
    api.next_notice()


def foretold(api: Api, asker: StaffAsker = KOFI) -> Outlook:
    return api.run(closing.outlook, api.desk, asker, ALBION, BROMLEY)


def test_it_is_done_as_it_was_foretold(api: Api) -> None:
    sent(api, 1)
    sent(api, 2)
    sql(api, "UPDATE referral SET status = 'contacting' WHERE id = 1")
    first = foretold(api)
    assert (first.stay, first.waiting, first.to) == (1, 1, ((BRENDAN, 1),))
    assert api.run(closing.close, api.desk, KOFI, ALBION, first.seen, BROMLEY) == 1
    assert sql(api, "SELECT assigned_to FROM referral ORDER BY id") == [(AMINA,), (BRENDAN,)]
    assert api.next_notice()[1].staff_id == BRENDAN
    recorded = "SELECT action FROM audit WHERE actor = 'staff:4' ORDER BY id"
    assert sql(api, recorded) == [("referral.reassigned",), ("directory.practice_closed",)]
    assert sql(api, f"SELECT open FROM practice WHERE ods_code = '{ALBION}'")[0][0] == 0


def test_nothing_is_done_when_something_came_meanwhile(api: Api) -> None:
    seen = foretold(api).seen
    sent(api, 1)
    with pytest.raises(ChangedMeanwhileError):
        api.run(closing.close, api.desk, KOFI, ALBION, seen, BROMLEY)
    assert sql(api, "SELECT assigned_to FROM referral") == [(AMINA,)]


@pytest.mark.any_store
def test_a_prescriber_closes_nothing(api: Api) -> None:
    amina, seen = StaffAsker(AMINA, Role.PRESCRIBER, frozenset({ALBION})), foretold(api).seen
    with pytest.raises(NotFoundError):
        foretold(api, amina)
    with pytest.raises(NotFoundError):
        api.run(closing.close, api.desk, amina, ALBION, seen, BROMLEY)
