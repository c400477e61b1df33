"""So many previews are held, and no more."""

from bot.preview.room import Room
from bot.preview.stage import Props, Stage
from bot.vocabulary import Shipped, Vocabulary
from tests.support.world import LOCALES, NOON, translator, world


def stage() -> Stage:
    listener = Vocabulary(Shipped.load(LOCALES), lambda: NOON)
    return Stage(Props(translator(), world(), listener, lambda: NOON), "en", "who_for")


def test_the_oldest_goes_when_there_are_too_many() -> None:
    room, one = Room(lambda: NOON, most=2), stage()
    for token in ("first", "second", "third"):
        room.hold(token, one, "secret", "https://staff.example")
    assert len(room) == 2
    assert room.find("first") is None
    held = room.find("third")
    assert held is not None
    assert held.stage is one
