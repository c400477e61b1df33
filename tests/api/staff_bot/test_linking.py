"""Linking a phone with an account, and undoing it, as somebody does it."""

from api.services import linking
from api.staff_bot import words
from tests.support.intake_api import AMINA, Api
from tests.support.staff_chat import Telegram


def test_a_typed_code_links_once(staffed: Api, telegram: Telegram) -> None:
    code = staffed.run(linking.new_code, staffed.desk, staffed.asker(AMINA)).code
    amina, other = telegram.phone(7001), telegram.phone(7002)
    assert "is linked" in amina.says(code.lower())
    assert other.says(code) == words.NEUTRAL
    assert telegram.faults() == []
