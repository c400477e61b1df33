"""One's own page of Telegram: the code, the choices, and what it says when a link has ended."""

import re
from functools import partial

import pytest

from api.persistence import telegram
from api.services import linking
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import AMINA, Api
from tests.support.staff_browser import Browser, sql

pytestmark = pytest.mark.any_store

HERE = "/staff/you/telegram"
CHOSEN = {
    "daily": "yes",
    "digest": "09:15",
    "silent_from": "19:00",
    "silent_until": "7.30",
    "urgent_through": "yes",
}


@pytest.fixture
def amina(api: Api, signed_in: Visitor) -> Browser:
    """Signed in where there is a bot, which needs no Telegram for its page."""
    api.desk.staff_bot.on, api.desk.staff_bot.name = True, "staff_bot"
    return signed_in("amina")


def link(api: Api) -> None:
    hashed = linking.chat_hash(api.desk, 7001)
    keep = partial(telegram.keep_link, staff_id=AMINA, chat=hashed, sealed=b"", at=api.clock())
    api.write(keep)


def test_a_code_is_shown_once(api: Api, amina: Browser) -> None:
    assert "Get a code" in amina.get(HERE).text
    page = amina.post(f"{HERE}/code", {"token": amina.token(HERE)}).text
    found = re.search(r">([0-9A-Z]{4}-[0-9A-Z]{4})<", page)
    assert found is not None
    assert f"https://t.me/staff_bot?start={found[1].replace('-', '')}" in page
    assert "data:image/svg+xml" in page
    assert found[1] not in amina.get(HERE).text
    (row,) = sql(api, "SELECT * FROM telegram_code")
    assert found[1].replace("-", "") not in str(row)


def test_unlinking(api: Api, amina: Browser) -> None:
    link(api)
    assert "has been linked since 23 November 2026, 09:30" in amina.get(HERE).text
    answer = amina.post(f"{HERE}/unlink", {"token": amina.token(HERE)})
    assert (answer.status_code, answer.headers["location"]) == (303, HERE)
    assert "Get a code" in amina.get(HERE).text
    assert sql(api, "SELECT * FROM telegram_link") == []


def test_choosing_when_to_be_told(api: Api, amina: Browser) -> None:
    assert 'value="18:00"' in amina.get(HERE).text
    answer = amina.post(HERE, {"token": amina.token(HERE), **CHOSEN})
    assert answer.status_code == 303
    choices = api.run(linking.linked, api.desk, api.asker(AMINA)).choices
    assert f"{choices.digest:%H:%M}" == "09:15"
    assert (f"{choices.silence.start:%H:%M}", f"{choices.silence.end:%H:%M}") == ("19:00", "07:30")
    assert (choices.silence.free_days, choices.urgent_through) == (False, True)
    page = amina.get(answer.headers["location"]).text
    assert "Saved." in page
    assert 'value="07:30"' in page


def test_a_time_that_is_none_is_said_and_nothing_is_lost(api: Api, amina: Browser) -> None:
    answer = amina.post(HERE, {"token": amina.token(HERE), **CHOSEN, "silent_until": "late"})
    assert answer.status_code == 422
    assert "Enter when the quiet hours end" in answer.text
    assert 'value="late"' in answer.text
    assert 'value="09:15"' in answer.text
    assert sql(api, "SELECT * FROM telegram_choice") == []


def test_whoever_has_blocked_the_bot_reads_why_it_is_quiet(api: Api, amina: Browser) -> None:
    link(api)
    api.run(linking.end_blocked, api.desk, AMINA)
    assert "is not linked any more" in amina.get(HERE).text
    assert "Get a code" in amina.get(HERE).text


def test_without_a_bot_the_page_says_so(api: Api, amina: Browser) -> None:
    api.desk.staff_bot.on = False
    page = amina.get(HERE).text
    assert "There is no bot for staff" in page
    assert "Get a code" not in page


@pytest.mark.parametrize("path", [HERE, "/staff/you/languages", "/staff/texts"])
def test_nobody_comes_in_without_signing_in(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (
        303,
        "/staff/sign-in",
    )
