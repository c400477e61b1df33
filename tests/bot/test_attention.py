"""The listener is heard on every text; Back and Skip mean the question they stand under."""

from datetime import UTC, datetime

import pytest

from bot.attention import heard, in_its_place, question_pressed
from bot.dialogue.inbound import Media, MediaKind, Press, Signals, Text
from bot.dialogue.session import Session
from bot.ports import Arrival, SentMessage
from bot.storage.memory import MemoryStore
from tests.support.bot_fakes import FakeListener

URGENT = Signals(urgent=True)


async def test_a_caption_is_listened_to_like_a_text() -> None:
    listener = FakeListener({"help": URGENT})
    photo = Media(MediaKind.PHOTO, "help")
    assert await heard(listener, photo, 2) == Media(MediaKind.PHOTO, "help", URGENT)
    assert await heard(listener, Text("help", edited=True), 2) == Text("help", URGENT, True)  # noqa: FBT003 as declared


async def test_without_words_nobody_is_asked() -> None:
    listener = FakeListener()
    assert await heard(listener, Media(MediaKind.STICKER), 2) == Media(MediaKind.STICKER)
    assert listener.asked == []


@pytest.mark.parametrize(
    ("press", "pressed", "taken"),
    [
        (Press("do", "skip"), "7", False),
        (Press("do", "back"), "7", False),
        (Press("do", "skip"), "8", True),
        (Press("do", "skip"), "9", True),
        (Press("do", "urgent"), "7", True),
    ],
    ids=["old skip", "old back", "of the open question", "of a message long gone", "help"],
)
async def test_only_the_open_questions_back_and_skip_move(
    press: Press, pressed: str, *, taken: bool
) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    store, session = MemoryStore(lambda: now), Session("talk0000", step="postcode")
    for message, question in (("7", "safe_now"), ("8", "postcode")):
        await store.sent("telegram:1", SentMessage(message, now, question, has_buttons=True))
    question = await question_pressed(store, "telegram:1", Arrival(press, pressed=pressed))
    assert (in_its_place(press, question, session) == press) == taken
