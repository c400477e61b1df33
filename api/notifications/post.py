"""The post: one notice to one person, by whichever transport there is."""

from pathlib import Path

from api.domain.door import AccountNotice
from api.domain.events import Notice, Recipient
from api.notifications.account import compose_account
from api.notifications.email import SmtpTransport
from api.notifications.mailbox import Mailbox
from api.notifications.messages import compose
from api.notifications.transport import Letter, Transport, TransportError
from common.runtime.clock import Clock
from common.runtime.jobs import LaterError, PermanentError
from common.runtime.logs import get

RETRY = 60.0  # seconds; without end, because a mail server may be away for a weekend

log = get(__name__)


class Post:
    """Tells staff, in the terms of the jobs that ask for it."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def tell(self, notice: Notice, to: Recipient) -> None:
        """Write to somebody.

        Raises:
            PermanentError: the letter will never be taken.
            LaterError: the transport is out of order.
        """
        await self._send(compose(notice, to))

    async def write(self, notice: AccountNotice, to: Recipient) -> None:
        """Write to somebody about their own account. Raises as `tell`."""
        await self._send(compose_account(notice, to))

    async def _send(self, letter: Letter) -> None:
        try:
            await self._transport.send(letter)
        except TransportError as error:
            reason = str(error)
            log.error("post.refused", reference=letter.reference, error=reason)  # noqa: TRY400 the class says it all
            if error.permanent:
                raise PermanentError(reason) from None
            raise LaterError(RETRY) from None
        log.info("post.sent", reference=letter.reference)


def open_post(smtp_url: str, *, sender: str, folder: Path, clock: Clock) -> Post:
    """By SMTP when there is an address of a server, else into files."""
    if smtp_url:
        return Post(SmtpTransport(smtp_url, sender=sender, clock=clock))
    return Post(Mailbox(folder, sender=sender, clock=clock))
