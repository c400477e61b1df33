"""Rings here for what another process has written: with several, a page may hang on any of them."""

import asyncio
from collections.abc import Mapping

from bot.channels.webchat.bells import Bells
from bot.talks import Talks
from common.runtime import logs

LOOK_EVERY = 0.5  # seconds: how late a page learns of what another process has written

log = logs.get(__name__)


async def follow(talks: Talks, bells: Bells) -> None:
    """Look, until cancelled, at how far the talks have come that somebody looks at here.

    One question for all of them: the pages themselves would ask as often, each for itself.
    """
    known: Mapping[str, int] = {}
    while True:
        await asyncio.sleep(LOOK_EVERY)
        try:
            known = await look(talks, bells, known)
        except Exception:
            log.exception("talks.unreadable")  # the database may come back


async def look(talks: Talks, bells: Bells, known: Mapping[str, int]) -> Mapping[str, int]:
    """Ring for each talk that has come further than is known; gives how far they are now."""
    listened = bells.listened_to()
    changes = await talks.changes(listened) if listened else {}
    for conversation, change in changes.items():
        if known.get(conversation, change) != change:
            bells.ring(conversation)
    return changes
