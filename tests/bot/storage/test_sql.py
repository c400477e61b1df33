"""What is particular to the store on a file: nobody reads a conversation in it."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from bot.dialogue.session import Session
from bot.ports import Received, SentMessage, TurnResult
from common.runtime.jobs import JobRequest
from tests.support.bot_stores import SqlHouse

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MARKS = ("telegram:48151623", "48151623", "ZebraName", "ZebraWords", "ZebraSaid")
ALICE = MARKS[0]
RECEIVED = Received("telegram", "7", ALICE, {"text": "ZebraWords"}, NOW)


def everything_on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


async def test_the_files_hold_nothing_that_was_said_nor_by_whom(tmp_path: Path) -> None:
    house = SqlHouse(f"sqlite:///{tmp_path}/bot.sqlite3", lambda: NOW)
    await house.store.receive([RECEIVED])
    waiting = await house.store.oldest(ALICE)
    assert waiting is not None
    session = Session("s1", answers={"name": "ZebraName"})
    job = JobRequest("send", {"conversation": ALICE, "html": "ZebraSaid"}, lane=ALICE)
    result = TurnResult(session, (job,), (SentMessage("5", NOW),))
    await house.store.turn(waiting, lambda _: result)
    await house.store.receive([Received("telegram", "8", ALICE, {"text": "ZebraWords"}, NOW)])
    while_open = everything_on_disk(tmp_path)
    await house.close()
    for mark in MARKS:
        assert mark.encode() not in while_open + everything_on_disk(tmp_path), mark
    assert b"send" in while_open


async def test_a_turn_erases_what_arrived(tmp_path: Path) -> None:
    house = SqlHouse(f"sqlite:///{tmp_path}/bot.sqlite3", lambda: NOW)
    await house.store.receive([RECEIVED])
    waiting = await house.store.oldest(ALICE)
    assert waiting is not None
    await house.store.turn(waiting, lambda _: TurnResult(Session("s1")))
    await house.close()
    with sqlite3.connect(tmp_path / "bot.sqlite3") as connection:
        rows = connection.execute("SELECT body, done_at IS NULL FROM inbox").fetchall()
    connection.close()
    assert rows == [(b"", 0)]


async def test_jobs_of_one_conversation_share_a_lane_that_tells_nothing(tmp_path: Path) -> None:
    house = SqlHouse(f"sqlite:///{tmp_path}/bot.sqlite3", lambda: NOW)
    await house.store.receive([RECEIVED])
    waiting = await house.store.oldest(ALICE)
    assert waiting is not None
    jobs = tuple(JobRequest("send", {}, lane=lane) for lane in (ALICE, ALICE, "other", ""))
    await house.store.turn(waiting, lambda _: TurnResult(Session("s1"), jobs))
    await house.close()
    with sqlite3.connect(tmp_path / "bot.sqlite3") as connection:
        lanes = [lane for (lane,) in connection.execute("SELECT lane FROM job ORDER BY id")]
    connection.close()
    assert lanes[0] == lanes[1] != lanes[2]
    assert lanes[3] == ""


async def test_what_no_key_opens_is_left_alone_and_holds_up_nobody(tmp_path: Path) -> None:
    house = SqlHouse(f"sqlite:///{tmp_path}/bot.sqlite3", lambda: NOW)
    await house.store.receive([RECEIVED])
    with sqlite3.connect(tmp_path / "bot.sqlite3") as connection:
        connection.execute("UPDATE inbox SET body = zeroblob(64)")
    connection.close()
    await house.store.receive([Received("telegram", "8", "telegram:2", {}, NOW)])
    assert await house.store.waiting() == ["telegram:2"]
    await house.close()


async def test_half_of_a_surrogate_pair_keeps_nothing_from_being_stored(tmp_path: Path) -> None:
    house = SqlHouse(f"sqlite:///{tmp_path}/bot.sqlite3", lambda: NOW)
    cut = Received("telegram", "8", ALICE, {"text": "cut in two \ud83d"}, NOW)
    await house.store.receive([cut, Received("telegram", "9", "telegram:2", {}, NOW)])
    waiting = await house.store.oldest(ALICE)
    assert waiting is not None
    assert waiting.received == cut
    assert await house.store.waiting() == [ALICE, "telegram:2"]
    await house.close()
