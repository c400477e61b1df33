"""Every read begins with who is asking: each sees theirs, and Charlie, an outsider, nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from api.domain.assignment import AssignedBecause, Assignment
from api.domain.duplicate import Fingerprints
from api.domain.referral import Kind, Status, StatusChange
from api.domain.staff import Asker, ConversationAsker, Role, StaffAsker, SystemAsker
from api.persistence import aftercare, duplicates, referrals
from api.persistence.referrals import NewReferral
from tests.support.clock import START
from tests.support.intake_api import ALBION, AMINA, BRENDAN, CHIDI, CHRISP, Api

Read = Callable[[Asker, Connection], object]
ALICE = StaffAsker(AMINA, Role.PRESCRIBER, frozenset({ALBION}))
COVER = StaffAsker(BRENDAN, Role.PRESCRIBER, frozenset())
CHARLIE = StaffAsker(CHIDI, Role.PRESCRIBER, frozenset({CHRISP}))
HERS = ConversationAsker("conversation-hash")
STRANGER = ConversationAsker("another-hash")
ALL_SEEING = (StaffAsker(4, Role.COORDINATOR), StaffAsker(5, Role.MANAGER), SystemAsker("job"))


def store(connection: Connection, reference: str, flags: tuple[str, ...] = ()) -> int:
    new = NewReferral(
        reference=reference,
        kind=Kind.REFERRAL,
        practice=ALBION,
        decision="eligible",
        reasons=("lives_in_borough",),
        flags=flags,
        received_at=START + timedelta(minutes=len(reference)),
        contact_days=5,
        channel="telegram",
        language="bn",
        conversation=HERS.conversation,
        fingerprints=Fingerprints("person", "phone", ""),
        sealed=b"sealed",
    )
    assignment = Assignment(BRENDAN, AssignedBecause.SAME_PCN)
    referral_id = referrals.add(connection, new, assignment)
    change = StatusChange(None, Status.RECEIVED, "conversation", START)
    referrals.moved(connection, referral_id, change)
    duplicates.link(connection, referral_id, new.fingerprints, START)
    aftercare.add_correction(connection, referral_id, b"sealed", START)
    aftercare.ask_for_erasure(connection, referral_id, START)
    return referral_id


READS: dict[str, Read] = {
    "by reference": lambda asker, c: referrals.by_reference(asker, c, "first"),
    "by id": lambda asker, c: referrals.by_id(asker, c, 1),
    "listed": referrals.listed,
    "sealed": lambda asker, c: referrals.sealed(asker, c, 1),
    "history": lambda asker, c: referrals.history(asker, c, 1),
    "same person": lambda asker, c: referrals.open_of_same_person(asker, c, "person"),
    "duplicates": lambda asker, c: duplicates.of(asker, c, 1),
    "corrections": lambda asker, c: aftercare.corrections(asker, c, 1),
    "erasure": lambda asker, c: aftercare.wants_erasure(asker, c, 1),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_each_sees_theirs_and_charlie_nothing(api: Api, read: Read) -> None:
    def look(connection: Connection) -> None:
        store(connection, "first")
        store(connection, "second")
        for asker in (ALICE, COVER, HERS, *ALL_SEEING):
            assert read(asker, connection), asker
        for asker in (CHARLIE, STRANGER):
            assert not read(asker, connection), asker

    api.write(look)


def test_flagged_first_then_who_waited_longest_and_closed_last(api: Api) -> None:
    def look(connection: Connection) -> list[str]:
        for reference in ("a", "bb", "ccc"):
            store(connection, reference)
        store(connection, "dddd", flags=("help_now",))
        closing = StatusChange(Status.RECEIVED, Status.WITHDRAWN, "conversation", START)
        referrals.moved(connection, 1, closing)
        return [one.reference for one in referrals.listed(ALICE, connection)]

    assert api.write(look) == ["dddd", "bb", "ccc", "a"]


def test_only_what_is_open_is_carried(api: Api) -> None:
    def look(connection: Connection) -> dict[int, int]:
        store(connection, "a")
        store(connection, "bb")
        closing = StatusChange(Status.RECEIVED, Status.WITHDRAWN, "conversation", START)
        referrals.moved(connection, 1, closing)
        return referrals.carried(connection)

    assert api.write(look) == {BRENDAN: 1}
