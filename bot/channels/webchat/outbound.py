"""Does on the page what the dialogue wants done: lines are added, redrawn, closed, cleared."""

from collections.abc import Awaitable, Callable, Mapping

from bot.channels.webchat.bells import Bells
from bot.ports import Messages, Outgoing, SendError
from bot.talks import Lines

_Verb = Callable[[str, Outgoing], Awaitable[None]]


class WebSender:
    """The Sender port: the page is our own, so sending is writing down, and ringing."""

    def __init__(self, talks: Lines, bells: Bells) -> None:
        self._talks = talks
        self._bells = bells
        self._verbs: Mapping[str, _Verb] = {
            "say": self._talks.say,
            "play": self._talks.say,
            "redraw": self._talks.redraw,
            "close": self._close,
            "answer": self._answer,
            "erase": self._erase,
            "tidy": self._tidy,
            # A page has no button that shares a number, no menu of commands to register, and
            # shows its language as soon as something is said in it.
            "ask_contact": _nothing,
            "drop_contact": self._drop_contact,
            "commands": _nothing,
        }

    async def send(self, conversation: str, outgoing: Outgoing, known: Messages) -> None:  # noqa: ARG002 a page has its lines
        """Do one outgoing thing.

        Raises:
            SendError: it is nothing that a page can do.
        """
        verb = self._verbs.get(outgoing.verb)
        if verb is None:
            raise SendError("this is nothing for a page", permanent=True)
        await verb(conversation, outgoing)
        self._bells.ring(conversation)

    async def _close(self, conversation: str, _: Outgoing) -> None:
        await self._talks.close(conversation)

    async def _answer(self, conversation: str, outgoing: Outgoing) -> None:
        """The person's line has had its turn; a notice becomes a line below it."""
        if outgoing.callback:
            await self._talks.take_up(conversation, outgoing.callback)
        if outgoing.label:
            await self._talks.say(conversation, outgoing)

    async def _erase(self, conversation: str, _: Outgoing) -> None:
        await self._talks.clear(conversation)

    async def _tidy(self, conversation: str, _: Outgoing) -> None:
        await self._talks.clear(conversation, keep_open=True)

    async def _drop_contact(self, conversation: str, outgoing: Outgoing) -> None:
        await self._talks.say(conversation, outgoing)


async def _nothing(_: str, __: Outgoing) -> None:
    """Nothing to do on a page."""
