"""What is told to somebody who has no talk yet: the first words, and the privacy notice."""

from collections.abc import Callable

from bot.dialogue import engine
from bot.dialogue.effects import Say
from bot.dialogue.inbound import Command
from bot.dialogue.privacy import privacy_notice
from bot.dialogue.session import Session
from bot.dialogue.world import Scene, World
from bot.ports import Outgoing
from bot.translation import Translator
from common.contract.choices import Channel
from common.runtime.clock import Clock


class Lobby:
    """Asks the dialogue what it would say, and keeps nothing of it."""

    def __init__(self, translator: Translator, world: Callable[[], World], clock: Clock) -> None:
        self._translator = translator
        self._world = world
        self._clock = clock

    def first_words(self, hint: str, start: str) -> list[Outgoing]:
        """What a newcomer to a page is told, by the browser's language and a poster's payload."""
        session = Session("newcomer", Channel.WEBCHAT, hint)
        turn = engine.advance(session, Command("start", start), self._clock(), self._world())
        said = (one for one in turn.effects if isinstance(one, Say))
        return [self._translator.render(one, turn.session.language or hint) for one in said]

    def privacy(self, language: str) -> list[str]:
        """The privacy notice's paragraphs as HTML."""
        # A page is read by people of every channel, so it tells what is so on any of them.
        session = Session("privacy", Channel.TELEGRAM, language)
        scene = Scene(session, self._world(), self._clock())
        return [self._translator.html(one, language) for one in privacy_notice(scene)]
