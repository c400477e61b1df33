"""A real SMTP server on loopback that keeps what it is given, or refuses it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import TypeVar

from aiosmtpd.smtp import SMTP, Envelope, Session


class PostOffice:
    """What came in; `recipient_reply` and `data_reply` are given instead of a yes when set."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.recipient_reply = ""
        self.data_reply = ""
        self.url = ""

    async def handle_RCPT(  # noqa: N802 the server's own name and shape
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take or refuse somebody who is written to."""
        if self.recipient_reply:
            return self.recipient_reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 the server's own name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take or refuse the letter itself."""
        if self.data_reply:
            return self.data_reply
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


Office = TypeVar("Office", bound=PostOffice)


@asynccontextmanager
async def open_office(office: Office) -> AsyncIterator[Office]:
    """This office's server in this very loop, gone when left."""
    door = socket.create_server(("127.0.0.1", 0))
    office.url = f"smtp://127.0.0.1:{door.getsockname()[1]}"
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(office, loop=loop), sock=door)
    try:
        yield office
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def post_office() -> AsyncIterator[PostOffice]:
    """A plain office, open."""
    async with open_office(PostOffice()) as office:
        yield office
