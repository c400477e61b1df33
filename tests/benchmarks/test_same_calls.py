"""What is compared does the same: the floor makes the very calls that Doorway makes."""

import pytest

from benchmarks.floor import Floor
from benchmarks.script import Turn
from benchmarks.storeless import Storeless, recorded
from benchmarks.telegram import Call, Telegram, no_network
from benchmarks.turn import UnequalCallsError, see_the_same_calls


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_the_floor_makes_the_same_calls(language: str) -> None:
    telegram = Telegram()
    with no_network(telegram):
        talk = await recorded(telegram, language)
        ours, floor = Storeless(), Floor()
        await see_the_same_calls(telegram, ours, floor, [talk])

        other = Turn(talk[0].update, (Call("answerCallbackQuery", {"callback_query_id": "1"}),))
        with pytest.raises(UnequalCallsError):
            await see_the_same_calls(telegram, ours, floor, [(other, *talk[1:])])
        await ours.close()
        await floor.close()

    assert len(talk) == 14
    assert {call.method for turn in talk for call in turn.calls} == {
        "answerCallbackQuery",
        "editMessageReplyMarkup",
        "editMessageText",
        "sendMessage",
        "setMyCommands",
    }


async def test_no_two_updates_are_alike_in_a_replay() -> None:
    telegram = Telegram()
    with no_network(telegram):
        talk = await recorded(telegram, "en")

    assert talk[0].fresh().update != talk[0].fresh().update
