"""The lines of a talk: their order, and what has changed in them."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.storage.talks import SqlTalks
from bot.talks import Talk
from tests.support.talks import ALICE, BOB, TalkPlace, asks, mine, shown, talk_place, tells


@pytest.fixture
async def place(store_url: str) -> AsyncIterator[TalkPlace]:
    async with talk_place(store_url) as found:
        yield found


async def test_nobody_has_a_talk_before_anything_was_said(place: TalkPlace) -> None:
    assert await place.talks.read(ALICE) == Talk((), 0, whole=True)


async def test_what_waits_stands_last_until_its_turn_gives_it_its_place(place: TalkPlace) -> None:
    await place.talks.say(ALICE, asks("first"))
    await place.talks.receive(*mine("a"))
    await place.talks.receive(*mine("b"))
    await place.talks.say(ALICE, tells("second"))
    talk = await place.talks.read(ALICE)
    assert shown(talk) == ["first", "second", "a", "b"]
    assert [one.place for one in talk.lines][2:] == [0, 0]
    await place.talks.take_up(ALICE, "a")
    await place.talks.say(ALICE, tells("third"))
    await place.restart()
    assert shown(await place.talks.read(ALICE)) == ["first", "second", "a", "third", "b"]
    await place.talks.take_up(ALICE, "b")
    await place.talks.take_up(ALICE, "a")  # its job was done twice
    assert shown(await place.talks.read(ALICE)) == ["first", "second", "a", "third", "b"]


async def test_every_change_has_a_greater_number_and_no_look_has(place: TalkPlace) -> None:
    async def change() -> int:
        assert await place.talks.read(ALICE) == await place.talks.read(ALICE)
        return (await place.talks.read(ALICE)).change

    numbers = [await change()]
    await place.talks.receive(*mine("a"))
    works: tuple[Callable[[SqlTalks], Awaitable[None]], ...] = (
        lambda talks: talks.say(ALICE, asks("one")),
        lambda talks: talks.take_up(ALICE, "a"),
        lambda talks: talks.redraw(ALICE, asks("one again")),
        lambda talks: talks.close(ALICE),
        lambda talks: talks.clear(ALICE, keep_open=True),
        lambda talks: talks.clear(ALICE),
    )
    for work in works:
        await work(place.talks)
        numbers.append(await change())
        await place.restart()
    assert numbers == sorted(set(numbers))
    await place.talks.close(ALICE)  # nothing was open, so nothing has changed
    await place.talks.take_up(ALICE, "unknown")
    assert await change() == numbers[-1]


async def test_only_what_changed_is_read_and_always_what_waits(place: TalkPlace) -> None:
    await place.talks.say(ALICE, tells("old"))
    await place.talks.say(ALICE, asks("open"))
    await place.talks.receive(*mine("a"))
    seen = await place.talks.read(ALICE)
    assert shown(await place.talks.read(ALICE, seen.change)) == ["a"]
    await place.talks.redraw(ALICE, asks("redrawn"))
    await place.talks.say(ALICE, tells("new"))
    await place.restart()
    changed = await place.talks.read(ALICE, seen.change)
    assert (shown(changed), changed.whole) == (["redrawn", "new", "a"], False)
    # It stands where it stood, under the name that a page knows it by.
    assert (changed.lines[0].name, changed.lines[0].place) == (seen.lines[1].name, 2)
    assert (await place.talks.read(ALICE, changed.change)).change == changed.change


async def test_after_a_clearing_all_is_told_anew_and_to_whom_knows_too_much(
    place: TalkPlace,
) -> None:
    await place.talks.say(ALICE, tells("old"))
    before = (await place.talks.read(ALICE)).change
    await place.talks.clear(ALICE)
    await place.talks.say(ALICE, tells("new"))
    for after in (0, before, 99, -1):
        talk = await place.talks.read(ALICE, after)
        assert (shown(talk), talk.whole) == (["new"], True)
    assert not (await place.talks.read(ALICE, before + 1)).whole


async def test_a_redrawing_without_an_open_line_is_a_new_line(place: TalkPlace) -> None:
    await place.talks.say(ALICE, tells("told"))
    await place.talks.redraw(ALICE, asks("asked"))
    talk = await place.talks.read(ALICE)
    assert [(one.said and one.said.html, one.is_open) for one in talk.lines] == [
        ("told", False),
        ("asked", True),
    ]


async def test_what_is_closed_cannot_be_pressed(place: TalkPlace) -> None:
    for _ in range(2):
        await place.talks.say(ALICE, asks("asked"))
    await place.talks.say(BOB, asks("asked"))
    await place.talks.close(ALICE)
    assert [one.is_open for one in (await place.talks.read(ALICE)).lines] == [False, False]
    assert [one.is_open for one in (await place.talks.read(BOB)).lines] == [True]


async def test_tidying_leaves_what_is_open_and_what_waits(place: TalkPlace) -> None:
    for said in (asks("answered"), tells("told")):
        await place.talks.say(ALICE, said)
        await place.talks.close(ALICE)
    await place.talks.say(ALICE, asks("open"))
    await place.talks.receive(*mine("a"))
    await place.talks.say(BOB, tells("of Bob"))
    await place.talks.clear(ALICE, keep_open=True)
    assert shown(await place.talks.read(ALICE)) == ["open", "a"]
    await place.talks.clear(ALICE)
    assert shown(await place.talks.read(ALICE)) == []
    assert shown(await place.talks.read(BOB)) == ["of Bob"]
