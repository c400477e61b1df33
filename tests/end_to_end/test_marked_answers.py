"""What people say is found with the prescriber and nowhere else, however much goes wrong."""

from typing import Any

import httpx2
import pytest

from tests.end_to_end.conftest import OpenHouse
from tests.end_to_end.marked import metrics_of, no_mark_is_left
from tests.end_to_end.marks import BENGALI, ENGLISH, Marks, found_in, found_in_files
from tests.end_to_end.talk import PRACTICE, REVIEW, TO_THE_PRACTICE, Script, Talk, arriving
from tests.end_to_end.visitor import browser, opened
from tests.support.house import SECRET, TOKEN, House, until

INTAKE = "/v1/referrals"
PRESCRIBER = f"prescriber.{PRACTICE.lower()}@example.org"
ALONE: Script = (("welcome=yes", "who_for"), ("who_for=me", "safe_now"))
SKIPPED = (
    *("safe_voicemail", "safe_text", "who_answers", "best_time", "call_language"),
    *("interpreter", "worker_gender", "access_needs", "review"),
)


def for_another(marks: Marks) -> Script:
    """Everything that can be typed, for somebody else, with what nobody asked for between."""
    return (
        *arriving(marks.language),
        ("welcome=yes", "who_for"),
        # Half of a surrogate pair, as Telegram may hand on what an app has cut in two.
        (f"{marks.stray} \ud800", "who_for"),
        ("who_for=other", "helper_name"),
        (marks.helper, "helper_relation"),
        ("helper_relation=friend", "safe_now"),
        ("safe_now=safe", "postcode"),
        (marks.stray, "postcode"),
        ("E1 4DG", "practice"),
        (marks.practice, "practice"),
        *TO_THE_PRACTICE[1:],
        (marks.concern, "concerns"),
        ("concerns=done", "name"),
        (marks.name, "date_of_birth"),
        (marks.stray, "date_of_birth"),
        (marks.birth, "phone"),
        (marks.phone, "send_now"),
        ("send_now=more", "own_words"),
        (marks.own, "name_to_use"),
        (marks.to_use, "safe_call"),
        ("safe_call=yes", SKIPPED[0]),
        *(("do=skip", after) for after in SKIPPED[1:]),
    )


def without_a_phone(marks: Marks) -> Script:
    """The way to be reached that is typed when there is no phone."""
    return (
        *arriving(marks.language),
        *ALONE,
        ("safe_now=safe", "postcode"),
        *TO_THE_PRACTICE,
        (marks.concern, "concerns"),
        ("concerns=done", "name"),
        (marks.name, "date_of_birth"),
        (marks.birth, "phone"),
        ("phone=no_phone", "other_contact"),
        ("other_contact=email", "other_detail"),
        (marks.mail, "send_now"),
        *REVIEW,
    )


@pytest.mark.parametrize("marks", [ENGLISH, BENGALI], ids=["en by polling", "bn by webhook"])
async def test_no_mark_is_left_anywhere(
    open_house: OpenHouse, marks: Marks, capfd: pytest.CaptureFixture[str]
) -> None:
    async with open_house(webhook=marks is BENGALI) as house:
        first = await helped_by_a_friend(house, marks)
        second = await reached_by_mail(house, marks)
        blocked = await blocks_the_bot(house, marks)
        await knock_at_the_api(house, marks, first)
        if house.webhook:
            await knock_at_the_bot(house, marks)
        metrics = await metrics_of(house)
        await read_by_the_prescriber(house, marks, first)
        await house.bot.close()
        await house.api.close()

        for number in (1001, 1002):
            session = await house.session(number)
            assert session is not None
            assert (dict(session.answers), session.reference != "") == ({}, True)
        draft = await house.session(blocked)
        assert draft is not None
        assert found_in(draft.dump(), marks)  # not sent yet, so it is there, and sealed
        assert list(house.referrals()) == [first, second]
        check_rows(house)
        no_mark_is_left(house, marks, metrics, "".join(capfd.readouterr()))


async def helped_by_a_friend(house: House, marks: Marks) -> str:
    """The long way, with Telegram, the api's database and the post failing on it."""
    talk = Talk(house.telegram.person(1001, marks.language), marks.language)
    script = for_another(marks)
    await talk.walk(script[:3])
    house.telegram.fail("sendMessage", "429", retry_after=1)
    await talk.walk(script[3:6])
    house.telegram.fail("sendMessage", "500")
    await talk.walk(script[6:])
    assert set(marks.told) <= set(found_in(" ".join(talk.said), marks))
    assert found_in_files(house.folder, marks) == []  # in the middle of it all
    await talk.person.edit(talk.person.history[-2], marks.stray)
    await talk.asked("review")
    await talk.person.send_media("photo", [{"file_id": "x"}], caption=marks.stray)
    await talk.asked("review")
    house.break_store()
    house.post.data_reply = f"451 4.3.0 try later, {marks.mail}"
    await talk.do("review=send")
    await house.api.door.answered(INTAKE)
    await house.put_off("bot", "deliver")
    house.mend_store()
    house.clock.move(minutes=1)
    await talk.asked("sent")
    await house.post.replied(1)
    await house.put_off("api", "notify_prescriber")
    house.post.data_reply = ""
    house.clock.move(minutes=2)
    await house.post.replied(2)
    return await talk.reference()


async def reached_by_mail(house: House, marks: Marks) -> str:
    """The short way without a phone; the letter about it is refused for good."""
    talk = Talk(house.telegram.person(1002, marks.language), marks.language)
    await talk.walk(without_a_phone(marks))
    assert marks.mail in found_in(" ".join(talk.said), marks)
    house.post.data_reply = f"554 5.7.1 not this, {marks.mail}"
    await talk.do("review=send")
    await talk.asked("sent")
    await house.post.replied(3)
    return await talk.reference()


async def blocks_the_bot(house: House, marks: Marks) -> int:
    """Somebody who tells half and is gone: Telegram answers 403."""
    talk = Talk(house.telegram.person(1003, marks.language), marks.language)
    await talk.walk(for_another(marks)[:5])
    talk.person.chat.blocked = True
    await talk.do(marks.helper)
    await until(lambda: 403 in {one.status for one in house.telegram.calls})
    await talk.person.block()
    return talk.person.id


async def knock_at_the_api(house: House, marks: Marks, reference: str) -> None:
    """Requests that it refuses, with marks in every place that might be repeated."""
    body: dict[str, Any] = {
        "conversation_id": "conversation-1",
        "channel": "telegram",
        "language": marks.language,
        "name": marks.name,
        "date_of_birth": marks.birth,
        "concerns": [marks.concern],
        "contact": {"phone": marks.stray, marks.own: 1},
        marks.stray: marks.stray,
    }
    headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "key-00000001"}
    mine = {**headers, "X-Conversation-Id": "conversation-1"}
    async with httpx2.AsyncClient(base_url=house.api.url, trust_env=False) as client:
        answers = [
            await client.post(INTAKE, json=body, headers=headers),
            await client.post(INTAKE, json=body),
            await client.post(INTAKE, content=marks.own.encode() * 90_000, headers=headers),
            await client.post(INTAKE, content=f"{{{marks.own}".encode(), headers=headers),
            await client.post(f"{INTAKE}/{reference}/corrections", json=body, headers=mine),
        ]
    assert [one.status_code for one in answers] == [422, 401, 413, 422, 422]


async def knock_at_the_bot(house: House, marks: Marks) -> None:
    """Updates from somebody who is not Telegram, or that are none."""
    address, right = "/telegram/webhook", {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with httpx2.AsyncClient(base_url=house.bot.url, trust_env=False) as client:
        answers = [
            await client.post(address, json={"message": {"text": marks.own}}),
            await client.post(address, content=f"{{{marks.own}".encode(), headers=right),
            await client.post(address, content=marks.own.encode() * 9_000, headers=right),
            await client.post(address, json={"message": {"text": {marks.own: 1}}}, headers=right),
        ]
    assert [one.status_code for one in answers] == [401, 400, 413, 200]


async def read_by_the_prescriber(house: House, marks: Marks, reference: str) -> None:
    """There, and only there, it all stands."""
    async with browser(house.api.url) as client:
        page = await opened(client, f"/staff/referrals/{reference}", PRESCRIBER, house.clock())
    escaped = marks.own.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for shown in (*marks.told[:-1], escaped, "+447911284637", "17 September 1953"):
        assert shown in page.text


def check_rows(house: House) -> None:
    """Turns that were taken and jobs that were done have kept nothing of what they were about."""
    assert house.rows("bot", "SELECT count(*) FROM inbox WHERE length(body) > 0") == [(0,)]
    for side, waiting in (("bot", "tick"), ("api", "look_for_still")):
        kept = house.rows(
            side,
            "SELECT kind FROM job WHERE payload IS NOT NULL AND dead_at IS NULL AND kind <> :tick",
            tick=waiting,
        )
        assert kept == []
