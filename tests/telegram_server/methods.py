"""The Bot API methods that Doorway calls, with the rules that matter to it."""

import itertools
import json
import re
import time
from collections.abc import Awaitable, Callable

from tests.telegram_server import markup, text
from tests.telegram_server.chat import Callback, Chat, Message
from tests.telegram_server.errors import bad_request, forbidden

Params = dict[str, str]
Method = Callable[[Params], Awaitable[object]]

_TWO_DAYS = 48 * 3600
_MOST_AT_ONCE = 100
_NOTICE_LIMIT = 200
_DESCRIPTION_LIMIT = 256


class Methods:
    """State of all chats, and one coroutine for each method; a wrong call raises ApiError."""

    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.callbacks: dict[str, Callback] = {}
        self.voices: set[str] = set()
        self.commands: dict[tuple[str, str], dict[str, str]] = {}
        self.clock: Callable[[], float] = time.time
        self._numbers = itertools.count(1)

    def by_name(self) -> dict[str, Method]:
        """The methods under the names the bot calls."""
        return {
            "getMe": self.get_me,
            "sendMessage": self.send_message,
            "sendVoice": self.send_voice,
            "editMessageText": self.edit_message_text,
            "editMessageReplyMarkup": self.edit_message_reply_markup,
            "answerCallbackQuery": self.answer_callback_query,
            "deleteMessage": self.delete_message,
            "deleteMessages": self.delete_messages,
            "setMyCommands": self.set_my_commands,
        }

    def new_message(self, chat: Chat, words: str, *, from_bot: bool, source: str = "") -> Message:
        message = Message(next(self._numbers), words, self.clock(), source, from_bot)
        chat.messages[message.id] = message
        return message

    async def get_me(self, _: Params) -> object:
        return {"id": 42, "is_bot": True, "first_name": "Doorway", "username": "doorway_bot"}

    async def send_message(self, params: Params) -> object:
        chat = self._chat(params)
        words = text.checked(params.get("text", ""), params.get("parse_mode", ""))
        keyboard = markup.parsed(params.get("reply_markup", ""))
        rows = markup.inline_rows(keyboard)
        message = self.new_message(chat, words, from_bot=True, source=params["text"])
        message.buttons = rows
        if "keyboard" in keyboard:
            chat.contact_button = markup.contact_button(keyboard)
        if keyboard.get("remove_keyboard"):
            chat.contact_button = ""
        await chat.happened("message", message)
        return self._shown(chat, message)

    async def send_voice(self, params: Params) -> object:
        """A file that is uploaded gets a name, by which it can be sent again."""
        chat, given = self._chat(params), params.get("voice", "")
        if given.startswith("attach://"):
            given = f"voice-{params[given.removeprefix('attach://')]}"
            self.voices.add(given)
        if given not in self.voices:
            raise bad_request("wrong file identifier/HTTP URL specified")
        message = self.new_message(chat, f"({given})", from_bot=True)
        await chat.happened("message", message)
        return {**self._shown(chat, message), "voice": {"file_id": given}}

    async def edit_message_text(self, params: Params) -> object:
        chat, message = self._own(params)
        words = text.checked(params.get("text", ""), params.get("parse_mode", ""))
        rows = markup.inline_rows(markup.parsed(params.get("reply_markup", "")))
        if (message.html, message.buttons) == (params["text"], rows):
            raise bad_request("message is not modified: new content is the same as the current")
        message.text, message.html, message.buttons = words, params["text"], rows
        message.edits += 1
        await chat.happened("edit", message)
        return self._shown(chat, message)

    async def edit_message_reply_markup(self, params: Params) -> object:
        chat, message = self._own(params)
        rows = markup.inline_rows(markup.parsed(params.get("reply_markup", "")))
        if message.buttons == rows:
            raise bad_request("message is not modified: new content is the same as the current")
        message.buttons = rows
        await chat.happened("buttons", message)
        return self._shown(chat, message)

    async def answer_callback_query(self, params: Params) -> object:
        callback = self.callbacks.get(params.get("callback_query_id", ""))
        if callback is None or callback.answered:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        if len(params.get("text", "")) > _NOTICE_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        callback.answered, callback.notice = True, params.get("text", "")
        await self.chats[callback.chat].notify()
        return True

    async def delete_message(self, params: Params) -> object:
        chat = self._chat(params, writing=False)
        message = chat.messages.get(int(params["message_id"]))
        if message is None or message.deleted:
            raise bad_request("message to delete not found")
        if self.clock() - message.at > _TWO_DAYS:
            raise bad_request("message can't be deleted for everyone")
        await self._delete(chat, message)
        return True

    async def delete_messages(self, params: Params) -> object:
        chat = self._chat(params, writing=False)
        numbers = json.loads(params.get("message_ids", "[]"))
        if not 0 < len(numbers) <= _MOST_AT_ONCE:
            raise bad_request("message identifiers are not specified or too many")
        known = [chat.messages[one] for one in numbers if one in chat.messages]
        if any(self.clock() - one.at > _TWO_DAYS for one in known):
            raise bad_request("message can't be deleted for everyone")
        for message in known:
            await self._delete(chat, message)
        return True

    async def set_my_commands(self, params: Params) -> object:
        language = params.get("language_code", "")
        if not re.fullmatch(r"([a-z]{2})?", language):
            raise bad_request("invalid language code specified")
        commands = json.loads(params["commands"])
        for one in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 0 < len(one["description"]) <= _DESCRIPTION_LIMIT:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        scope = json.loads(params.get("scope", "{}"))
        where = str(scope.get("chat_id", "default"))
        self.commands[where, language] = {one["command"]: one["description"] for one in commands}
        return True

    def _chat(self, params: Params, *, writing: bool = True) -> Chat:
        chat = self.chats.get(int(params.get("chat_id", "0")))
        if chat is None or not chat.started:
            raise bad_request("chat not found")
        if writing and chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def _own(self, params: Params) -> tuple[Chat, Message]:
        chat = self._chat(params)
        message = chat.messages.get(int(params["message_id"]))
        if message is None or message.deleted:
            raise bad_request("message to edit not found")
        if not message.from_bot:
            raise bad_request("message can't be edited")
        return chat, message

    async def _delete(self, chat: Chat, message: Message) -> None:
        message.deleted = True
        await chat.happened("delete", message)

    def _shown(self, chat: Chat, message: Message) -> dict[str, object]:
        return {
            "message_id": message.id,
            "date": int(message.at),
            "chat": {"id": chat.id, "type": "private"},
            "text": message.text,
        }
