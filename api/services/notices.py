"""What may be said of a referral to staff, wherever they are told of it."""

from api.domain.events import News, Notice
from api.domain.referral import Referral
from api.services.desk import Desk


async def notice(desk: Desk, found: Referral, news: News, mark: str = "") -> Notice:
    """All that may be said of it; `mark` tells one hand-over from another."""
    practice = (await desk.directory.current()).directory.practice(found.practice)
    return Notice(
        reference=found.reference,
        kind=found.kind.value,
        practice=practice.name if practice else "",
        urgent=found.is_urgent,
        because=found.assigned_because,
        link=f"{desk.public_url.rstrip('/')}/staff/referrals/{found.reference}",
        news=news,
        mark=mark,
    )
