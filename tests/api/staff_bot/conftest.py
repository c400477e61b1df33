"""A running api with a staff bot, the server it speaks to, and somebody with a phone."""

from collections.abc import Callable, Iterator

import pytest

from api.services import linking
from tests.support.intake_api import AMINA, Api, running_api
from tests.support.staff_chat import Phone, Telegram, telegram_server

Linked = Callable[..., Phone]


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    with telegram_server() as running:
        yield running


@pytest.fixture
def staffed(telegram: Telegram) -> Iterator[Api]:
    """An api whose bot is there."""
    with running_api(**telegram.settings) as running:
        yield running


@pytest.fixture
def linked(staffed: Api, telegram: Telegram) -> Linked:
    """Links somebody's phone; it has read the welcome."""

    def link(staff_id: int = AMINA, number: int = 7001) -> Phone:
        phone = telegram.phone(number)
        code = staffed.run(linking.new_code, staffed.desk, staffed.asker(staff_id)).code
        assert "is linked" in phone.says(code)
        return phone

    return link
