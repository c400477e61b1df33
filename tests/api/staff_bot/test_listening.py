"""The bot itself: starting without Telegram, a wrong token, two processes, and what is logged."""

from collections.abc import Iterator
from contextlib import contextmanager

from structlog.testing import capture_logs

from api.services import linking
from api.staff_bot import words
from tests.api.conftest import Beginning
from tests.support.house import captured_logs
from tests.support.intake_api import AMINA, Api, running_api
from tests.support.staff_chat import Telegram, until


@contextmanager
def with_another_token(telegram: Telegram) -> Iterator[Api]:
    telegram.server.token = "43:OTHER"
    with running_api(**telegram.settings) as api:
        yield api


def test_it_is_there_as_soon_as_telegram_is(telegram: Telegram) -> None:
    telegram.server.fail("getMe", "500")
    with running_api(**telegram.settings) as api:
        assert telegram.phone().says("/start") == words.NEUTRAL
        assert api.desk.staff_bot.name == "doorway_bot"


def test_a_token_that_is_refused_stops_the_bot_and_nothing_else(telegram: Telegram) -> None:
    with capture_logs() as logged, with_another_token(telegram) as api:
        until(api, lambda: any(one["event"] == "staff_bot.refused" for one in logged))
        assert api.client.get("/readyz").status_code == 200
        assert not api.run(linking.new_code, api.desk, api.asker(AMINA)).link
    assert "42:TEST" not in str(logged)


def test_a_press_that_fails_with_us_is_said_kindly(staffed: Api, telegram: Telegram) -> None:
    telegram.server.fail("sendMessage", "500")
    assert telegram.phone().says("/digest") == words.BROKEN
    assert telegram.phone(7002).says("/digest") == words.NEUTRAL
    assert staffed.desk.staff_bot.on


def test_of_two_processes_only_one_listens(telegram: Telegram, begin: Beginning) -> None:
    with begin(**telegram.settings) as first, begin(**telegram.settings) as second:
        until(second, lambda: bool(second.desk.staff_bot.name))
        phone = telegram.phone()
        for number in range(3):
            assert phone.says(f"hello {number}") == words.NEUTRAL
        code = second.run(linking.new_code, second.desk, second.asker(AMINA)).code
        assert "This chat is linked" in phone.says(code)
        assert first.run(linking.linked, first.desk, first.asker(AMINA)).since
        assert telegram.faults() == []


def test_no_log_holds_the_token_or_what_was_said(telegram: Telegram) -> None:
    with captured_logs() as captured, running_api(**telegram.settings):
        assert telegram.phone().says("zzmark") == words.NEUTRAL
    for log in (captured.json.getvalue(), captured.console.getvalue()):
        assert "staff_bot.ready" in log
        assert "TEST" not in log
        assert "zzmark" not in log
