"""Talks as a person has them: what they do, and which question must come next."""

import asyncio
import re
from collections.abc import Sequence

from bot.dialogue.effects import Words
from bot.pen import MissingWordsError
from tests.support.sides import PATIENCE
from tests.support.world import translator
from tests.telegram_server.chat import Message
from tests.telegram_server.person import Person

Script = Sequence[tuple[str, str]]
"""What the person does (a button's data, `(contact)` or typed words) and the question after it."""

PRACTICE, XX_PLACE = "F84122", "XX Place Health Centre"
REFERENCE = re.compile(r"TH-[0-9A-Z]{4}-[0-9A-Z]{3}")
_BUTTON = re.compile(r"[a-z_]+=[\w.-]+")
_QUESTIONS = ("question", "question_them", "email")

OPENING: Script = (
    ("welcome=yes", "who_for"),
    ("who_for=me", "safe_now"),
    ("safe_now=safe", "postcode"),
)
TO_THE_PRACTICE: Script = (
    ("E1 4DG", "practice"),
    ("xx place", "practice"),
    (f"practice={PRACTICE}", "concerns"),
)
CONCERN: Script = (("concerns=housing", "concerns"), ("concerns=done", "name"))
REVIEW: Script = (("send_now=send", "review"),)
SEND: Script = (("review=send", "sent"),)


def arriving(language: str) -> Script:
    """The first two taps."""
    return ("/start", "language"), (f"language={language}", "welcome")


def facts(name: str, birth: str = "25 3 1980", phone: str = "07700 900123") -> Script:
    """The three things that nobody can skip."""
    return (name, "date_of_birth"), (birth, "phone"), (phone, "send_now")


def short(language: str, name: str) -> Script:
    """From the first word to the review, in fourteen taps or messages."""
    before = (*arriving(language), *OPENING, *TO_THE_PRACTICE, *CONCERN)
    return (*before, *facts(name), *REVIEW)


class Talk:
    """One person's conversation, walked through step by step."""

    def __init__(self, person: Person, language: str) -> None:
        self.person = person
        self.language = language

    async def walk(self, script: Script) -> None:
        """Do each thing when the question before it is there."""
        for did, question in script:
            await self.do(did)
            await self.asked(question)

    async def do(self, did: str) -> None:
        """Press, share or type, without waiting for anything."""
        if did == "(contact)":
            await self._until_it_can_be_shared()
            await self.person.share_contact()
        elif _BUTTON.fullmatch(did):
            await self.person.press(did)
        else:
            await self.person.send(did)

    async def asked(self, question: str) -> Message:
        """The next message that asks this; what comes before it is passed over."""
        while True:
            (message,) = await self.person.wait_for(1)
            if self._asks(message, question):
                return message

    async def told(self, step: str, words: str) -> Message:
        """The next message with these words of the catalogue."""
        return await self.person.expect(translator().label(Words(step, words), self.language))

    async def reference(self) -> str:
        """The reference, when it is there."""
        (found,) = set(REFERENCE.findall(" ".join(one.text for one in self.person.history)))
        return str(found)

    @property
    def said(self) -> list[str]:
        """Everything the bot has said, in order, the reference left out."""
        said = [one.text for one in self.person.history if one.from_bot]
        return [REFERENCE.sub("TH-…", one) for one in said]

    @property
    def open_keyboards(self) -> list[Message]:
        """The messages that still show buttons."""
        return [one for one in self.person.history if one.choices]

    async def _until_it_can_be_shared(self) -> None:
        chat = self.person.chat
        async with asyncio.timeout(PATIENCE), chat.changed:
            await chat.changed.wait_for(lambda: chat.contact_button)

    def _asks(self, message: Message, question: str) -> bool:
        if any(one.startswith(f"{question}=") for one in message.choices):
            return True
        return any(words in message.text for words in _typed(question, self.language))


def _typed(question: str, language: str) -> list[str]:
    """The words of a question that is answered by typing."""
    found = []
    for name in _QUESTIONS:
        try:
            found.append(translator().label(Words(question, name), language))
        except MissingWordsError:
            continue
    return found


async def gone_well(talk: Talk) -> str:
    """Send what was reviewed, and wait for the reference."""
    await talk.walk(SEND)
    return await talk.reference()
