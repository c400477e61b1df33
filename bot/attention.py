"""What an inbound means beyond itself: what the listener hears, and which question was pressed."""

import asyncio

from bot.dialogue.inbound import Inbound, Media, Press, Signals, Text
from bot.dialogue.session import Session
from bot.dialogue.values import replace
from bot.ports import Arrival, Listener, Store
from common.runtime import logs

log = logs.get(__name__)

_MOVING = frozenset({"back", "skip"})
_OLD_BUTTON = Press("", "")


async def heard(listener: Listener, inbound: Text | Media, seconds: float) -> Text | Media:
    """The inbound with the signals in its text or caption."""
    text = inbound.text if isinstance(inbound, Text) else inbound.caption
    if not text:
        return inbound
    return replace(inbound, signals=await _signals(listener, text, seconds))


async def _signals(listener: Listener, text: str, seconds: float) -> Signals:
    try:
        async with asyncio.timeout(seconds):
            return await listener.hear(text)
    except Exception:
        log.exception("listener.failed")  # nobody is kept waiting for it
        return Signals()


async def question_pressed(store: Store, conversation: str, arrival: Arrival) -> str:
    """The question under which a pressed Back or Skip stood; empty when that is not known."""
    press = arrival.inbound
    if not isinstance(press, Press) or press.step != "do" or press.value not in _MOVING:
        return ""
    if arrival.question:
        return arrival.question
    sent = await store.messages(conversation)
    return next((one.question for one in sent if one.message == arrival.pressed), "")


def in_its_place(inbound: Inbound, question: str, session: Session) -> Inbound:
    """The inbound; but a Back or Skip of a question that is over moves nothing.

    These two stand under every question, so a second tap on Skip would leave out the next one,
    which nobody has read yet.
    """
    return inbound if question in {"", session.step} else _OLD_BUTTON
