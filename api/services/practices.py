"""Finding a practice for those who have no directory of their own."""

from api.services.desk import Desk
from common.contract.practices import search
from common.contract.referral import PracticeHit, PracticeQuery


async def find_practices(desk: Desk, query: PracticeQuery) -> list[PracticeHit]:
    """The three that may be meant, best first; closed ones are found too, and say so."""
    directory = (await desk.directory.current()).directory
    return [
        PracticeHit(
            ods_code=match.practice.ods_code,
            name=match.practice.name,
            open=match.practice.open,
            score=match.score,
        )
        for match in search(query.query, directory.practices)
    ]
