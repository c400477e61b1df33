"""A post office that now and then refuses a letter, or hangs up on who brings it."""

from collections import defaultdict

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.chaos.weather import Weather
from tests.end_to_end.talk import REFERENCE
from tests.support.smtp import PostOffice

_REFUSALS = {"451": "451 4.3.0 Try again later", "452": "452 4.2.2 Try again later"}


class MoodyOffice(PostOffice):
    """A real SMTP server in a mood; `told` says who has had a letter about which reference."""

    def __init__(self, weather: Weather) -> None:
        super().__init__()
        self._weather = weather
        self._moods: dict[int, str] = {}

    async def handle_RCPT(  # noqa: N802 the server's own name and shape
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Take or refuse somebody who is written to; that decides on the letter as well."""
        mood = self._weather.post()
        if mood == "451":
            return _REFUSALS[mood]
        self._moods[id(session)] = mood
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(  # noqa: N802 the server's own name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take or refuse the letter, or hang up before or after it was taken."""
        mood = self._moods.pop(id(session), "")
        if mood in _REFUSALS:
            return _REFUSALS[mood]
        reply = "" if mood == "before" else await super().handle_DATA(server, session, envelope)
        if mood and server.transport is not None:
            server.transport.close()
        return reply

    def told(self) -> dict[str, set[str]]:
        """The addresses that were written to, by the reference in the subject."""
        found: dict[str, set[str]] = defaultdict(set)
        for letter in self.letters:
            for reference in REFERENCE.findall(str(letter["Subject"])):
                found[reference] |= {one.addr_spec for one in letter["To"].addresses}
        return found
