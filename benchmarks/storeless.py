"""A turn of Doorway's dialogue on Telegram, with what the store keeps in plain dictionaries."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from benchmarks.script import Person, Turn, acts
from benchmarks.telegram import FIRST, TOKEN, Telegram
from benchmarks.world import LOCALES, NOON, translator, world
from bot.attention import heard
from bot.channels.telegram import inbound
from bot.channels.telegram.client import make_bot
from bot.channels.telegram.outbound import TelegramSender
from bot.dialogue import engine
from bot.dialogue.inbound import Media, Text
from bot.dialogue.session import Session
from bot.envelopes import SEND, load_outgoing
from bot.listening.phrases import PhraseListener
from bot.outcome import turn_result
from bot.ports import Received, SentMessage
from tests.support.voices import NoVoices


class Messages:
    """Of the store, what the sender asks for."""

    def __init__(self) -> None:
        self._messages: dict[str, dict[str, SentMessage]] = {}

    async def messages(self, conversation: str) -> Sequence[SentMessage]:
        return list(self._messages.get(conversation, {}).values())

    async def sent(self, conversation: str, message: SentMessage) -> None:
        self._messages.setdefault(conversation, {})[message.message] = message

    async def buttons_gone(self, conversation: str, messages: Sequence[str]) -> None:
        known = self._messages[conversation]
        for message in messages:
            known[message] = replace(known[message], has_buttons=False)

    async def deleted(self, conversation: str, messages: Sequence[str]) -> None:
        for message in messages:
            self._messages[conversation].pop(message, None)

    def forget(self) -> None:
        """Begin anew."""
        self._messages.clear()


class Storeless:
    """Reads an update, decides, finds the words and makes the calls, one turn at a time."""

    def __init__(self) -> None:
        self._bot = make_bot(TOKEN)
        self._messages = Messages()
        self._sender = TelegramSender(self._bot, lambda: NOON, NoVoices())
        self._listener = PhraseListener.load(LOCALES)
        self._sessions: dict[str, Session] = {}

    def forget(self) -> None:
        """Begin anew: nobody has said anything yet."""
        self._sessions.clear()
        self._messages.forget()

    async def take(self, raw: bytes) -> None:
        """Take the turn of one update."""
        body = json.loads(raw)
        conversation, arrival = inbound.conversation_of(body), inbound.read(body)
        if conversation is None or arrival is None:
            raise AssertionError("this update is for nobody")
        session = self._sessions.get(conversation) or Session("0" * 32, "telegram")
        said = arrival.inbound
        if isinstance(said, Text | Media):
            said = await heard(self._listener, said, 2.0)
        turn = engine.advance(session, said, NOON, world())
        received = Received("telegram", str(body["update_id"]), conversation, body, NOON)
        result = turn_result(translator(), received, arrival, turn, NOON)
        if result.session is not None:
            self._sessions[conversation] = result.session
        for job in result.jobs:
            if job.kind == SEND:
                await self._send(conversation, job.payload)

    async def _send(self, conversation: str, payload: Mapping[str, object]) -> None:
        for outgoing in load_outgoing(payload["outgoing"]):
            await self._sender.send(conversation, outgoing, self._messages)

    async def close(self) -> None:
        """Let go of the client."""
        await self._bot.session.close()


async def recorded(telegram: Telegram, language: str) -> tuple[Turn, ...]:
    """Talk once with Doorway in this language, and write down updates and calls."""
    bot, person, turns = Storeless(), Person(language), list[Turn]()
    telegram.number = FIRST - 1
    for did in acts(language):
        seen = [call for turn in turns for call in turn.calls]
        update, telegram.recorded = person.update(did, seen), []
        await bot.take(update)
        turns.append(Turn(update, tuple(telegram.recorded)))
    telegram.recorded = None
    await bot.close()
    return tuple(turns)


async def replayed(telegram: Telegram, bot: Storeless, talk: Sequence[Turn]) -> None:
    """Have the same talk once more, as quickly as it goes."""
    bot.forget()
    telegram.number = FIRST - 1
    for turn in talk:
        await bot.take(turn.update)
