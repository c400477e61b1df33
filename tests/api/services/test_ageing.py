"""Nothing stands still unseen: who has it is told, then the coordinators, once each time."""

from datetime import UTC, datetime

import pytest

from api.domain.contact import Outcome
from api.domain.events import News
from api.services import moves
from api.services.ageing import tell_of_what_stands_still
from tests.support.caseload import (
    AT_ALBION,
    asked_to_be_called,
    referred,
    seen,
    withdrawn,
)
from tests.support.intake_api import AMINA, BRENDAN, KOFI, Api

START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NUDGED, TOLD = (News.STANDS_STILL, AMINA), (News.STANDS_STILL_LONGER, KOFI)


def looks(api: Api, count: int) -> list[tuple[News, int]]:
    """A look is taken, of which so many hear: what, and who."""
    api.run(tell_of_what_stands_still, api.desk)
    heard = []
    for _ in range(count):
        notice, to = api.next_notice()
        heard.append((notice.news, to.staff_id))
    assert api.told.empty()
    return sorted(heard, key=lambda one: one[1])


@pytest.fixture
def reference(api: Api) -> str:
    found = referred(api)
    assert api.next_notice()[1].staff_id == AMINA
    return found


def test_after_two_working_days_who_has_it_is_told_and_after_four_the_coordinators(
    api: Api, reference: str
) -> None:
    api.clock.move(days=1, hours=23)
    assert looks(api, 0) == []
    api.clock.move(hours=1)  # Wednesday
    assert looks(api, 1) == [NUDGED]
    assert looks(api, 0) == []  # once is enough
    api.clock.move(days=2)  # Friday
    assert looks(api, 1) == [TOLD]
    api.clock.move(days=30)
    assert looks(api, 0) == []
    assert seen(api, reference).version == 0  # nobody's page is out of date by it


def test_the_weekend_does_not_count(api: Api) -> None:
    api.clock.move(days=4)  # Friday
    referred(api)
    assert api.next_notice()[0].news is News.NEW
    api.clock.move(days=3)  # Monday
    assert looks(api, 0) == []
    api.clock.move(days=1)
    assert looks(api, 1) == [NUDGED]


@pytest.mark.any_store
def test_what_moves_stands_still_anew(api: Api, reference: str) -> None:
    api.clock.move(days=2)
    assert looks(api, 1) == [NUDGED]
    api.run(moves.accept, api.desk, AT_ALBION, seen(api, reference))
    api.clock.move(days=1)
    assert looks(api, 0) == []
    api.clock.move(days=3)  # Sunday: two working days and the weekend
    assert looks(api, 1) == [NUDGED]
    attempt = (api.desk, AT_ALBION, seen(api, reference), Outcome.NO_ANSWER)
    api.run(moves.log_attempt, *attempt)
    api.clock.move(days=5)  # after the fourth working day both are told together, each once
    assert looks(api, 2) == [NUDGED, TOLD]


@pytest.mark.any_store
def test_once_in_contact_the_two_have_their_own_pace(api: Api, reference: str) -> None:
    api.run(moves.accept, api.desk, AT_ALBION, seen(api, reference))
    api.run(moves.log_attempt, api.desk, AT_ALBION, seen(api, reference), Outcome.REACHED)
    api.clock.move(days=30)
    assert looks(api, 0) == []


@pytest.mark.any_store
def test_until_what_is_booked_nothing_stands_still(api: Api, reference: str) -> None:
    api.run(moves.accept, api.desk, AT_ALBION, seen(api, reference))
    booked = datetime(2026, 12, 7, 10, 0, tzinfo=UTC)
    api.run(moves.book, api.desk, AT_ALBION, seen(api, reference), booked)
    api.clock.move(days=14)
    assert looks(api, 0) == []
    api.clock.move(days=3)
    assert looks(api, 1) == [NUDGED]


@pytest.mark.any_store
def test_nobody_is_told_of_what_was_taken_back(api: Api, reference: str) -> None:
    withdrawn(api, reference)
    assert api.next_notice()[0].news is News.WITHDRAWN
    api.clock.move(days=5)
    assert looks(api, 0) == []


def test_for_who_is_away_the_coordinators_are_told(api: Api, reference: str) -> None:
    assert reference
    api.away(AMINA)
    api.clock.move(days=2)
    assert looks(api, 1) == [(News.STANDS_STILL, KOFI)]


@pytest.mark.any_store
def test_what_nobody_has_is_the_coordinators_and_so_is_a_call(api: Api) -> None:
    asked_to_be_called(api)
    assert api.next_notice()[0].news is News.NEW
    api.clock.move(days=2)
    assert looks(api, 1) == [(News.STANDS_STILL, KOFI)]
    api.clock.move(days=2)
    assert looks(api, 1) == [TOLD]
    api.clock.move(days=2)
    assert looks(api, 0) == []


@pytest.mark.any_store
def test_who_gets_it_has_two_working_days_of_their_own(api: Api, reference: str) -> None:
    api.clock.move(days=2)
    assert looks(api, 1) == [NUDGED]
    api.run(moves.hand_over, api.desk, AT_ALBION, seen(api, reference), BRENDAN)
    assert api.next_notice()[1].staff_id == BRENDAN
    assert looks(api, 0) == []
    api.clock.move(days=4)  # Sunday, the second working day having ended on Friday
    assert looks(api, 1) == [(News.STANDS_STILL, BRENDAN)]


@pytest.mark.any_store
def test_a_nudge_names_nobody(api: Api, reference: str) -> None:
    api.clock.move(days=2)
    api.run(tell_of_what_stands_still, api.desk)
    notice, _ = api.next_notice()
    assert "Rahima" not in str(notice)
    assert notice.reference == reference
