"""Does on Telegram what a turn wants done: one method for each verb of `Outgoing`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from aiogram import Bot
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    DeleteMessages,
    EditMessageReplyMarkup,
    EditMessageText,
    SetMyCommands,
)
from aiogram.types import (
    BotCommandScopeChat,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyKeyboardRemove,
)

from bot.channels.telegram import client, markup
from bot.channels.telegram.client import Quirk, RefusedError
from bot.channels.telegram.inbound import chat_of
from bot.channels.telegram.markup import ReplyMarkup
from bot.channels.telegram.methods import SendMessage
from bot.channels.telegram.pauses import Pauses
from bot.channels.telegram.speaking import Speaker
from bot.channels.telegram.split import shortened, split
from bot.dialogue.values import replace
from bot.ports import Messages, Outgoing, SendError, SentMessage, Voices
from common.runtime.clock import Clock

_NOTICE_LIMIT = 200
_BATCH = 100

# What is older stays on Telegram; a minute is left for the call itself.
_DELETABLE = timedelta(hours=48) - timedelta(minutes=1)

_ALL_BUT_UNREACHABLE = frozenset(Quirk) - {Quirk.UNREACHABLE}


class _Chat(NamedTuple):
    """A conversation's name, its chat's number on Telegram, and the messages in it."""

    conversation: str
    number: int
    known: Messages


_Verb = Callable[[_Chat, Outgoing], Awaitable[None]]


class TelegramSender:
    """Telegram's side of the `Sender` port.

    A message is sent at least once: when Telegram's answer is lost, nobody can know whether the
    message was shown, and asking the question twice is better than never.
    """

    def __init__(self, bot: Bot, clock: Clock, voices: Voices) -> None:
        self._bot = bot
        self._speaker = Speaker(bot, voices)
        self._clock = clock
        self._pauses = Pauses(clock)
        # How many parts of a long message have gone out, when a later one had to wait.
        self._begun: dict[tuple[str, int], int] = {}
        self._verbs: Mapping[str, _Verb] = {
            "say": self._say,
            "redraw": self._redraw,
            "close": self._close,
            "ask_contact": self._ask_contact,
            "drop_contact": self._drop_contact,
            "answer": self._answer,
            "commands": self._commands,
            "erase": self._erase,
            "tidy": self._tidy,
            "play": self._play,
        }

    async def send(self, conversation: str, outgoing: Outgoing, known: Messages) -> None:
        """Do one outgoing thing.

        Raises:
            SendError: it was not done.
        """
        number, verb = chat_of(conversation), self._verbs.get(outgoing.verb)
        if number is None or verb is None:
            raise SendError("this is nothing for Telegram", permanent=True)
        if outgoing.verb != "answer":  # no limit of Telegram's, and the button spins until then
            self._pauses.check(number)
        try:
            await verb(_Chat(conversation, number, known), outgoing)
        except SendError as error:
            if error.after:
                self._pauses.note(number, error.after)
            raise

    async def _say(self, chat: _Chat, outgoing: Outgoing) -> None:
        await self._message(chat, outgoing, markup.inline(outgoing.rows))

    async def _ask_contact(self, chat: _Chat, outgoing: Outgoing) -> None:
        await self._message(chat, outgoing, markup.contact(outgoing.label))

    async def _drop_contact(self, chat: _Chat, outgoing: Outgoing) -> None:
        await self._message(chat, outgoing, ReplyKeyboardRemove())

    async def _message(
        self, chat: _Chat, outgoing: Outgoing, reply_markup: ReplyMarkup | None
    ) -> None:
        conversation, number, known = chat
        parts, task = _parts(outgoing), (conversation, hash(outgoing))
        buttons = isinstance(reply_markup, InlineKeyboardMarkup)
        for index in range(self._begun.pop(task, 0), len(parts)):
            last = index == len(parts) - 1
            method = SendMessage(chat_id=number, text=parts[index])
            if last:
                method.reply_markup = reply_markup
            try:
                message = await client.send_message(self._bot, method)
            except SendError as error:
                if index and not error.permanent:
                    self._begun[task] = index
                raise
            sent = SentMessage(str(message), self._clock())
            if last:
                sent = replace(sent, question=outgoing.question, has_buttons=buttons)
            await known.sent(conversation, sent)

    async def _play(self, chat: _Chat, outgoing: Outgoing) -> None:
        message = await self._speaker.speak(chat.number, outgoing.clip)
        if message is not None:  # a clip that has gone meanwhile has no button any more
            sent = SentMessage(str(message), self._clock())
            await chat.known.sent(chat.conversation, sent)

    async def _redraw(self, chat: _Chat, outgoing: Outgoing) -> None:
        shown = await _open_question(chat, outgoing.question)
        if shown is None:
            await self._say(chat, outgoing)
            return
        method = EditMessageText(
            chat_id=chat.number,
            message_id=int(shown.message),
            text=_parts(outgoing)[-1],
            reply_markup=markup.inline(outgoing.rows),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        try:
            await client.call(self._bot, method)
        except RefusedError as error:
            if error.quirk is Quirk.UNCHANGED:
                return
            if error.quirk not in {Quirk.GONE, Quirk.MARKUP}:
                raise
            await self._say(chat, outgoing)
            await self._without_buttons(chat, shown.message)

    async def _close(self, chat: _Chat, _: Outgoing) -> None:
        for one in await chat.known.messages(chat.conversation):
            if one.has_buttons:
                await self._without_buttons(chat, one.message)

    async def _without_buttons(self, chat: _Chat, message: str) -> None:
        conversation, number, known = chat
        method = EditMessageReplyMarkup(chat_id=number, message_id=int(message))
        # Whatever else is wrong with an old message, it must not hold up the conversation.
        await client.call_unless(self._bot, method, *_ALL_BUT_UNREACHABLE)
        await known.buttons_gone(conversation, [message])

    async def _answer(self, _: _Chat, outgoing: Outgoing) -> None:
        if not outgoing.callback:
            return  # typed, not pressed: there is nothing that Telegram could show a notice on
        method = AnswerCallbackQuery(
            callback_query_id=outgoing.callback,
            text=shortened(outgoing.label, _NOTICE_LIMIT) or None,
        )
        await client.call_unless(self._bot, method, Quirk.LATE)

    async def _commands(self, chat: _Chat, outgoing: Outgoing) -> None:
        method = SetMyCommands(
            commands=[markup.command(one) for row in outgoing.rows for one in row],
            scope=BotCommandScopeChat(chat_id=chat.number),
        )
        await client.call(self._bot, method)

    async def _erase(self, chat: _Chat, _: Outgoing) -> None:
        conversation, number, known = chat
        sent = await known.messages(conversation)
        oldest = self._clock() - _DELETABLE
        young = [int(one.message) for one in sent if one.sent_at > oldest]
        for start in range(0, len(young), _BATCH):
            await self._delete(number, young[start : start + _BATCH])
        await known.deleted(conversation, [one.message for one in sent])

    async def _tidy(self, chat: _Chat, _: Outgoing) -> None:
        """The talk is kept by Telegram, not by us: there is nothing to tidy."""

    async def _delete(self, number: int, messages: Sequence[int]) -> None:
        try:
            await client.call(self._bot, DeleteMessages(chat_id=number, message_ids=list(messages)))
        except RefusedError as error:
            if error.quirk is Quirk.UNREACHABLE:
                raise
            # One that cannot be deleted must not keep the others.
            for message in messages:
                method = DeleteMessage(chat_id=number, message_id=message)
                await client.call_unless(self._bot, method, *_ALL_BUT_UNREACHABLE)


def _parts(outgoing: Outgoing) -> list[str]:
    return split(markup.directed(outgoing.paragraphs()))


async def _open_question(chat: _Chat, question: str) -> SentMessage | None:
    sent = await chat.known.messages(chat.conversation)
    asked = (one for one in reversed(sent) if one.has_buttons and one.question)
    latest = next(asked, None)
    return latest if latest and question in {"", latest.question} else None
