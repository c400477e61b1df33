"""Who may be referred: the whole table with real postcodes, each case with its reason in words."""

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.persistence.practice_file import read_practices
from common.contract.choices import HomeCode, PracticeCode, Residence
from common.contract.directory import Directory
from common.contract.eligibility import Decision, Outcome, Reason, assess
from common.contract.identifiers import Postcode
from tests.support.world import world


class Case(NamedTuple):
    """One row of the table as it is written."""

    home: str
    practice: str
    residence: str
    outcome: str
    reasons: str
    why: str


def _read_cases() -> list[Case]:
    text = (Path(__file__).parent / "eligibility_cases.txt").read_text(encoding="utf-8")
    rows = (row for row in text.splitlines() if row and not row.startswith("#"))
    return [Case(*(part.strip() for part in row.split("|"))) for row in rows]


CASES = _read_cases()

CERTAIN_REFUSALS = {
    Reason.LIVES_OUTSIDE,
    Reason.PRACTICE_ELSEWHERE,
    Reason.NOT_REGISTERED,
}


def _directory() -> Directory:
    return world().directory


def _home(text: str) -> Postcode | HomeCode:
    return HomeCode(text) if text in set(HomeCode) else Postcode.parse(text)


def _practice(text: str) -> str | PracticeCode:
    return PracticeCode(text) if text in set(PracticeCode) else text


def _decide(case: Case) -> Decision:
    residence = None if case.residence == "-" else Residence(case.residence)
    return assess(_home(case.home), _practice(case.practice), residence, _directory())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.home}, {case.practice}")
def test_decision(case: Case) -> None:
    expected = Decision(Outcome(case.outcome), tuple(map(Reason, case.reasons.split())))

    assert _decide(case) == expected, case.why


def test_the_table_is_whole_and_every_row_says_why() -> None:
    assert len(CASES) >= 80
    assert len({case[:3] for case in CASES}) == len(CASES)
    assert all(len(case.why) > 15 for case in CASES)
    assert {case.outcome for case in CASES} == set(Outcome)
    assert {reason for case in CASES for reason in case.reasons.split()} == set(Reason)


def test_both_sides_of_one_sector_are_among_the_cases() -> None:
    sides: dict[str, set[str]] = {}
    for case in CASES:
        if case.home not in set(HomeCode):
            postcode = Postcode.parse(case.home)
            place = _directory().borough.locate(postcode)
            sides.setdefault(postcode.sector, set()).add(place)

    assert sum({"inside", "outside"} <= places for places in sides.values()) >= 8


POSTCODES = st.one_of(
    st.sampled_from([_home(case.home) for case in CASES]),
    st.builds(
        Postcode,
        st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]?", fullmatch=True),
        st.from_regex(r"[0-9][A-Z]{2}", fullmatch=True),
    ),
)
PRACTICES = st.one_of(
    st.sampled_from(PracticeCode),
    st.sampled_from([practice.ods_code for practice in read_practices()]),
    st.text(max_size=8),
)


@given(POSTCODES, PRACTICES, st.none() | st.sampled_from(Residence))
def test_it_is_total_and_refuses_on_certain_facts_only(
    home: Postcode | HomeCode, practice: str | PracticeCode, residence: Residence | None
) -> None:
    decision = assess(home, practice, residence, _directory())

    assert decision.reasons
    if decision.outcome is Outcome.NOT_ELIGIBLE:
        assert set(decision.reasons) <= CERTAIN_REFUSALS
    if decision.outcome is Outcome.ELIGIBLE:
        assert decision.reasons == (Reason.LIVES_IN_BOROUGH, Reason.PRACTICE_IN_BOROUGH)


@given(PRACTICES, st.none() | st.sampled_from(Residence))
def test_nobody_without_a_fixed_address_is_refused(
    practice: str | PracticeCode, residence: Residence | None
) -> None:
    decision = assess(HomeCode.NO_FIXED_ADDRESS, practice, residence, _directory())

    assert decision.outcome is Outcome.CHECK


@given(POSTCODES, PRACTICES)
def test_nobody_who_moved_is_refused_for_the_postcode_they_left(
    home: Postcode | HomeCode, practice: str | PracticeCode
) -> None:
    decision = assess(home, practice, Residence.MOVED, _directory())

    assert Reason.LIVES_OUTSIDE not in decision.reasons


@given(POSTCODES, PRACTICES, st.sampled_from(Residence))
def test_the_question_about_moving_is_asked_once(
    home: Postcode | HomeCode, practice: str | PracticeCode, residence: Residence
) -> None:
    assert assess(home, practice, residence, _directory()).outcome is not Outcome.ASK_MOVED
