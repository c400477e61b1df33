"""How fast a page may be used. Leaving, and asking for help, is never refused.

Why these numbers: docs/limits.md.
"""

from fastapi import HTTPException
from starlette.requests import Request

from bot.channels.webchat import inbound
from bot.channels.webchat.arrivals import Arrived
from bot.channels.webchat.site import Site, Visit, visit
from bot.dialogue.inbound import is_for_safety
from common.runtime.addresses import network
from common.runtime.pace import Rate

OF_A_TALK = Rate("webchat-talk", 60)
OF_AN_ADDRESS = Rate("webchat-address", 3000)
NEW_TALKS = Rate("webchat-new-talks", 600)
STREAMS_OF_A_TALK = Rate("webchat-talk-streams", 60)
STREAMS_OF_AN_ADDRESS = Rate("webchat-address-streams", 3000)
LEAVING = Rate("webchat-leaving", 10)


async def wait_to_say(request: Request, visitor: Visit, arrived: Arrived, *, new: bool) -> int:
    """How many seconds to wait before this is taken; 0 when it is taken now."""
    last = arrived.received[-1]
    arrival = inbound.read(last.body)
    if arrival is not None and is_for_safety(arrival.inbound):
        return 0
    pace, address = visitor.site.pace, network(request)
    wait = await pace.take(OF_AN_ADDRESS, address)
    if new:
        return max(wait, await pace.take(NEW_TALKS, address))
    return max(wait, await pace.take(OF_A_TALK, visitor.conversation))


async def may_begin(visitor: Visit) -> bool:
    """Whether a poster's link may begin something in a talk that goes on already."""
    return not await visitor.site.pace.take(OF_A_TALK, visitor.conversation)


async def has_something_to_leave(visitor: Visit) -> bool:
    """Whether leaving is to be written down: always, but for a talk that is left over and over."""
    if not await visitor.site.pace.take(LEAVING, visitor.conversation):
        return True
    return bool((await visitor.site.talks.read(visitor.conversation)).lines)


async def refuse_too_many_streams(request: Request, site: Site) -> None:
    """Let a page follow its talk; many pages of many people may come from one address.

    Raises:
        HTTPException: 429, with the seconds to wait.
    """
    talk, address = visit(request, site).conversation, network(request)
    wait = await site.pace.take(STREAMS_OF_AN_ADDRESS, address)
    wait = max(wait, await site.pace.take(STREAMS_OF_A_TALK, talk))
    if wait:
        raise HTTPException(429, headers={"Retry-After": str(wait)})
