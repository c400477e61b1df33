"""Letters by SMTP, and what a refusal means."""

from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib

from api.notifications.transport import Letter, TransportError, envelope
from common.runtime.clock import Clock

TIMEOUT = 20.0  # seconds
PERMANENT = 500  # replies from here on: the server will never take it
PORTS = {"smtp": 25, "smtps": 465}


class SmtpTransport:
    """Sends through one server: `smtp://user:password@host:port?starttls` or `smtps://…`.

    With `?starttls` an unencrypted connection is refused; without it, encryption is used where
    the server offers it.
    """

    def __init__(self, url: str, *, sender: str, clock: Clock) -> None:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("An SMTP address looks like smtp://user:password@host:587?starttls")
        self._sender = sender
        self._clock = clock
        self._host = parts.hostname
        self._port = parts.port or PORTS[parts.scheme]
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._tls = parts.scheme == "smtps"
        starttls = "starttls" in parse_qs(parts.query, keep_blank_values=True)
        self._starttls = True if starttls else None

    async def send(self, letter: Letter) -> None:
        message = envelope(letter, self._sender, self._clock())
        try:
            await aiosmtplib.send(
                message,
                hostname=self._host,
                port=self._port,
                username=self._user,
                password=self._password,
                use_tls=self._tls,
                start_tls=False if self._tls else self._starttls,
                timeout=TIMEOUT,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            # From None: the server's reply may quote the address.
            raise TransportError(type(error).__name__, permanent=_is_permanent(error)) from None


def _is_permanent(error: Exception) -> bool:
    """Whether this letter can never be taken.

    A refusal of ourselves (our password, our sender) is for the operator to mend: the letter
    waits for that.
    """
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(one.code >= PERMANENT for one in error.recipients)
    if isinstance(error, aiosmtplib.SMTPAuthenticationError | aiosmtplib.SMTPSenderRefused):
        return False
    return isinstance(error, aiosmtplib.SMTPDataError) and error.code >= PERMANENT
