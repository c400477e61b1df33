"""Every read begins with who is asking: each sees theirs, and Charlie, an outsider, nothing."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from api.domain.assignment import AssignedBecause, Assignment
from api.domain.casework import Handover
from api.domain.contact import Attempt, Booking, Outcome
from api.domain.duplicate import Decision, Fingerprints, Verdict
from api.domain.referral import Kind, Status, StatusChange
from api.domain.staff import Asker, ConversationAsker, Role, StaffAsker, SystemAsker
from api.persistence import aftercare, arrivals, casework, duplicates, referrals, roster, texts
from api.persistence.arrivals import Arrived, NewReferral
from api.persistence.duplicates import Earlier
from api.persistence.idempotency import Answered
from common.runtime.database.quick import ask
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
        unread=2,
        sealed=b"sealed",
        assignment=Assignment(BRENDAN, AssignedBecause.SAME_PCN),
        changes=[StatusChange(None, Status.RECEIVED, "conversation", START)],
    )
    earlier = earlier_of(connection, HERS)
    answer = Answered("body", "answer")
    arrived = Arrived(HERS, new, f"key of {reference}", answer)
    referral_id = arrivals.add_all(connection, [arrived])[0].id
    assert referral_id is not None
    duplicates.link(connection, referral_id, new.fingerprints, earlier, START)
    aftercare.add_correction(connection, referral_id, b"sealed", START)
    aftercare.ask_for_erasure(connection, referral_id, START)
    work(connection, referral_id)
    texts.mark_read(connection, referral_id, "own-1", AMINA, START)
    texts.add_rendering(
        connection,
        referral_id,
        "own-1",
        sealed=b"sealed",
        interpreted=False,
        staff_id=AMINA,
        at=START,
    )
    return referral_id


def earlier_of(connection: Connection, asker: ConversationAsker) -> Sequence[Earlier]:
    found = ask(connection, *duplicates.asking(connection, ["person"]))
    return duplicates.read(found, {"person": asker})["person"]


def work(connection: Connection, referral_id: int) -> None:
    """Some of everything that is done on a referral."""
    author = f"staff:{BRENDAN}"
    casework.step(connection, referral_id, 0, START)
    attempt, booking = Attempt(Outcome.REACHED, author, START), Booking(START, author, START)
    casework.add_attempt(connection, referral_id, attempt, None)
    casework.add_booking(connection, referral_id, booking, None)
    given = Handover(AMINA, BRENDAN, "same_pcn", author, START)
    casework.add_handover(connection, referral_id, given)
    if referral_id > 1:
        decision = Decision("", Verdict.UNDONE, author, START)
        duplicates.decide(connection, (1, referral_id), decision, None)


READS: dict[str, Read] = {
    "by reference": lambda asker, c: referrals.by_reference(asker, c, "first"),
    "by id": lambda asker, c: referrals.by_id(asker, c, 1),
    "sealed": lambda asker, c: referrals.sealed(asker, c, 1),
    "history": lambda asker, c: referrals.history(asker, c, 1),
    "open with": lambda asker, c: referrals.open_with(asker, c, BRENDAN),
    "attempts": lambda asker, c: casework.attempts(asker, c, 1),
    "bookings": lambda asker, c: casework.bookings(asker, c, 1),
    "handovers": lambda asker, c: casework.handovers(asker, c, 1),
    "version": lambda asker, c: casework.version(asker, c, 1),
    "still since": lambda asker, c: casework.still_since(asker, c, [1]),
    "decisions": lambda asker, c: duplicates.decisions(asker, c, 1),
    "matches": lambda asker, c: duplicates.matches(asker, c, 1),
    "duplicates": lambda asker, c: duplicates.of(asker, c, 1),
    "corrections": lambda asker, c: aftercare.corrections(asker, c, 1),
    "corrections of several": lambda asker, c: aftercare.corrections_of(asker, c, [1, 2]),
    "erasure": lambda asker, c: aftercare.wants_erasure(asker, c, 1),
    "unread": lambda asker, c: texts.unread(asker, c, limit=9),
    "how many are unread": lambda asker, c: texts.count_of(asker, c, 1),
    "readings": lambda asker, c: texts.readings(asker, c, 1),
    "renderings": lambda asker, c: texts.renderings(asker, c, 1),
}


def test_each_sees_theirs_and_charlie_nothing(api: Api) -> None:
    """All of them in one store: making one takes longer than looking."""

    def look(connection: Connection) -> list[tuple[str, Asker]]:
        store(connection, "first")
        store(connection, "second")
        mine, others = (ALICE, COVER, HERS, *ALL_SEEING), (CHARLIE, STRANGER)
        return [
            (name, asker)
            for name, read in READS.items()
            for asker in (*mine, *others)
            if bool(read(asker, connection)) is (asker in others)
        ]

    assert api.write(look) == []


@pytest.mark.parametrize(
    ("asker", "mine"), [(HERS, [True, False]), (STRANGER, [False, False])], ids=["hers", "not hers"]
)
def test_only_the_same_conversation_may_know_what_it_sent_and_is_open(
    api: Api, asker: ConversationAsker, mine: list[bool]
) -> None:
    def look(connection: Connection) -> list[bool]:
        store(connection, "first")
        store(connection, "second")
        closing = StatusChange(Status.RECEIVED, Status.WITHDRAWN, "conversation", START)
        referrals.moved(connection, 2, closing)
        return [one.sent_by_asker for one in earlier_of(connection, asker)]

    assert api.write(look) == mine


def test_only_what_is_open_is_carried(api: Api) -> None:
    def look(connection: Connection) -> dict[int, int]:
        store(connection, "a")
        store(connection, "bb")
        closing = StatusChange(Status.RECEIVED, Status.WITHDRAWN, "conversation", START)
        referrals.moved(connection, 1, closing)
        return {one.id: one.carrying for one in roster.around(connection, {ALBION})}

    assert api.write(look) == {AMINA: 0, BRENDAN: 1, CHIDI: 0}


def test_only_those_around_a_practice_are_looked_at(api: Api) -> None:
    def look(connection: Connection) -> list[list[int]]:
        own = [roster.of_practices(connection, {one}) for one in (ALBION, CHRISP)]
        return [[one.id for one in some] for some in (*own, roster.around(connection, {CHRISP}))]

    assert api.write(look) == [[AMINA], [CHIDI], [CHIDI]]
