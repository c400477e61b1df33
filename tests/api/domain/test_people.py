"""What a manager may write down about somebody, and that a manager is always left."""

from dataclasses import replace
from typing import Any

import pytest

from api.domain.errors import UnacceptableError
from api.domain.people import LastManagerError, Person, Wish, checked, keep_a_manager
from api.domain.staff import Role

MARYAM = Person(
    1,
    "Maryam",
    "maryam@example.org",
    Role.MANAGER,
    active=True,
    practices=frozenset(),
    has_factor=True,
)
WISH = Wish("Amina", "amina@example.org", "prescriber", frozenset({"F84001"}))


def test_names_and_addresses_are_read_kindly() -> None:
    wish = replace(WISH, name="  Amina   Ash ", email=" Amina@Example.org ")
    assert checked(wish) == (
        "Amina Ash",
        "amina@example.org",
        Role.PRESCRIBER,
        frozenset({"F84001"}),
    )


def test_only_prescribers_have_practices_of_their_own() -> None:
    assert checked(replace(WISH, role="coordinator"))[3] == frozenset()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "A\u202emina"}, "name"),
        ({"email": ""}, "email"),
        ({"email": "amina"}, "email"),
        ({"email": "@example.org"}, "email"),
        ({"email": "amina@localhost"}, "email"),
        ({"email": "a mina@example.org"}, "email"),
        ({"email": "Amina <amina@example.org>"}, "email"),
        ({"email": "amina\n@example.org"}, "email"),
        ({"email": f"{'x' * 250}@example.org"}, "email"),
        ({"role": "owner"}, "role"),
        ({"practices": frozenset()}, "practices"),
    ],
)
def test_what_cannot_be_is_named(changes: dict[str, Any], field: str) -> None:
    wish = replace(WISH, **changes)
    with pytest.raises(UnacceptableError) as refusal:
        checked(wish)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("person", "role", "active", "managers", "refused"),
    [
        (MARYAM, Role.MANAGER, True, 1, False),
        (MARYAM, Role.MANAGER, False, 1, True),
        (MARYAM, Role.COORDINATOR, True, 1, True),
        (MARYAM, Role.COORDINATOR, True, 2, False),
        (replace(MARYAM, active=False), Role.MANAGER, False, 1, False),
        (replace(MARYAM, role=Role.PRESCRIBER), Role.PRESCRIBER, False, 1, False),
    ],
)
def test_a_manager_is_always_left(
    person: Person,
    role: Role,
    active: bool,  # noqa: FBT001 a column of the table
    managers: int,
    refused: bool,  # noqa: FBT001 the same
) -> None:
    if refused:
        with pytest.raises(LastManagerError):
            keep_a_manager(person, role, active=active, managers=managers)
    else:
        keep_a_manager(person, role, active=active, managers=managers)


def test_another_version_tells_that_something_changed() -> None:
    versions = {
        MARYAM.version,
        replace(MARYAM, name="Mary").version,
        replace(MARYAM, role=Role.COORDINATOR).version,
        replace(MARYAM, active=False).version,
        replace(MARYAM, practices=frozenset({"F84001"})).version,
    }
    assert len(versions) == 5
    assert replace(MARYAM, has_factor=False).version == MARYAM.version
