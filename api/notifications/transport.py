"""What carries a message to a member of staff, and how it says that it could not."""

from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished message. `key` is the same when the same letter is written again."""

    to_name: str
    to: str
    subject: str
    text: str
    html: str
    reference: str
    key: str


class TransportError(Exception):
    """A letter was not taken; `permanent` when it never will be. Holds no address, no text."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent


class Transport(Protocol):
    """Carries a letter to the door of the next post office."""

    async def send(self, letter: Letter) -> None:
        """Hand it over.

        Raises:
            TransportError: it was not taken.
        """
        ...


def envelope(letter: Letter, sender: str, now: datetime) -> EmailMessage:
    """The letter as an e-mail; `sender` is an address, perhaps with a name before it.

    Raises:
        TransportError: it is written to something that is no e-mail address.
    """
    message = EmailMessage(SMTP)
    message["From"] = sender
    message["To"] = _address(letter)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now)
    # The same for a repeat, so that a mail program shows it once.
    message["Message-ID"] = f"<{letter.key}@{_domain(message)}>"
    message["Auto-Submitted"] = "auto-generated"  # no holiday replies, please (RFC 3834)
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


def _address(letter: Letter) -> Address:
    try:
        return Address(letter.to_name, addr_spec=letter.to)
    except (ValueError, IndexError, MessageError):
        raise TransportError("NotAnAddress", permanent=True) from None


def _domain(message: EmailMessage) -> str:
    return str(message["From"].addresses[0].domain) or "localhost"
