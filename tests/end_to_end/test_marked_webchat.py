"""What people say on the page is on their own page and with the prescriber, and nowhere else."""

import httpx2
import pytest

from tests.end_to_end.conftest import OpenHouse
from tests.end_to_end.marked import metrics_of, no_mark_is_left
from tests.end_to_end.marks import BENGALI, ENGLISH, Marks, found_in, found_in_files
from tests.end_to_end.talk import Script
from tests.end_to_end.test_marked_answers import (
    check_rows,
    for_another,
    read_by_the_prescriber,
    without_a_phone,
)
from tests.end_to_end.test_webchat import SCRIPTED, arrived, looked, visiting
from tests.support.house import House, until
from tests.support.webvisitor import SAME_ORIGIN, Visitor

INTAKE = "/v1/referrals"


@pytest.mark.parametrize("marks", [ENGLISH, BENGALI], ids=["en", "bn"])
async def test_no_mark_is_left_anywhere(
    open_house: OpenHouse, marks: Marks, capfd: pytest.CaptureFixture[str]
) -> None:
    async with open_house() as house:
        first = await helped_by_a_friend(house, marks)
        second = await sent_while_the_api_is_away(house, marks)
        await left_half_way(house, marks)
        await knock(house, marks)
        metrics = await metrics_of(house)
        await read_by_the_prescriber(house, marks, first)
        await house.bot.close()
        await house.api.close()
        assert list(house.referrals()) == [first, second]
        check_rows(house)
        no_mark_is_left(house, marks, metrics, "".join(capfd.readouterr()))


async def done(visitor: Visitor, steps: Script) -> None:
    """Do what somebody does on Telegram, but for `/start`, which a page needs not."""
    await visitor.open()
    for did, _ in steps[1:]:
        await visitor.do(did.replace("\ud800", ""))


async def helped_by_a_friend(house: House, marks: Marks) -> str:
    """The long way, with the bot's and the api's database failing on it."""
    async with visiting(house) as visitor:
        steps = for_another(marks)
        await done(visitor, steps[:6])
        break_table(house, "inbox")
        form = visitor.page.box
        failed = await visitor.posted(form, text=marks.stray)
        assert failed.status_code == 500
        assert found_in(failed.text, marks) == []
        mend_table(house, "inbox")
        break_table(house, "line", "NEW.place > 0")
        await visitor.posted(form, SCRIPTED, text=marks.stray)
        await house.put_off("bot", "send")
        mend_table(house, "line")
        house.clock.move(minutes=1)
        await looked(visitor, lambda page: steps[6][0] in page.choices)  # asked again
        for did, _ in steps[6:]:
            await visitor.do(did)
        assert set(marks.told) <= set(found_in(visitor.page.text, marks))
        assert found_in_files(house.folder, marks) == []  # in the middle of it all
        house.break_store()
        await visitor.posted(
            visitor.page.form("press", "review=send"), SCRIPTED, press="review=send"
        )
        await house.api.door.answered(INTAKE)
        house.mend_store()
        house.clock.move(minutes=1)
        reference = await arrived(visitor)
        assert found_in(visitor.page.source, marks) == []
        return reference


async def sent_while_the_api_is_away(house: House, marks: Marks) -> str:
    """The short way without a phone."""
    async with visiting(house) as visitor:
        await done(visitor, without_a_phone(marks))
        await house.api.close()
        await visitor.posted(
            visitor.page.form("press", "review=send"), SCRIPTED, press="review=send"
        )
        await looked(visitor, lambda page: "review=send" not in page.choices)
        await house.put_off("bot", "deliver")
        await house.api.open()
        house.clock.move(minutes=5)
        return await arrived(visitor)


async def left_half_way(house: House, marks: Marks) -> None:
    """Somebody who tells much and leaves; the page that is closed then knows nothing."""
    async with visiting(house) as visitor:
        await done(visitor, without_a_phone(marks)[:-2])
        assert found_in(visitor.page.text, marks)
        for page in (await visitor.leave(), await visitor.open()):
            assert found_in(page.source, marks) == []
        await until(lambda: not house.rows("bot", "SELECT 1 FROM inbox WHERE done_at IS NULL"))


async def knock(house: House, marks: Marks) -> None:
    """What the page refuses, with marks in every place that might be repeated."""
    async with visiting(house) as visitor:
        await visitor.open()
        form, client = visitor.page.box, visitor.client
        cross = {"sec-fetch-site": "cross-site"}
        kept = [
            await visitor.posted(form, text=marks.own, token=marks.stray),
            await visitor.posted(form, cross, text=marks.own),
            await visitor.posted(form, text=marks.own * 400),
        ]
        assert [one.status_code for one in kept] == [403, 403, 422]  # each keeps the text
        told = [
            await visitor.posted(form, text=marks.own * 9_000),
            await client.post("/say", content=marks.own.encode(), headers=SAME_ORIGIN),
            await client.post("/say", files={marks.own: ("x", marks.own.encode())}),
            await client.get("/stream", headers={b"last-event-id": marks.helper.encode()}),
            await client.post(f"/{marks.helper.encode().hex()}", json={"text": marks.own}),
        ]
    assert [one.status_code for one in told] == [413, 403, 400, 422, 404]
    answers: list[httpx2.Response] = [told[0], *told[2:]]
    assert [found_in(one.text, marks) for one in answers] == [[], [], [], []]


def break_table(house: House, table: str, when: str = "1") -> None:
    """Let the bot's database refuse every new row of this table for which this is so."""
    house.rows(
        "bot",
        f"CREATE TRIGGER broken_{table} AFTER INSERT ON {table} WHEN {when} "
        "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    )


def mend_table(house: House, table: str) -> None:
    """Let it take them again."""
    house.rows("bot", f"DROP TRIGGER broken_{table}")
