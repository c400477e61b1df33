"""One preview: the real dialogue and the real words, on a stage with nobody behind it."""

from dataclasses import dataclass
from datetime import datetime

from bot.attention import heard, in_its_place
from bot.channels.webchat.bells import Bells
from bot.channels.webchat.outbound import WebSender
from bot.dialogue.effects import Effect
from bot.dialogue.engine import Turn, advance
from bot.dialogue.inbound import Inbound, Media, Text
from bot.dialogue.session import Session
from bot.dialogue.world import World
from bot.outcome import outgoings
from bot.ports import Arrival, Listener
from bot.preview.opening import consequences, opened
from bot.preview.page import MemoryPage
from bot.storage.memory import MemoryStore
from bot.translation import Translator
from common.contract.languages import SOURCE_LANGUAGE
from common.runtime.clock import Clock

LISTEN = 2.0  # seconds, as for residents
MOST_CONSEQUENCES = 5  # of one thing done
_HERE = "webchat:preview"


@dataclass(frozen=True)
class Props:
    """What a stage stands on. `world` has the very words of `translator`."""

    translator: Translator
    world: World
    listener: Listener
    clock: Clock


class Stage:
    """A talk that nobody has: it is turned as any other, and kept nowhere but here."""

    def __init__(self, props: Props, language: str, step: str) -> None:
        self.props = props
        self.language = language
        self.step = step
        self.page = MemoryPage()
        self._sender = WebSender(self.page, Bells())
        self._known = MemoryStore(props.clock)
        self._session = Session("preview")

    async def begin(self) -> None:
        """Show the step."""
        now = self.props.clock()
        turn = opened(self.step, self.language, now, self.props.world)
        self._session = turn.session
        await self._show(turn.effects)

    async def take(self, arrival: Arrival, mine: str) -> None:
        """Take what was pressed or typed; `mine` is the person's own line, if there is one."""
        if mine:
            self.page.mine(mine)
        inbound = in_its_place(arrival.inbound, arrival.question, self._session)
        if isinstance(inbound, Text | Media):
            inbound = await heard(self.props.listener, inbound, LISTEN)
        await self._turn(inbound, arrival.callback)

    async def _turn(self, inbound: Inbound, callback: str) -> None:
        waiting = [inbound]
        for _ in range(MOST_CONSEQUENCES):
            if not waiting:
                return
            turn = advance(self._session, waiting.pop(0), self._now, self.props.world)
            self._session = _kept(turn, self.language)
            await self._show(turn.effects, callback)
            waiting += consequences(turn)
            callback = ""

    @property
    def _now(self) -> datetime:
        return self.props.clock()

    async def _show(self, effects: tuple[Effect, ...], callback: str = "") -> None:
        language = self._session.language or SOURCE_LANGUAGE
        for outgoing in outgoings(self.props.translator, callback, effects, language):
            await self._sender.send(_HERE, outgoing, self._known)


def _kept(turn: Turn, language: str) -> Session:
    return Session("preview", turn.session.channel, language) if turn.forget else turn.session
