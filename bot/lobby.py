"""What is told to somebody who has no talk yet: the first words, and the privacy notice."""

from collections.abc import Callable

from bot.dialogue import engine
from bot.dialogue.effects import Say
from bot.dialogue.inbound import Command
from bot.dialogue.privacy import privacy_notice
from bot.dialogue.session import Session
from bot.dialogue.world import Scene, World
from bot.outcome import Renderer
from bot.ports import Outgoing
from common.contract.choices import Channel
from common.runtime.clock import Clock


class Lobby:
    """Asks the dialogue what it would say, and keeps nothing of it."""

    def __init__(self, renderer: Renderer, world: Callable[[], World], clock: Clock) -> None:
        self._renderer = renderer
        self._world = world
        self._clock = clock

    def first_words(self, hint: str, start: str) -> list[Outgoing]:
        """What a newcomer to a page is told, by the browser's language and a poster's payload."""
        session = Session("newcomer", Channel.WEBCHAT, hint)
        turn = engine.advance(session, Command("start", start), self._clock(), self._world())
        said = (one for one in turn.effects if isinstance(one, Say))
        return [self._renderer.render(one, turn.session.language or hint) for one in said]

    def privacy(self, language: str) -> list[tuple[str, str]]:
        """The privacy notice's paragraphs as HTML, each with its language."""
        # A page is read by people of every channel, so it tells what is so on any of them.
        session = Session("privacy", Channel.TELEGRAM, language)
        scene = Scene(session, self._world(), self._clock())
        return self._renderer.render(Say(privacy_notice(scene)), language).paragraphs()
