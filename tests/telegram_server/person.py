"""Somebody with the Telegram app, as a test plays them."""

import asyncio
import itertools
import re
from collections.abc import Callable, Sequence
from typing import Any

from tests.telegram_server.chat import Callback, Chat, Message
from tests.telegram_server.methods import Methods
from tests.telegram_server.updates import Updates

_PATIENCE = 10.0
"""Seconds of real time after which a test that waits in vain fails."""

_callbacks = itertools.count(1)
BOT = {"id": 42, "is_bot": True, "first_name": "Doorway"}
MEMBER: dict[str, object] = {"status": "member", "user": BOT}
KICKED: dict[str, object] = {"status": "kicked", "user": BOT, "until_date": 0}


class Person:
    """Writes, presses and shares as the app would, and reads what the bot does.

    `wait_for` and `expect` go on from where the last of them stopped.
    """

    def __init__(
        self, methods: Methods, updates: Updates, number: int, language: str, phone: str
    ) -> None:
        self.id = number
        self.phone = phone
        self.chat = methods.chats.setdefault(number, Chat(number))
        self._methods = methods
        self._updates = updates
        self._from = {"id": number, "is_bot": False, "first_name": "A"}
        if language:
            self._from["language_code"] = language
        self._seen = 0

    async def send(self, words: str) -> Message:
        """Write a message; the app marks a command in front of it."""
        command = re.match(r"/\w+", words)
        if command is None:
            return await self._sent(words, text=words)
        entity = {"type": "bot_command", "offset": 0, "length": command.end()}
        return await self._sent(words, text=words, entities=[entity])

    async def share_contact(self, phone: str = "", owner: int = 0) -> Message:
        """Press the share-my-number button, or share somebody else's card."""
        if not owner:
            assert self.chat.contact_button, "there is no button to share a number"
        content = {"phone_number": phone or self.phone, "first_name": "A"}
        self.chat.contact_button = ""
        return await self._sent("(contact)", contact={**content, "user_id": owner or self.id})

    async def send_media(self, kind: str, content: object, caption: str = "") -> Message:
        """Send something that is no text, such as kind `voice` with a file's description."""
        extra = {"caption": caption} if caption else {}
        return await self._sent(f"({kind})", **{kind: content}, **extra)

    async def edit(self, message: Message, words: str) -> None:
        """Change a message of one's own."""
        message.text = words
        await self._updates.push("edited_message", self._shown(message, text=words))

    async def press(self, data: str, message: Message | None = None) -> Callback:
        """Press the button with this data; with a message also when it shows it no more."""
        pressed = message or self._with_button(data)
        callback = Callback(f"press{next(_callbacks)}", self.id)
        self._methods.callbacks[callback.id] = callback
        shown = {**self._shown(pressed, text=pressed.text), "from": BOT}
        query = {"id": callback.id, "from": self._from, "message": shown, "data": data}
        await self._updates.push("callback_query", {**query, "chat_instance": "1"})
        return callback

    async def block(self) -> None:
        """Block the bot."""
        await self._member(blocked=True)

    async def unblock(self) -> None:
        """Let the bot in again."""
        await self._member(blocked=False)

    async def wait_for(
        self, count: int = 1, kinds: Sequence[str] = ("message", "edit")
    ) -> list[Message]:
        """The next so many things that the bot says or changes."""
        await self._until(lambda: len(self._next(kinds)) >= count, f"{count} of {kinds}")
        places = self._next(kinds)[:count]
        self._seen = places[-1] + 1
        return [self.chat.events[place].message for place in places]

    async def expect(self, words: str) -> Message:
        """The next message or edit with these words in it; what comes before is passed over."""
        while True:
            (message,) = await self.wait_for(1)
            if words in message.text:
                return message

    async def answered(self, callback: Callback) -> str:
        """The notice with which the press was answered."""
        await self._until(lambda: callback.answered, "answer to a press")
        return callback.notice

    @property
    def history(self) -> list[Message]:
        """All messages that are there to be read, oldest first."""
        return self.chat.visible

    @property
    def choices(self) -> list[str]:
        """The data of all buttons that can be pressed now."""
        return [data for one in self.history for data in one.choices]

    def _with_button(self, data: str) -> Message:
        for message in reversed(self.history):
            if data in message.choices:
                return message
        raise AssertionError(f"no button {data!r}; there are {self.choices}")

    async def _sent(self, words: str, **content: object) -> Message:
        self.chat.started = True
        message = self._methods.new_message(self.chat, words, from_bot=False)
        await self._updates.push("message", self._shown(message, **content))
        return message

    async def _member(self, *, blocked: bool) -> None:
        self.chat.blocked = blocked
        before, after = (MEMBER, KICKED) if blocked else (KICKED, MEMBER)
        chat = {"id": self.id, "type": "private"}
        content = {"chat": chat, "from": self._from, "date": 1}
        await self._updates.push(
            "my_chat_member", {**content, "old_chat_member": before, "new_chat_member": after}
        )

    def _shown(self, message: Message, **content: object) -> dict[str, Any]:
        chat = {"id": self.id, "type": "private", "first_name": "A"}
        known = {"message_id": message.id, "date": int(message.at), "chat": chat}
        return {**known, "from": self._from, **content}

    def _next(self, kinds: Sequence[str]) -> list[int]:
        events = self.chat.events
        return [at for at in range(self._seen, len(events)) if events[at].kind in kinds]

    async def _until(self, ready: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(_PATIENCE), self.chat.changed:
                await self.chat.changed.wait_for(ready)
        except TimeoutError:
            message = f"waited in vain for {what}; so far:\n{self.chat.transcript()}"
            raise AssertionError(message) from None
