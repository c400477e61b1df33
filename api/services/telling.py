"""Telling staff in their chat: at once, at the end of their silent hours, or once a day."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from api.domain.ageing import WAITING
from api.domain.chat import ChatMessage
from api.domain.events import News
from api.domain.referral import Referral, Status
from api.domain.staff import Role, StaffAsker, StaffMember, SystemAsker
from api.notifications import chat
from api.persistence import digests, referrals, staff, telegram
from api.persistence.telegram import Chosen, Held
from api.services import linking, unread
from api.services.beside import TELL_CHAT, TELL_HELD, lane
from api.services.desk import Desk
from api.services.notices import notice
from api.services.working import is_worked, local
from common.runtime.jobs import Also, Handler, Job, JobRequest, LaterError, Periodic, PermanentError

DIGESTS, DIGEST = "chat_digests", "chat_digest"
PERIODIC = (Periodic(DIGESTS, every=timedelta(minutes=1)),)
TELLER = SystemAsker("teller")
NEWS_TO_DO = frozenset({Status.RECEIVED, Status.ASSIGNED})
"""Where something new still waits for whoever is told of it."""


class BlockedError(Exception):
    """Whoever has this chat does not want to hear from us."""


Send = Callable[[int, ChatMessage], Awaitable[None]]
"""Sends to a chat, or raises: BlockedError, PermanentError, LaterError."""


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody who is told in their chat, and what they chose."""

    member: StaffMember
    chat: int
    chosen: Chosen


def handlers(desk: Desk, send: Send | None) -> Mapping[str, Handler]:
    """The handlers of what is told in chats; without a bot nothing is, and the jobs are done."""
    telling = Telling(desk, send)
    return {
        TELL_CHAT: telling.news,
        TELL_HELD: telling.held,
        DIGESTS: telling.all_digests,
        DIGEST: telling.digest,
    }


class Telling:
    """Works the jobs of the chats."""

    def __init__(self, desk: Desk, send: Send | None) -> None:
        self._desk = desk
        self._send = send

    async def news(self, job: Job) -> Also | None:
        """Tell one piece of news, or let it wait until the silence ends."""
        referral_id, news = _number(job, "referral"), News(str(job.payload["news"]))
        to, found = await self._desk.database.read(
            lambda c: (
                self._hearer(c, _number(job, "staff")),
                referrals.by_id(TELLER, c, referral_id),
            )
        )
        if to is None or found is None or not _still_news(found, news):
            return None
        through = to.chosen.choices.urgent_through and found.is_urgent
        if not through and (end := self._silent_until(to)):
            return Also(lambda c: self._wait(c, to.member.staff_id, (found.id, news), end))
        await self._tell(to, await self._message(found, news, to))
        return None

    async def held(self, job: Job) -> Also | None:
        """Tell what waited, as one message."""
        staff_id = _number(job, "staff")
        to, those = await self._desk.database.read(
            lambda c: (self._hearer(c, staff_id), telegram.held(c, staff_id))
        )
        if to is None or not those:
            return None
        if end := self._silent_until(to):  # they have chosen other hours meanwhile
            raise LaterError((end - self._desk.clock()).total_seconds())
        if message := await self._summary(to, those):
            await self._tell(to, message)
        return Also(lambda c: telegram.release(c, staff_id, those))

    async def all_digests(self, _job: Job) -> None:
        """Ask for the summary of the day of everybody who wants it about now."""
        now = local(self._desk)

        def ask(connection: Connection) -> None:
            due = [
                JobRequest(DIGEST, {"staff": one}, lane(one), unique=f"{one}:{now.date()}")
                for one, choices, since in telegram.linked(connection)
                if choices.digest_is_due(now, since, is_worked)
            ]
            self._desk.dispatcher.enqueue(connection, due)

        await self._desk.write(ask)

    async def digest(self, job: Job) -> None:
        """Tell somebody what waits for them, if anything does."""
        to = await self._desk.database.read(lambda c: self._hearer(c, _number(job, "staff")))
        if to is not None and (message := await digest_of(self._desk, to.member.asker)):
            await self._tell(to, message)

    def _hearer(self, connection: Connection, staff_id: int) -> Hearer | None:
        member = staff.by_id(connection, staff_id)
        number_ = linking.chat_of(self._desk, connection, staff_id)
        if self._send is None or number_ is None or member is None or not member.active:
            return None
        return Hearer(member, number_, telegram.chosen(connection, staff_id))

    def _silent_until(self, to: Hearer) -> datetime | None:
        return to.chosen.choices.silence.until(local(self._desk), is_worked)

    def _wait(
        self, connection: Connection, staff_id: int, what: tuple[int, News], end: datetime
    ) -> None:
        referral_id, news = what
        telegram.hold(connection, staff_id, referral_id, news.value, self._desk.clock())
        unique = f"{staff_id}:{end.isoformat()}"
        # In no lane: what is due later would keep all behind it waiting.
        later = JobRequest(TELL_HELD, {"staff": staff_id}, due=end.astimezone(UTC), unique=unique)
        self._desk.dispatcher.enqueue(connection, [later])

    async def _summary(self, to: Hearer, those: Sequence[Held]) -> ChatMessage | None:
        """One message of what is still news; a single piece of it with its own buttons."""
        found = await self._desk.database.read(
            lambda c: [(referrals.by_id(TELLER, c, one.referral_id), one.news) for one in those]
        )
        still = [(one, News(news)) for one, news in found if one and _still_news(one, News(news))]
        if len(still) == 1:
            return await self._message(*still[0], to)
        notices = [await notice(self._desk, one, news) for one, news in still]
        return chat.of_held(notices, home(self._desk)) if notices else None

    async def _message(self, found: Referral, news: News, to: Hearer) -> ChatMessage:
        theirs = found.assigned_to == to.member.staff_id and found.status is Status.ASSIGNED
        told = await notice(self._desk, found, news)
        return chat.of_notice(told, may_accept=theirs and news is News.NEW)

    async def _tell(self, to: Hearer, message: ChatMessage) -> None:
        if self._send is None:
            return
        try:
            await self._send(to.chat, message)
        except BlockedError:
            await linking.end_blocked(self._desk, to.member.staff_id)


async def digest_of(desk: Desk, asker: StaffAsker) -> ChatMessage | None:
    """What waits for somebody now; None when nothing does."""
    waiting = await desk.database.read(lambda c: digests.waiting(asker, c))
    counts = await unread.counts(desk, asker)
    return chat.of_digest(
        (waiting.count, waiting.flagged),
        (counts.unread, counts.overdue),
        coordinator=asker.role is Role.COORDINATOR,
        home=home(desk),
    )


def home(desk: Desk) -> str:
    """The address of the inbox."""
    return f"{desk.public_url.rstrip('/')}/staff/"


def _still_news(found: Referral, news: News) -> bool:
    """Whether it is worth telling: of what is new, only while it waits for somebody."""
    if news in {News.STANDS_STILL, News.STANDS_STILL_LONGER}:
        return found.status in WAITING
    return news is not News.NEW or found.status in NEWS_TO_DO


def _number(job: Job, name: str) -> int:
    value = job.payload.get(name)
    if not isinstance(value, int):
        raise PermanentError(f"the job has no {name}")
    return value
