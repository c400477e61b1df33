"""Has the listener hear a text, for no longer than a person may be kept waiting."""

import asyncio
from dataclasses import replace

from bot.dialogue.inbound import Media, Signals, Text
from bot.ports import Listener
from common.runtime import logs

log = logs.get(__name__)


async def heard(
    listener: Listener, inbound: Text | Media, language: str, seconds: float
) -> Text | Media:
    """The inbound with the signals in its text or caption."""
    text = inbound.text if isinstance(inbound, Text) else inbound.caption
    if not text:
        return inbound
    return replace(inbound, signals=await _signals(listener, text, language, seconds))


async def _signals(listener: Listener, text: str, language: str, seconds: float) -> Signals:
    try:
        async with asyncio.timeout(seconds):
            return await listener.hear(text, language)
    except Exception:
        log.exception("listener.failed")  # nobody is kept waiting for it
        return Signals()
