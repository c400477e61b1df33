"""What a run has shown is kept, one section for each store, good or bad."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.chaos.plan import Kind, Plan, PlanError
from tests.chaos.report import Result, keep
from tests.chaos.resident import residents
from tests.chaos.tally import Fate, Filed

GOOD = Result(
    Plan(residents=2, seed=3),
    datetime(2026, 11, 28, 12, tzinfo=UTC),
    fates=(),
    troubles=Counter({"bot killed": 4}),
    lasted=700,
    settled=90,
    forgotten=0,
    given_up=0,
)


def fate(*, lost: bool) -> Fate:
    (one,) = residents(1)
    one.started = one.confirmed = one.finished = one.answered = True
    filed = () if lost else (Filed("TH-7K3M-9QX", one.phone, frozenset()),)
    return Fate(one, filed, notified=not lost, wrong=("lost",) if lost else ())


def test_a_section_takes_the_place_of_the_last_one_of_its_store(tmp_path: Path) -> None:
    file = tmp_path / "chaos.md"
    for result in (
        replace(GOOD, fates=[fate(lost=True)]),
        replace(GOOD, plan=Plan(store=Kind.POSTGRESQL)),
        replace(GOOD, fates=[fate(lost=False)]),
    ):
        keep(result.section(), file)

    text = file.read_text(encoding="utf-8")
    titles = [line for line in text.splitlines() if line.startswith("#")]
    assert titles == ["# Chaos: nothing lost, nothing doubled", "## SQLite", "## PostgreSQL"]
    assert "| **all** | 1 | 1 | 1 | 0 | 0 | 1 | 0 |" in text
    assert "| bot killed | 4 |" in text
    assert "resident 0" not in text


def test_whoever_lost_something_is_named() -> None:
    result = replace(GOOD, fates=[fate(lost=True)])

    assert not result.is_good
    assert "| **all** | 1 | 1 | 0 | 1 | 0 | 0 | 0 |" in result.section()
    assert "- resident 0 (telegram, en): lost" in result.section()


def test_nothing_may_be_left_undone_either() -> None:
    assert GOOD.is_good
    assert not replace(GOOD, forgotten=1).is_good
    assert not replace(GOOD, given_up=1).is_good


def test_a_run_goes_as_the_variables_say() -> None:
    given = {"MINUTES": "2", "RESIDENTS": "50", "SEED": "7", "STORE": "postgresql"}
    plan = Plan.from_environment(given)

    assert plan == Plan(talking=120, residents=50, seed=7, store=Kind.POSTGRESQL)
    assert Plan.from_environment({}).residents == 200
    for name, value in (("MINUTES", "soon"), ("RESIDENTS", "0"), ("STORE", "paper")):
        with pytest.raises(PlanError):
            Plan.from_environment({name: value})
