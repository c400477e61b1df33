"""What is kept of the talks: each thing once, unreadable in the file, and not for ever."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from bot.envelopes import delivery_lane
from bot.storage.tables import BotTable
from bot.talks import Talk
from common.runtime.jobs import Job
from tests.support.clock import START
from tests.support.talks import ALICE, BOB, TalkPlace, asks, mine, shown, talk_place, tells


@pytest.fixture
async def place(store_url: str) -> AsyncIterator[TalkPlace]:
    async with talk_place(store_url) as found:
        yield found


async def test_the_same_update_twice_is_one_line_and_one_turn(place: TalkPlace) -> None:
    await place.talks.receive(*mine("a"))
    change = (await place.talks.read(ALICE)).change
    await place.talks.receive(*mine("a", "other words"))
    assert [shown(await place.talks.read(ALICE)), change] == [["a"], 1]
    await place.turn()
    await place.talks.receive(*mine("a"))
    assert await place.store.oldest(ALICE) is None
    assert (await place.talks.read(ALICE)).change == 1


async def test_it_is_settled_when_nothing_waits_and_nothing_is_on_its_way(place: TalkPlace) -> None:
    done: list[str] = []

    async def note(job: Job) -> None:
        done.append(job.lane)

    assert await place.talks.settled(ALICE)
    await place.talks.receive(*mine("a"))
    assert not await place.talks.settled(ALICE)
    assert await place.talks.settled(BOB)
    for lane in (ALICE, delivery_lane(ALICE)):
        await place.turn(lane)
        assert not await place.talks.settled(ALICE)
        await place.dispatcher.work_due({"send": note})
        assert await place.talks.settled(ALICE)
        await place.talks.receive(*mine(f"after {done[-1]}"))
    assert len(done) == 2


async def test_nothing_that_was_said_can_be_read_in_the_rows(place: TalkPlace) -> None:
    await place.talks.say(ALICE, asks("MARKED question"))
    await place.talks.receive(*mine("a", "MARKED answer 💬 \ud800"))
    assert shown(await place.talks.read(ALICE)) == ["MARKED question", "MARKED answer 💬 \ud800"]
    kept = await place.database.read(everything)
    assert "webchat" in kept
    assert [one for one in ("MARKED", "alice", "welcome") if one in kept] == []


def everything(connection: Connection) -> str:
    """All rows of all tables, as one text."""
    tables = BotTable.metadata.sorted_tables
    return repr([connection.execute(select(table)).all() for table in tables])


async def test_a_line_cannot_be_moved_to_another_talk(place: TalkPlace) -> None:
    await place.talks.say(ALICE, tells("of Alice"))
    await place.talks.say(BOB, tells("of Bob"))
    await place.database.write(
        lambda connection: connection.exec_driver_sql(
            "UPDATE line SET body = (SELECT body FROM line ORDER BY name LIMIT 1)"
        )
    )
    read = [await _outcome(place, one) for one in (ALICE, BOB)]
    assert sorted(read) in (["SealError", "of Alice"], ["SealError", "of Bob"])


async def _outcome(place: TalkPlace, conversation: str) -> str:
    try:
        return " ".join(shown(await place.talks.read(conversation)))
    except Exception as error:  # noqa: BLE001 which one is what is asked
        return type(error).__name__


async def test_old_talks_are_purged_with_their_lines_and_young_ones_stay(
    place: TalkPlace,
) -> None:
    for conversation in (ALICE, BOB):
        await place.talks.say(conversation, tells("old"))
    place.clock.move(days=1)
    await place.talks.say(BOB, tells("young"))
    await place.store.purge(START)
    assert shown(await place.talks.read(ALICE)) == ["old"]
    await place.store.purge(START + timedelta(seconds=1))
    assert await place.talks.read(ALICE, 1) == Talk()
    assert shown(await place.talks.read(BOB)) == ["old", "young"], "it goes on"
    kept = await place.database.read(
        lambda connection: connection.exec_driver_sql("SELECT count(*) FROM line").scalar()
    )
    assert kept == 2
