"""Linking a phone with an account, and undoing it: whoever is not linked learns nothing."""

import pytest

from api.services import linking
from api.staff_bot import words
from tests.api.staff_bot.conftest import Linked
from tests.support.intake_api import AMINA, BRENDAN, Api
from tests.support.staff_browser import sql
from tests.support.staff_chat import Phone, Telegram


def code_of(api: Api, staff_id: int = AMINA) -> str:
    return api.run(linking.new_code, api.desk, api.asker(staff_id)).code


def actions(api: Api) -> list[tuple[str, str, str]]:
    found = "SELECT actor, action, subject FROM audit WHERE action LIKE 'telegram.%' ORDER BY id"
    return [(str(a), str(b), str(c)) for a, b, c in sql(api, found)]


def is_linked(api: Api, staff_id: int = AMINA) -> bool:
    return api.run(linking.linked, api.desk, api.asker(staff_id)).since is not None


def test_a_typed_code_links_once(staffed: Api, telegram: Telegram) -> None:
    code, amina, other = code_of(staffed), telegram.phone(7001), telegram.phone(7002)
    assert "This chat is linked" in amina.says(f" {code.lower()} ")
    assert other.says(code) == words.NEUTRAL
    assert actions(staffed) == [
        ("staff:1", "telegram.code_made", "staff:1"),
        ("staff:1", "telegram.linked", "staff:1"),
    ]
    assert telegram.faults() == []


def test_a_link_with_the_code_does_the_same(staffed: Api, telegram: Telegram) -> None:
    phone = telegram.phone()
    assert phone.says("/start") == words.NEUTRAL  # so that our bot has been reached for certain
    made = staffed.run(linking.new_code, staffed.desk, staffed.asker(AMINA))
    assert made.link == f"https://t.me/doorway_bot?start={made.code.replace('-', '')}"
    assert "This chat is linked" in phone.says(f"/start {made.link.partition('=')[2]}")
    assert "It is quiet here from 18:00 to 08:00 and on days off." in phone.says("/start")


def test_a_code_is_good_for_ten_minutes(staffed: Api, telegram: Telegram) -> None:
    code = code_of(staffed)
    staffed.clock.move(minutes=10)
    assert telegram.phone().says(code) == words.NEUTRAL
    assert not is_linked(staffed)


def test_a_new_code_is_the_only_one(staffed: Api, telegram: Telegram) -> None:
    old, new, phone = code_of(staffed), code_of(staffed), telegram.phone()
    assert phone.says(old) == words.NEUTRAL
    assert "This chat is linked" in phone.says(new)


def test_whoever_guesses_must_wait_and_is_not_told(staffed: Api, telegram: Telegram) -> None:
    phone = telegram.phone()
    for number in range(5):
        assert phone.says(f"GUESS00{number}") == words.NEUTRAL
    code = code_of(staffed)
    assert phone.says(code) == words.NEUTRAL
    staffed.clock.move(minutes=5)
    assert "This chat is linked" in phone.says(code)


@pytest.mark.parametrize("said", ["/start", "/digest", "/unlink", "/help", "hello", "TH-7K3M-9QX"])
def test_somebody_not_linked_always_hears_the_same(
    staffed: Api, telegram: Telegram, said: str
) -> None:
    assert telegram.phone().says(said) == words.NEUTRAL
    assert not any(word in words.NEUTRAL for word in ("Doorway", "referral", "prescri"))
    assert not is_linked(staffed)


def test_somebody_who_no_longer_works_here_learns_nothing(
    staffed: Api, linked: Linked, telegram: Telegram
) -> None:
    phone: Phone = linked()
    sql(staffed, "UPDATE staff_member SET active = false WHERE id = 1")
    assert phone.says("/digest") == words.NEUTRAL
    assert phone.says("/start") == words.NEUTRAL
    unused = code_of(staffed)
    assert telegram.phone(7002).says(unused) == words.NEUTRAL


def test_unlinking_in_the_chat(staffed: Api, linked: Linked) -> None:
    phone: Phone = linked()
    assert phone.says("/unlink") == words.UNLINKED
    assert phone.says("/unlink") == words.NEUTRAL
    assert not is_linked(staffed)
    assert actions(staffed)[-1] == ("staff:1", "telegram.unlinked", "staff:1")


def test_unlinking_on_the_page(staffed: Api, linked: Linked) -> None:
    phone: Phone = linked()
    staffed.run(linking.unlink, staffed.desk, staffed.asker(AMINA))
    assert phone.says("/digest") == words.NEUTRAL


def test_a_phone_belongs_to_whoever_linked_it_last(staffed: Api, linked: Linked) -> None:
    phone: Phone = linked(AMINA)
    assert "This chat is linked" in phone.says(code_of(staffed, BRENDAN))
    assert (is_linked(staffed, AMINA), is_linked(staffed, BRENDAN)) == (False, True)
    assert ("staff:2", "telegram.unlinked", "staff:1") in actions(staffed)


def test_another_phone_takes_the_place_of_the_first(linked: Linked) -> None:
    first: Phone = linked(AMINA, 7001)
    second: Phone = linked(AMINA, 7002)
    assert first.says("/digest") == words.NEUTRAL
    assert second.says("/digest") == words.NOTHING


def test_no_number_of_a_chat_lies_open(staffed: Api, linked: Linked) -> None:
    linked(AMINA, 77_012_345)
    (row,) = sql(staffed, "SELECT * FROM telegram_link")
    assert not any("77012345" in str(value) for value in row)
    assert not any(b"77012345" in value for value in row if isinstance(value, bytes))
