"""A resident on Telegram: reads what is asked last, answers, and is patient."""

from dataclasses import dataclass

from bot.dialogue.effects import Words
from tests.chaos.pause import Patience, changed
from tests.chaos.resident import NUDGE, Resident
from tests.end_to_end.talk import REFERENCE
from tests.support.world import translator
from tests.telegram_server.chat import Message
from tests.telegram_server.server import TelegramServer

FIRST_CHAT = 5000
# Questions without a button of their own are known by what they say.
_BY_WORDS = {
    "name": ("question", "again", "again_2"),
    "date_of_birth": ("question", "again", "again_2"),
    "sending": ("saved", "still_on_its_way"),
}
_WITHOUT_ANSWER = frozenset({"", "sending"})


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that is open, on this message; empty when none can be made out."""

    question: str
    message: Message | None = None


class OnTelegram:
    """One of them with the app."""

    def __init__(self, resident: Resident, telegram: TelegramServer, impatience: float) -> None:
        self.resident = resident
        self._person = telegram.person(FIRST_CHAT + resident.number, resident.language)
        self._done = ("", -1)
        self._patience = Patience(impatience)

    async def begin(self) -> None:
        """The first word."""
        await self._person.send("/start")
        self.resident.started = True
        await self._news(0)

    async def step(self) -> bool:
        """Answer what is open now, and see what comes of it; False at the end."""
        asked, seen = self._asked(), len(self._person.chat.events)
        if asked.question == "sent" and self._read_references():
            self.resident.finished = True
            return False
        if asked.question in _WITHOUT_ANSWER:
            if not await self._news(seen, times=3):
                await self._again(NUDGE, None)
            return True
        await self._again(self._answer(asked), asked.message)
        await self._news(seen)
        return True

    async def ask(self) -> bool:
        """Whether a question about the referral is answered now, first by us, then by the api."""
        seen = len(self._person.chat.events)
        await self._person.send(NUDGE)

        def answered() -> bool:
            return sum(one.kind == "message" for one in self._person.chat.events[seen:]) > 1

        self.resident.answered = await changed(self._person.chat.changed, answered, 30)
        self._read_references()
        return self.resident.answered

    def story(self) -> str:
        """The chat in words, to find out what went wrong."""
        return self._person.chat.transcript()

    def _answer(self, asked: Asked) -> str:
        rows = asked.message.buttons if asked.message else []
        shown = {data: label for row in rows for label, data in row}
        chosen = [data for data, label in shown.items() if label.startswith("✅")]
        return self.resident.answer(asked.question, shown, chosen) or NUDGE

    async def _again(self, did: str, message: Message | None) -> None:
        """Press or write; the same once more is counted."""
        now = (did, message.id if message else 0)
        self.resident.repeats += now == self._done
        self._done = now
        if message is not None and did in message.choices:
            await self._person.press(did, message)
        else:
            await self._person.send(did)

    async def _news(self, seen: int, times: int = 1) -> bool:
        """Whether anything happens in the chat before patience is at an end."""
        chat = self._person.chat
        seconds = self._patience.seconds * times
        came = await changed(chat.changed, lambda: len(chat.events) > seen, seconds)
        self._patience.learn(came=came)
        return came

    def _asked(self) -> Asked:
        """The newest message with buttons: those of an answered question are taken away."""
        open_ = [one for one in self._person.history if one.from_bot and one.choices]
        if not open_:
            return Asked("")
        own = (one.partition("=")[0] for one in open_[-1].choices if not one.startswith("do="))
        return Asked(next(own, "") or self._by_words(open_[-1]), open_[-1])

    def _by_words(self, message: Message) -> str:
        for question, names in _BY_WORDS.items():
            said = (
                translator().label(Words(question, one), self.resident.language) for one in names
            )
            if any(one in message.text for one in said):
                return question
        return ""

    def _read_references(self) -> set[str]:
        for message in self._person.chat.messages.values():
            self.resident.references |= set(REFERENCE.findall(message.text))
        return self.resident.references
