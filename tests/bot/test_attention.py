"""The listener is heard on every text, and on nothing else."""

from bot.attention import heard
from bot.dialogue.inbound import Media, MediaKind, Signals, Text
from tests.support.bot_fakes import FakeListener

URGENT = Signals(urgent=True)


async def test_a_caption_is_listened_to_like_a_text() -> None:
    listener = FakeListener({"help": URGENT})
    photo = Media(MediaKind.PHOTO, "help")
    assert await heard(listener, photo, "en", 2) == Media(MediaKind.PHOTO, "help", URGENT)
    assert await heard(listener, Text("help", edited=True), "en", 2) == Text("help", URGENT, True)  # noqa: FBT003 as declared


async def test_without_words_nobody_is_asked() -> None:
    listener = FakeListener()
    assert await heard(listener, Media(MediaKind.STICKER), "en", 2) == Media(MediaKind.STICKER)
    assert listener.asked == []
