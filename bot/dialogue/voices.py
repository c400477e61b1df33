"""Questions that can be heard: where there is a clip, in which languages, and what plays it."""

from bot.dialogue.effects import Button, Words
from bot.dialogue.world import Scene, World
from common.contract.languages import LANGUAGES, SOURCE_LANGUAGE, WRITTEN_AS

LISTEN = Words("general", "listen")
"""Drawn into the catalogues by `bot.translation`, among the words of every channel."""


def can_be_heard(scene: Scene, step: str) -> bool:
    """Whether this question has a clip in the language of the talk."""
    return (scene.session.language or SOURCE_LANGUAGE, step) in scene.world.voices


def listen_row(scene: Scene, step: str) -> tuple[Button, ...]:
    """The button for hearing this question, where it can be heard."""
    return (Button("do", "listen", LISTEN),) if can_be_heard(scene, step) else ()


def languages(world: World) -> tuple[str, ...]:
    """The languages to talk in, in their order.

    One that is hardly written is among them as soon as it can be heard; what is read then is the
    language that its speakers read.
    """
    written = world.lexicon.languages
    heard = {language for language, _ in world.voices}
    spoken = {one for one in heard if WRITTEN_AS.get(one) in written}
    return tuple(one.code for one in LANGUAGES if one.code in spoken or one.code in written)
