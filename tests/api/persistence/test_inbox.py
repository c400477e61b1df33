"""The inbox in the store: everybody's own, in order, found by codes, page after page."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import Connection

from api.domain.assignment import AssignedBecause, Assignment
from api.domain.duplicate import Fingerprints
from api.domain.inbox import MOST_COUNTED, Entry, Place, Sought, Tab
from api.domain.referral import Kind, Status, StatusChange
from api.domain.staff import Role, StaffAsker
from api.persistence import arrivals, inbox, referrals
from api.persistence.arrivals import Arrived, NewReferral
from api.persistence.idempotency import Answered
from api.persistence.inbox import Search
from api.persistence.sorting import Sorting
from tests.support.clock import START
from tests.support.intake_api import ALBION, AMINA, BRENDAN, BROMLEY, CHIDI, CHRISP, KOFI, Api

ALICE = StaffAsker(AMINA, Role.PRESCRIBER, frozenset({ALBION}))
BOB = StaffAsker(BRENDAN, Role.PRESCRIBER, frozenset({BROMLEY}))
CHARLIE = StaffAsker(CHIDI, Role.PRESCRIBER, frozenset({CHRISP}))
LEADER = StaffAsker(KOFI, Role.COORDINATOR)
EVERYTHING = Sought()


def _store(  # noqa: PLR0913 each is one thing to be found by
    connection: Connection,
    reference: str,
    holder: int | None,
    *,
    waited: int = 0,
    flags: tuple[str, ...] = (),
    sorting: Sorting | None = None,
    language: str = "bn",
) -> None:
    first = StatusChange(None, Status.RECEIVED, "conversation", START)
    assigned = StatusChange(Status.RECEIVED, Status.ASSIGNED, "system", START)
    new = NewReferral(
        reference=reference,
        kind=Kind.REFERRAL,
        practice=ALBION,
        decision="eligible",
        reasons=(),
        flags=flags,
        received_at=START - timedelta(hours=waited),
        contact_days=5,
        channel="telegram",
        language=language,
        conversation=reference,
        fingerprints=Fingerprints(),
        unread=0,
        sealed=b"sealed",
        assignment=Assignment(holder, AssignedBecause.PRACTICE_PRESCRIBER),
        changes=[first] if holder is None else [first, assigned],
        sorting=sorting or Sorting(),
    )
    asker = StaffAsker(0, Role.MANAGER)
    arrived = Arrived(asker, new, f"key of {reference}", Answered("body", "answer"))
    arrivals.add_all(connection, [arrived])


def _page(
    connection: Connection,
    asker: StaffAsker,
    tab: Tab = Tab.NETWORK,
    sought: Sought = EVERYTHING,
    token: str = "",
) -> list[str]:
    found = inbox.page(asker, connection, Search(tab, sought, token), after=None, limit=99)
    return [one.referral.reference for one in found]


def _some(connection: Connection) -> None:
    _store(connection, "young", AMINA, waited=1)
    _store(connection, "old", AMINA, waited=9, language="so")
    _store(connection, "flagged", AMINA, waited=2, flags=("help_now",))
    _store(connection, "covered", CHIDI, waited=3)
    _store(connection, "nobody's", None, waited=4)
    _store(connection, "closed", AMINA, waited=20)
    closing = StatusChange(Status.ASSIGNED, Status.WITHDRAWN, "conversation", START)
    referrals.moved(connection, 6, closing)


def test_flagged_first_then_who_waited_longest_and_nothing_that_is_done(api: Api) -> None:
    def look(connection: Connection) -> None:
        _some(connection)
        assert _page(connection, ALICE, Tab.MINE) == ["flagged", "old", "young"]
        assert _page(connection, ALICE) == ["flagged", "old", "nobody's", "covered", "young"]
        assert _page(connection, ALICE, sought=Sought(Status.WITHDRAWN)) == ["closed"]

    api.write(look)


def test_each_sees_theirs_and_an_outsider_nothing(api: Api) -> None:
    def look(connection: Connection) -> None:
        _some(connection)
        assert _page(connection, CHARLIE) == ["covered"]
        assert _page(connection, BOB) == []
        assert _page(connection, ALICE, Tab.UNASSIGNED) == ["nobody's"]
        assert _page(connection, CHARLIE, Tab.UNASSIGNED) == []
        assert _page(connection, LEADER, Tab.UNASSIGNED) == ["nobody's"]
        assert len(_page(connection, LEADER, Tab.EVERYBODY)) == 5
        for asker, found in ((ALICE, 5), (CHARLIE, 1), (BOB, 0)):
            since = inbox.arrived(asker, connection, Search(Tab.NETWORK), since=0, limit=9)
            assert len(since) == found

    api.write(look)


def test_what_is_counted_is_what_is_shown(api: Api) -> None:
    tabs = (Tab.MINE, Tab.NETWORK, Tab.UNASSIGNED)

    def look(connection: Connection) -> None:
        _some(connection)
        for asker in (ALICE, BOB, CHARLIE, LEADER):
            for sought in (EVERYTHING, Sought(language="so"), Sought(Status.WITHDRAWN)):
                shown = {one: _page(connection, asker, one, sought) for one in tabs}
                for tab in tabs:
                    many, newest = inbox.counts(asker, connection, Search(tab, sought), tabs)
                    assert many == {one: len(found) for one, found in shown.items()}
                    assert bool(newest) == bool(shown[tab])

    api.write(look)


def test_counting_ends_where_nobody_needs_the_number(api: Api) -> None:
    """Beside what it ends at, the newest is still the newest."""

    def look(connection: Connection) -> None:
        for number in range(MOST_COUNTED + 3):
            _store(connection, f"many {number}", AMINA)
        tabs = (Tab.EVERYBODY, Tab.UNASSIGNED)
        for tab, newest in ((Tab.EVERYBODY, MOST_COUNTED + 3), (Tab.UNASSIGNED, 0)):
            found = inbox.counts(LEADER, connection, Search(tab), tabs)
            assert found == ({Tab.EVERYBODY: MOST_COUNTED + 1, Tab.UNASSIGNED: 0}, newest)
        assert inbox.waiting(ALICE, connection) == MOST_COUNTED + 1

    api.write(look)


def test_what_waits_for_a_first_step_is_counted(api: Api) -> None:
    def look(connection: Connection) -> list[int]:
        _some(connection)
        return [inbox.waiting(one, connection) for one in (ALICE, CHARLIE, BOB, LEADER)]

    assert api.write(look) == [3, 1, 0, 1]


@pytest.mark.parametrize(
    ("sought", "token", "found"),
    [
        (Sought(language="so"), "", ["a"]),
        (Sought(), "1111", ["a", "b"]),
        (Sought(), "2222", ["b"]),
        (Sought(interpreter=True), "", ["a"]),
        (Sought(interpreter=False), "", ["b"]),
        (Sought(interpreter=True), "2222", []),
        (Sought(practice=ALBION), "", ["a", "b", "c"]),
        (Sought(practice=BROMLEY), "", []),
        (Sought(Status.ASSIGNED), "", ["a", "b", "c"]),
        (Sought(Status.ACCEPTED), "", []),
    ],
)
def test_they_are_found_by_codes(api: Api, sought: Sought, token: str, found: list[str]) -> None:
    def look(connection: Connection) -> list[str]:
        _store(
            connection,
            "a",
            AMINA,
            waited=9,
            language="so",
            sorting=Sorting(("1111",), interpreter=True),
        )
        _store(
            connection, "b", AMINA, waited=8, sorting=Sorting(("1111", "2222"), interpreter=False)
        )
        _store(connection, "c", AMINA, waited=7)
        return _page(connection, ALICE, sought=sought, token=token)

    assert api.write(look) == found


def test_pages_follow_one_another_though_others_arrive_and_leave(api: Api) -> None:
    def pages(connection: Connection) -> Iterator[str]:
        after: Place | None = None
        for turn in count():
            found: list[Entry] = inbox.page(
                ALICE, connection, Search(Tab.MINE), after=after, limit=3
            )
            yield from (one.referral.reference for one in found)
            if len(found) < 3:
                return
            after = found[-1].place
            _store(connection, f"urgent {turn}", AMINA, flags=("help_now",))
            referrals.moved(
                connection,
                found[0].place.id,
                StatusChange(Status.ASSIGNED, Status.WITHDRAWN, "conversation", START),
            )

    def look(connection: Connection) -> None:
        for number in range(8):  # all at one moment: their numbers decide
            _store(connection, f"{number}", AMINA)
        assert list(pages(connection)) == [str(number) for number in range(8)]

    api.write(look)
