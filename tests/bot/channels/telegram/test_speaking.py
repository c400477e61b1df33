"""A clip is uploaded to Telegram once, and sent by its name there from then on."""

from pathlib import Path

import pytest
from aiogram import Bot

from bot.channels.telegram.outbound import TelegramSender
from bot.ports import Outgoing, SendError
from bot.storage.memory import MemoryStore
from tests.bot.channels.telegram.stores import Sending
from tests.support.clock import MovedClock
from tests.support.sound import ogg_opus
from tests.support.voices import FewVoices
from tests.telegram_server.person import Person
from tests.telegram_server.server import TelegramServer

CHAT = "telegram:1001"
PLAY = Outgoing("play", label="🔊 Listen", clip="syl/postcode")


@pytest.fixture
def spoken(bot: Bot, store: MemoryStore, clock: MovedClock, tmp_path: Path) -> Sending:
    path = tmp_path / "abc.ogg"
    path.write_bytes(ogg_opus(2.0))
    return Sending(TelegramSender(bot, clock, FewVoices({"syl/postcode": path})), store)


def uploads(telegram: TelegramServer) -> list[bool]:
    """Of each call that was taken: whether it carried the file itself."""
    calls = (one for one in telegram.called("sendVoice") if one.status == 200)
    return [one.params["voice"].startswith("attach://") for one in calls]


async def test_the_bytes_travel_once(
    spoken: Sending, person: Person, telegram: TelegramServer, store: MemoryStore
) -> None:
    await spoken.send(CHAT, PLAY)
    await spoken.send(CHAT, PLAY)
    first, second = await person.wait_for(2)
    assert first.text == second.text
    assert uploads(telegram) == [True, False]
    noted = [one.message for one in await store.messages(CHAT)]
    assert noted == [str(first.id), str(second.id)], "so that /delete takes them too"


async def test_what_telegram_has_dropped_is_uploaded_again(
    spoken: Sending, person: Person, telegram: TelegramServer
) -> None:
    await spoken.send(CHAT, PLAY)
    telegram.methods.voices.clear()
    await spoken.send(CHAT, PLAY)
    assert len(await person.wait_for(2)) == 2
    assert uploads(telegram) == [True, True]


async def test_a_clip_that_has_gone_says_nothing(
    sender: Sending, telegram: TelegramServer, store: MemoryStore
) -> None:
    await sender.send(CHAT, PLAY)
    assert telegram.called("sendVoice") == []
    assert await store.messages(CHAT) == []


async def test_a_failure_is_tried_again_by_the_job(
    spoken: Sending, person: Person, telegram: TelegramServer
) -> None:
    telegram.fail("sendVoice", "500")
    with pytest.raises(SendError) as caught:
        await spoken.send(CHAT, PLAY)
    assert not caught.value.permanent
    await spoken.send(CHAT, PLAY)
    assert len(await person.wait_for(1)) == 1
