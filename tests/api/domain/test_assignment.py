"""Who gets a referral: each case says why in words, and nobody is never silent."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.assignment import AssignedBecause, Assignment, Leave, Prescriber, assign

TODAY = date(2026, 11, 23)
PCN_OF_OPEN = {"A1": "north", "A2": "north", "B1": "south", "C1": ""}

AMINA = Prescriber(1, frozenset({"A1"}), capacity=10, cover=3)
BRENDAN = Prescriber(2, frozenset({"A2"}), capacity=10)
CHIDI = Prescriber(3, frozenset({"B1"}), capacity=10)
DILARA = Prescriber(4, frozenset({"C1"}), capacity=10)
AWAY = Leave(date(2026, 11, 20), date(2026, 11, 27))


def away(one: Prescriber) -> Prescriber:
    return replace(one, leave=AWAY)


def full(one: Prescriber) -> Prescriber:
    return replace(one, carrying=one.capacity)


def carrying(one: Prescriber, count: int) -> Prescriber:
    return replace(one, carrying=count)


class Case(NamedTuple):
    practice: str | None
    roster: tuple[Prescriber, ...]
    expected: int | None
    because: AssignedBecause
    why: str


B = AssignedBecause
CASES = [
    Case("A1", (AMINA, BRENDAN, CHIDI), 1, B.PRACTICE_PRESCRIBER, "their own practice comes first"),
    Case("A1", (CHIDI, BRENDAN, AMINA), 1, B.PRACTICE_PRESCRIBER, "the roster's order is nothing"),
    Case("A1", (away(AMINA), BRENDAN, CHIDI), 3, B.NAMED_COVER, "away: the colleague they named"),
    Case("A1", (full(AMINA), BRENDAN, CHIDI), 3, B.NAMED_COVER, "full is as good as away"),
    Case("A1", (away(AMINA), BRENDAN, away(CHIDI)), 2, B.SAME_PCN, "cover away too: the network"),
    Case("A1", (away(AMINA), BRENDAN, full(CHIDI)), 2, B.SAME_PCN, "cover full: the network"),
    Case("A1", (away(AMINA), BRENDAN), 2, B.SAME_PCN, "the named cover has left: the network"),
    Case("A2", (away(BRENDAN), AMINA), 1, B.SAME_PCN, "no cover was named: the network"),
    Case("A2", (AMINA, CHIDI), 1, B.SAME_PCN, "a practice without a prescriber has neighbours"),
    Case("B1", (away(CHIDI), AMINA), None, B.NOBODY_FREE, "another network is not asked"),
    Case("A1", (away(AMINA), full(BRENDAN)), None, B.NOBODY_FREE, "nobody left: coordinators"),
    Case("A1", (), None, B.NOBODY_FREE, "an empty roster is said aloud"),
    Case("C1", (away(DILARA), AMINA), None, B.NOBODY_FREE, "no network means no neighbours"),
    Case(None, (AMINA, BRENDAN), None, B.NO_PRACTICE, "which practice is not known: a person asks"),
    Case("Z9", (AMINA,), None, B.PRACTICE_NOT_OPEN, "closed, or not ours: never guessed"),
    Case(
        "Z9",
        (Prescriber(9, frozenset({"Z9"}), capacity=10),),
        None,
        B.PRACTICE_NOT_OPEN,
        "never to a closed practice, even if somebody is still listed there",
    ),
    Case(
        "A1",
        (carrying(AMINA, 5), Prescriber(5, frozenset({"A1"}), capacity=10, carrying=2)),
        5,
        B.PRACTICE_PRESCRIBER,
        "two at one practice: whoever carries less",
    ),
    Case(
        "A1",
        (away(AMINA), carrying(BRENDAN, 5), Prescriber(6, frozenset({"A2"}), 2, carrying=1)),
        6,
        B.SAME_PCN,
        "half full both: then the smaller count, which is the part-timer's",
    ),
    Case(
        "A1",
        (away(AMINA), carrying(BRENDAN, 2), Prescriber(6, frozenset({"A2"}), 2, carrying=1)),
        2,
        B.SAME_PCN,
        "a fifth full before half full, though the count is higher",
    ),
    Case(
        "A1",
        (Prescriber(8, frozenset({"A1"}), 10), Prescriber(7, frozenset({"A1"}), 10)),
        7,
        B.PRACTICE_PRESCRIBER,
        "alike in all: the lower number, so that it is the same each time",
    ),
    Case(
        "A1",
        (Prescriber(8, frozenset({"A1"}), 0), AMINA),
        1,
        B.PRACTICE_PRESCRIBER,
        "somebody without capacity is always full",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.why for case in CASES])
def test_who_gets_it(case: Case) -> None:
    found = assign(case.practice, PCN_OF_OPEN, case.roster, TODAY)
    assert found == Assignment(case.expected, case.because)


@pytest.mark.parametrize(
    ("leave", "free"),
    [
        (None, True),
        (Leave(date(2026, 11, 23), date(2026, 11, 23)), False),
        (Leave(date(2026, 11, 1), date(2026, 11, 22)), True),
        (Leave(date(2026, 11, 24), date(2026, 11, 30)), True),
        (Leave(date(2026, 11, 22), date(2026, 11, 23)), False),
    ],
)
def test_leave_counts_both_its_ends(leave: Leave | None, *, free: bool) -> None:
    assert replace(AMINA, leave=leave).is_free(TODAY) is free


leaves = st.none() | st.builds(
    lambda a, b: Leave(min(a, b), max(a, b)),
    st.dates(date(2026, 11, 1), date(2026, 12, 15)),
    st.dates(date(2026, 11, 1), date(2026, 12, 15)),
)
practices = st.sampled_from(["A1", "A2", "B1", "C1", "Z9"])
rosters = st.lists(
    st.builds(
        Prescriber,
        id=st.integers(1, 12),
        practices=st.frozensets(practices, max_size=3),
        capacity=st.integers(0, 5),
        carrying=st.integers(0, 6),
        leave=leaves,
        cover=st.none() | st.integers(1, 12),
    ),
    unique_by=lambda one: one.id,
    max_size=8,
)


@given(st.none() | practices, rosters)
def test_whoever_gets_it_is_free_and_there_is_always_a_reason(
    practice: str | None, roster: list[Prescriber]
) -> None:
    found = assign(practice, PCN_OF_OPEN, roster, TODAY)
    if found.prescriber is None:
        assert found.because in {B.NO_PRACTICE, B.PRACTICE_NOT_OPEN, B.NOBODY_FREE}
    else:
        assert practice in PCN_OF_OPEN
        assert next(one for one in roster if one.id == found.prescriber).is_free(TODAY)


@given(practices, rosters, st.randoms(use_true_random=False))
def test_the_order_of_the_roster_never_matters(
    practice: str, roster: list[Prescriber], chance: Random
) -> None:
    shuffled = list(roster)
    chance.shuffle(shuffled)
    assert assign(practice, PCN_OF_OPEN, roster, TODAY) == assign(
        practice, PCN_OF_OPEN, shuffled, TODAY
    )


@given(practices.filter(PCN_OF_OPEN.__contains__), rosters)
def test_nobody_free_means_that_nobody_near_is_free(
    practice: str, roster: list[Prescriber]
) -> None:
    if assign(practice, PCN_OF_OPEN, roster, TODAY).because is B.NOBODY_FREE:
        own = [one for one in roster if practice in one.practices]
        assert not any(one.is_free(TODAY) for one in own)
        assert not any(
            one.is_free(TODAY) for one in roster if one.id in {mine.cover for mine in own}
        )
