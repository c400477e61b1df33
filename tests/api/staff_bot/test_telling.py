"""What staff read in their chat: when something comes, when they accept it, and once a day."""

from datetime import time

import pytest
from sqlalchemy import Connection

from api.domain.chat import Choices, Silence
from api.domain.events import Notice, Recipient
from api.domain.referral import Status, move
from api.persistence import referrals
from api.services import linking, notifying
from api.services.accepting import accept
from api.staff_bot import words
from common.runtime.jobs import Job, JobRequest, LaterError
from tests.api.staff_bot.conftest import Linked
from tests.support.intake_api import AMINA, BRENDAN, KOFI, Api, submission
from tests.support.staff_browser import sql
from tests.support.staff_chat import Telegram, until

OPEN = "http://127.0.0.1:8000/staff/referrals/{}"
HELD = "SELECT * FROM telegram_held"
NONE = Silence(time(), time(), free_days=False)
ACCEPTED = "You have accepted it."


def refer(api: Api, **changes: object) -> str:
    number = len(sql(api, "SELECT id FROM referral")) + 1
    body = submission(conversation_id=f"conversation-{number}", name=f"Person {number}")
    return str(api.send({**body, **changes}, key=f"key-{number:08}").json()["reference"])


def ask(api: Api, kind: str, **payload: object) -> None:
    """Ask for a job that the clock would ask for."""

    def enqueue(connection: Connection) -> None:
        api.desk.dispatcher.enqueue(connection, [JobRequest(kind, payload)])

    api.run(api.desk.write, enqueue)


def choose(api: Api, choices: Choices, staff_id: int = AMINA) -> None:
    api.run(linking.choose, api.desk, api.asker(staff_id), choices)


def test_a_new_referral_without_anything_personal(
    staffed: Api, linked: Linked, telegram: Telegram
) -> None:
    phone = linked()
    marked = {"name": "Zzmark Khatun", "own_words": ["zzmark"], "flags": ["help_now"]}
    reference = refer(staffed, **marked)
    message = phone.hears()
    assert message.text.splitlines() == [
        f"New referral {reference}",
        "GP practice: Albion Road Surgery",
        "Marked urgent: please read it today.",
    ]
    assert message.choices == [f"accept:{reference}", OPEN.format(reference)]
    assert "zzmark" not in str(telegram.server.calls).lower()
    assert staffed.next_notice()[0].reference == reference  # the e-mail goes as well
    assert telegram.faults() == []


def test_accepting_with_a_press(staffed: Api, linked: Linked, telegram: Telegram) -> None:
    phone = linked()
    reference = refer(staffed)
    message = phone.hears()
    assert phone.presses(f"accept:{reference}").startswith(ACCEPTED)
    edited = phone.hears(("edit",))
    assert edited.text.startswith(f"New referral {reference}\nGP practice: Albion Road Surgery")
    assert ACCEPTED in edited.text
    assert edited.choices == [OPEN.format(reference)]
    assert sql(staffed, "SELECT status FROM referral") == [("accepted",)]
    actor = "SELECT actor FROM audit WHERE action = 'referral.accepted'"
    assert sql(staffed, actor) == [("staff:1",)]

    again = phone.presses(f"accept:{reference}", message)
    assert again == "You have accepted it already."
    assert len(sql(staffed, "SELECT id FROM referral_status_change")) == 3
    assert telegram.faults() == []


def test_accepting_on_the_page_first(staffed: Api, linked: Linked) -> None:
    phone = linked()
    reference = refer(staffed)
    phone.hears()
    staffed.run(accept, staffed.desk, staffed.asker(AMINA), reference)
    assert phone.presses(f"accept:{reference}") == "You have accepted it already."


def test_a_press_after_it_went_to_somebody_else(staffed: Api, linked: Linked) -> None:
    phone = linked()
    reference = refer(staffed)
    phone.hears()
    sql(staffed, "UPDATE referral SET assigned_to = :who", who=BRENDAN)
    assert phone.presses(f"accept:{reference}") == (
        "It is with Brendan. There is nothing for you to do."
    )
    assert "It is with Brendan." in phone.hears(("edit",)).text
    assert sql(staffed, "SELECT status FROM referral") == [("assigned",)]


def test_a_press_after_it_left_their_practice(staffed: Api, linked: Linked) -> None:
    phone = linked()
    reference = refer(staffed)
    phone.hears()
    sql(staffed, "UPDATE referral SET assigned_to = 3, practice = 'F84003'")
    assert phone.presses(f"accept:{reference}") == words.NOT_YOURS


def test_a_press_after_it_was_withdrawn(staffed: Api, linked: Linked) -> None:
    phone = linked()
    reference = refer(staffed)
    phone.hears()
    change = move(Status.ASSIGNED, Status.WITHDRAWN, author="conversation", at=staffed.clock())
    staffed.write(lambda c: referrals.moved(c, 1, change))
    assert "no longer want this" in phone.presses(f"accept:{reference}")


def test_a_press_of_somebody_who_is_linked_no_more(staffed: Api, linked: Linked) -> None:
    phone = linked()
    reference = refer(staffed)
    phone.hears()
    staffed.run(linking.unlink, staffed.desk, staffed.asker(AMINA))
    assert phone.presses(f"accept:{reference}") == words.NEUTRAL
    assert sql(staffed, "SELECT status FROM referral") == [("assigned",)]


def test_a_coordinator_hears_of_what_nobody_has(staffed: Api, linked: Linked) -> None:
    phone = linked(KOFI)
    reference = refer(staffed, practice=None, practice_code="unknown")
    message = phone.hears()
    assert message.text.startswith(f"Nobody has this referral yet: {reference}")
    assert "We do not know the GP practice yet." in message.text
    assert message.choices == [OPEN.format(reference)]


def test_what_comes_in_quiet_hours_is_one_message_at_their_end(
    staffed: Api, linked: Linked
) -> None:
    phone = linked()
    staffed.clock.move(hours=10)  # 19:30
    first, urgent = refer(staffed), refer(staffed, flags=["help_now"])
    for _ in range(2):
        staffed.next_notice()  # e-mails go at any hour
    until(staffed, lambda: len(sql(staffed, HELD)) == 2)
    staffed.clock.move(hours=12, minutes=30)
    message = phone.hears()
    assert message.text.splitlines() == [
        "While it was quiet, this came:",
        f"• New referral {urgent}, Albion Road Surgery (marked urgent)",
        f"• New referral {first}, Albion Road Surgery",
    ]
    assert message.choices == ["http://127.0.0.1:8000/staff/"]
    until(staffed, lambda: sql(staffed, HELD) == [])


def test_what_was_settled_meanwhile_is_not_told(staffed: Api, linked: Linked) -> None:
    phone = linked()
    staffed.clock.move(hours=10)
    done, left = refer(staffed), refer(staffed)
    until(staffed, lambda: len(sql(staffed, HELD)) == 2)
    staffed.run(accept, staffed.desk, staffed.asker(AMINA), done)
    staffed.clock.move(hours=12, minutes=30)
    message = phone.hears()
    assert message.text.startswith(f"New referral {left}")
    assert message.choices[0] == f"accept:{left}"


def test_whoever_ends_their_quiet_hours_hears_at_once(staffed: Api, linked: Linked) -> None:
    phone = linked()
    staffed.clock.move(hours=10)
    reference = refer(staffed)
    until(staffed, lambda: len(sql(staffed, HELD)) == 1)
    choose(staffed, Choices(silence=NONE))
    assert phone.hears().text.startswith(f"New referral {reference}")


def test_whoever_wants_it_hears_of_the_urgent_at_once(staffed: Api, linked: Linked) -> None:
    phone = linked()
    choose(staffed, Choices(urgent_through=True))
    staffed.clock.move(hours=10)
    refer(staffed)
    urgent = refer(staffed, flags=["help_now"])
    assert phone.hears().text.startswith(f"New referral {urgent}")


def test_the_summary_of_the_day(staffed: Api, linked: Linked, telegram: Telegram) -> None:
    phone = linked()
    choose(staffed, Choices(digest=time(9, 45), silence=NONE))
    refer(staffed, own_words=["hello"], language="en")
    refer(staffed, flags=["help_now"])
    phone.hears()
    phone.hears()
    staffed.clock.move(minutes=16)
    ask(staffed, "chat_digests")
    message = phone.hears()
    assert message.text.splitlines() == [
        "Waiting for you today:",
        "• 2 referrals to accept, 1 marked urgent",
        "• 1 text to read",
    ]
    assert message.choices[1] == "http://127.0.0.1:8000/staff/texts"
    ask(staffed, "chat_digests")  # once a day
    assert phone.says("/digest") == message.text
    assert telegram.faults() == []


def test_whoever_blocks_the_bot_is_unlinked(staffed: Api, linked: Linked) -> None:
    phone = linked()
    telegram_blocked = phone.person.chat
    telegram_blocked.blocked = True  # before Telegram could tell us
    refer(staffed)
    assert staffed.next_notice()[1].staff_id == AMINA
    refer(staffed)
    staffed.next_notice()
    ended = "SELECT ended FROM telegram_choice"
    until(staffed, lambda: sql(staffed, ended) == [("blocked",)])
    assert sql(staffed, "SELECT * FROM telegram_link") == []
    actor = "SELECT actor FROM audit WHERE action = 'telegram.unlinked'"
    assert sql(staffed, actor) == [("system:staff-bot",)]


def test_telegram_says_who_has_blocked_us(staffed: Api, linked: Linked) -> None:
    phone = linked()
    phone.blocks()
    until(staffed, lambda: sql(staffed, "SELECT * FROM telegram_link") == [])


def test_what_telegram_could_not_take_comes_later_and_the_e_mail_once(
    staffed: Api, linked: Linked, telegram: Telegram
) -> None:
    phone = linked()
    telegram.server.fail("sendMessage", "500")
    reference = refer(staffed)
    staffed.next_notice()
    until(staffed, lambda: len(telegram.server.called("sendMessage")) == 2)
    put_off = "SELECT id FROM job WHERE kind = 'tell_chat' AND lease_token IS NULL"
    until(staffed, lambda: sql(staffed, put_off) != [])
    staffed.clock.move(minutes=2)
    assert phone.hears().text.startswith(f"New referral {reference}")
    assert staffed.told.empty()


def test_an_e_mail_that_fails_does_not_repeat_the_message(
    staffed: Api, linked: Linked, telegram: Telegram
) -> None:
    phone = linked()
    refer(staffed)
    phone.hears()

    async def refuse(_notice: Notice, _to: Recipient) -> None:
        raise LaterError(60)

    (job,) = sql(staffed, "SELECT id FROM job WHERE kind = 'notify_prescriber'")
    again = Job(int(job[0]), "notify_prescriber", "", {"referral": 1, "staff": AMINA}, 1)
    for _ in range(2):
        with pytest.raises(LaterError):
            staffed.run(notifying.handlers(staffed.desk, refuse)["notify_prescriber"], again)
    assert len(sql(staffed, "SELECT id FROM job WHERE kind = 'tell_chat'")) == 1
    assert len(telegram.server.called("sendMessage")) == 2  # the welcome and the referral
