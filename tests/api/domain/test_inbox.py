"""The inbox opens with what is most theirs."""

import pytest

from api.domain.inbox import Inbox, Tab, tabs
from api.domain.staff import Role


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.PRESCRIBER, Tab.MINE),
        (Role.COORDINATOR, Tab.EVERYBODY),
        (Role.MANAGER, Tab.EVERYBODY),
    ],
)
def test_each_role_has_its_tabs(role: Role, first: Tab) -> None:
    assert tabs(role)[0] is first
    assert Tab.UNASSIGNED in tabs(role)
    assert (Tab.EVERYBODY in tabs(role)) is (role is not Role.PRESCRIBER)


def test_an_inbox_with_nothing_in_it_has_no_newest() -> None:
    assert Inbox(()).newest == 0
