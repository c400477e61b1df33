"""Of two who act on the same page one is told, and nothing is overwritten; at one moment, too."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import pytest

from api.domain.errors import OvertakenError
from tests.api.conftest import Beginning
from tests.support.caseload import (
    AT_ALBION,
    COORDINATOR,
    SAFE,
    STEPS,
    case,
    does,
    referred,
    seen,
    status,
    withdrawn,
)
from tests.support.intake_api import AMINA, Api

AT_ONCE = 8


@pytest.fixture
def reference(api: Api) -> str:
    """A referral that is with Amina."""
    return referred(api, contact=SAFE)


def test_who_comes_second_is_told_and_overwrites_nothing(api: Api, reference: str) -> None:
    page = seen(api, reference)
    STEPS["accept"](api, page, AT_ALBION)
    with pytest.raises(OvertakenError):
        STEPS["hand over"](api, page, COORDINATOR)
    found = case(api, reference)
    assert (found.referral.status, found.referral.assigned_to) == ("accepted", AMINA)


@pytest.mark.any_store
def test_a_button_pressed_twice_is_one_try(api: Api, reference: str) -> None:
    does(api, reference, "accept", "log")
    page = seen(api, reference)
    STEPS["log"](api, page, AT_ALBION)
    with pytest.raises(OvertakenError):
        STEPS["log"](api, page, AT_ALBION)
    assert case(api, reference).work.tried == 2


def test_what_the_person_took_back_meanwhile_is_not_worked_on(api: Api, reference: str) -> None:
    page = seen(api, reference)
    assert withdrawn(api, reference) == 204
    with pytest.raises(OvertakenError):
        STEPS["accept"](api, page, AT_ALBION)
    assert status(api, reference) == "withdrawn"


def race(apis: list[Api], reference: str) -> list[str]:
    """Let eight act on one page at the same moment, by turns two kinds of them: what came of it."""
    page, line = seen(apis[0], reference), Barrier(AT_ONCE)

    def act(number: int) -> str:
        api = apis[number % len(apis)]
        line.wait()
        try:
            if number % 4 < 2:
                STEPS["accept"](api, page, AT_ALBION)
            else:
                STEPS["hand over"](api, page, COORDINATOR)
        except OvertakenError:
            return "told"
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(act, range(AT_ONCE)))


def then_it_happened_once(api: Api, reference: str, came: list[str]) -> None:
    assert came == ["done", *["told"] * (AT_ONCE - 1)]
    found = case(api, reference)
    assert found.work.version == 1
    assert len(found.work.handovers) + len(found.changes) == 3


def test_of_many_who_act_at_the_same_moment_one_does_it(api: Api, reference: str) -> None:
    then_it_happened_once(api, reference, race([api], reference))


@pytest.fixture
def both(begin: Beginning) -> Iterator[list[Api]]:
    """Two apis on one database, as two processes are."""
    with ExitStack() as running:
        yield [running.enter_context(begin()) for _ in range(2)]


def test_it_is_so_between_processes(both: list[Api]) -> None:
    reference = referred(both[0], contact=SAFE)
    then_it_happened_once(both[0], reference, race(both, reference))
