"""What staff do with a referral: done once and recorded, offered to few, told to who gets it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from api.domain.casework import Act
from api.domain.contact import Outcome
from api.domain.errors import MoveRefusedError, NotFoundError, UnacceptableError
from api.domain.events import News
from api.domain.referral import CloseReason
from api.domain.staff import Role, StaffAsker
from api.services import moves
from tests.support.caseload import (
    AT_ALBION,
    AT_BROMLEY,
    AT_CHRISP,
    COORDINATOR,
    SAFE,
    STEPS,
    case,
    does,
    referred,
    seen,
    status,
)
from tests.support.intake_api import AMINA, BRENDAN, BROMLEY, CHIDI, KOFI, Api

MANAGER = StaffAsker(9, Role.MANAGER)


def told(api: Api) -> tuple[News, int]:
    """What was told next, and to whom."""
    notice, to = api.next_notice()
    return notice.news, to.staff_id


@pytest.fixture
def reference(api: Api) -> str:
    """A referral that is with Amina, who has been told."""
    found = referred(api, contact=SAFE)
    assert told(api) == (News.NEW, AMINA)
    return found


def test_a_referral_goes_from_accepting_to_closing_and_back(api: Api, reference: str) -> None:
    does(api, reference, "accept", "log", "book", "close", "reopen")
    found = case(api, reference)
    moved = [(one.before, one.after, one.author) for one in found.changes[2:]]
    assert moved == [
        ("assigned", "accepted", "staff:1"),
        ("accepted", "contacting", "staff:1"),
        ("contacting", "closed", "staff:1"),
        ("closed", "assigned", "staff:1"),
    ]
    assert found.changes[4].reason is CloseReason.NOT_ELIGIBLE
    assert [(one.outcome, one.note) for one in found.work.attempts] == [
        (Outcome.NO_ANSWER, "left nothing")
    ]
    assert found.work.booking is not None
    assert found.work.booking.note == "in the library"
    assert found.work.names == {"staff:1": "Amina"}
    assert (found.work.version, found.work.tried) == (5, 0)


def test_every_step_is_in_the_audit(api: Api, reference: str) -> None:
    does(api, reference, "accept", "log", "book", "hand over")
    does(api, reference, "close", "reopen", who=COORDINATOR)
    found = "SELECT actor, action FROM audit WHERE action NOT LIKE '%.read' ORDER BY id"
    rows = [tuple(row) for row in api.write(lambda c: c.execute(text(found)).all())]
    assert rows[1:] == [
        *((f"staff:{AMINA}", f"referral.{one}") for one in ("accept", "log", "book", "hand_over")),
        *((f"staff:{KOFI}", f"referral.{one}") for one in ("close", "reopen")),
    ]


@pytest.mark.any_store
def test_notes_are_sealed(api: Api, reference: str) -> None:
    does(api, reference, "accept", "log", "book")
    both = "SELECT sealed FROM contact_attempt UNION ALL SELECT sealed FROM booking"
    kept = [bytes(row[0]) for row in api.write(lambda c: c.execute(text(both)).all())]
    assert len(kept) == 2
    assert not any(word in one for word in (b"left", b"library") for one in kept)


@pytest.mark.any_store
def test_an_outsider_finds_nothing_to_do_anything_with(api: Api, reference: str) -> None:
    before = seen(api, reference)
    for who in (AT_BROMLEY, AT_CHRISP):
        for step in STEPS.values():
            with pytest.raises(NotFoundError):
                step(api, before, who)
        with pytest.raises(NotFoundError):
            api.run(moves.choices, api.desk, who, reference)
    assert seen(api, reference) == before


@pytest.mark.any_store
def test_a_manager_reads_and_does_not_work(api: Api, reference: str) -> None:
    before = seen(api, reference)
    for step in STEPS.values():
        with pytest.raises(MoveRefusedError):
            step(api, before, MANAGER)
    assert seen(api, reference) == before


@pytest.mark.any_store
def test_what_is_not_offered_is_not_done(api: Api, reference: str) -> None:
    for step in ("log", "book", "reopen"):
        with pytest.raises(MoveRefusedError):
            does(api, reference, step)
    assert case(api, reference).work.version == 0


@pytest.mark.any_store
def test_only_what_they_allow_can_be_logged(api: Api) -> None:
    careful = referred(api, contact={**SAFE, "safe_call": "careful"})
    does(api, careful, "accept")
    with pytest.raises(UnacceptableError, match="did not allow"):
        api.run(moves.log_attempt, api.desk, AT_ALBION, seen(api, careful), Outcome.VOICEMAIL_LEFT)
    assert status(api, careful) == "accepted"


@pytest.mark.any_store
def test_could_not_be_reached_needs_three_tries(api: Api, reference: str) -> None:
    def give_up() -> None:
        at = seen(api, reference)
        api.run(moves.close, api.desk, AT_ALBION, at, CloseReason.NOT_REACHED)

    does(api, reference, "accept", "log", "log")
    with pytest.raises(UnacceptableError):
        give_up()
    does(api, reference, "log")
    give_up()
    assert case(api, reference).changes[-1].reason is CloseReason.NOT_REACHED


def test_whoever_gets_it_is_told_each_time(api: Api, reference: str) -> None:
    def give(to: int) -> tuple[News, int]:
        api.run(moves.hand_over, api.desk, COORDINATOR, seen(api, reference), to)
        return told(api)

    assert [give(one) for one in (BRENDAN, AMINA, BRENDAN)] == [
        (News.NEW, BRENDAN),
        (News.NEW, AMINA),
        (News.NEW, BRENDAN),
    ]
    given = [(one.before, one.after) for one in case(api, reference).work.handovers]
    assert given == [(AMINA, BRENDAN), (BRENDAN, AMINA), (AMINA, BRENDAN)]


@pytest.mark.any_store
def test_a_hand_over_needs_accepting_anew_but_not_by_somebody_in_contact(
    api: Api, reference: str
) -> None:
    does(api, reference, "accept", "hand over")
    assert status(api, reference) == "assigned"
    assert case(api, reference, AT_BROMLEY).work.acts[0] is Act.ACCEPT
    does(api, reference, "accept", who=AT_BROMLEY)
    api.run(moves.log_attempt, api.desk, AT_BROMLEY, seen(api, reference), Outcome.REACHED)
    api.run(moves.hand_over, api.desk, COORDINATOR, seen(api, reference), AMINA)
    assert status(api, reference) == "in_contact"


def test_a_prescriber_gives_it_to_colleagues_around_and_a_coordinator_to_anybody(
    api: Api, reference: str
) -> None:
    def names(who: StaffAsker) -> list[str]:
        return [one.name for one in api.run(moves.choices, api.desk, who, reference).people]

    assert names(AT_ALBION) == ["Brendan", "Chidi"]  # of the network, and her cover
    reference = referred(api, 2, name="Somebody Else", practice=BROMLEY)
    assert names(AT_BROMLEY) == ["Amina"]
    assert names(COORDINATOR) == ["Amina", "Chidi"]
    api.away(CHIDI)
    assert names(COORDINATOR) == ["Amina"]


@pytest.mark.any_store
def test_it_cannot_be_given_to_just_anybody(api: Api, reference: str) -> None:
    for to in (AMINA, KOFI, 99):  # who has it, a coordinator, nobody
        with pytest.raises(UnacceptableError):
            api.run(moves.hand_over, api.desk, AT_ALBION, seen(api, reference), to)


@pytest.mark.any_store
def test_to_the_cover_and_back_to_the_coordinators(api: Api, reference: str) -> None:
    sees = api.run(moves.hand_over, api.desk, AT_ALBION, seen(api, reference), CHIDI)
    assert (sees, told(api)) == (True, (News.NEW, CHIDI))
    assert case(api, reference).referral.assigned_because == "named_cover"
    sees = api.run(moves.hand_over, api.desk, AT_CHRISP, seen(api, reference), None)
    assert (sees, told(api)) == (False, (News.NEW, KOFI))
    assert status(api, reference) == "received"
    with pytest.raises(UnacceptableError):
        api.run(moves.hand_over, api.desk, COORDINATOR, seen(api, reference), None)


@pytest.mark.any_store
def test_what_nobody_has_can_be_taken_on(api: Api) -> None:
    nobodys = referred(api, practice=None)
    does(api, nobodys, "accept", who=COORDINATOR)
    found = case(api, nobodys)
    assert (found.referral.status, found.referral.assigned_to) == ("accepted", KOFI)
    assert found.work.handovers[0].because == "taken_on"


@pytest.mark.any_store
def test_what_is_opened_again_goes_to_the_coordinators_when_its_holder_has_left(
    api: Api, reference: str
) -> None:
    does(api, reference, "close")
    gone = "UPDATE staff_member SET active = false WHERE id = 1"
    api.write(lambda c: c.execute(text(gone)))
    does(api, reference, "reopen", who=COORDINATOR)
    assert told(api) == (News.NEW, KOFI)
    assert status(api, reference) == "received"


@pytest.mark.any_store
def test_a_booking_can_be_changed_and_both_stay_known(api: Api, reference: str) -> None:
    does(api, reference, "accept", "book")
    later = datetime(2026, 12, 2, 10, 0, tzinfo=UTC)
    api.run(moves.book, api.desk, AT_ALBION, seen(api, reference), later)
    work = case(api, reference).work
    assert [one.starts_at for one in work.bookings] == [later - timedelta(hours=19.5), later]
    assert (work.booking, work.still_since) == (work.bookings[1], later)
