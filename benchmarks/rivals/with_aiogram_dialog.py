"""The dialogue as aiogram-dialog has it: a window for each question, on a storage of SQLite."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from operator import itemgetter
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ContentType, ParseMode
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    CallbackQuery,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group, Keyboard, Multiselect, Row, Select
from aiogram_dialog.widgets.text import Const, Format

from benchmarks.rivals import answers
from benchmarks.rivals.dialog_storage import SqliteStorage, committed
from benchmarks.rivals.pages import Pages
from benchmarks.rivals.sqlite import Book
from benchmarks.telegram import TOKEN

Typed = Callable[[Message, MessageInput, DialogManager], Awaitable[None]]
Pressed = Callable[[CallbackQuery, Button, DialogManager], Awaitable[None]]


class Talk(StatesGroup):
    """The questions."""

    language = State()
    welcome = State()
    who_for = State()
    safe_now = State()
    postcode = State()
    practice = State()
    offered = State()
    concerns = State()
    name = State()
    date_of_birth = State()
    phone = State()
    send_now = State()
    review = State()
    sent = State()


_AFTER = {
    "welcome": Talk.who_for,
    "who_for": Talk.safe_now,
    "safe_now": Talk.postcode,
    "send_now": Talk.review,
}


class AiogramDialogue:
    """The short path; updates of different people are taken side by side."""

    def __init__(self, book: Book, pages: Pages) -> None:
        self._book = book
        self._pages = pages
        self._sending = answers.Sending()
        defaults = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True)
        self._bot = Bot(TOKEN, default=defaults)
        self._dispatcher = Dispatcher(storage=SqliteStorage(book))
        self._dispatcher.message.register(_start, CommandStart())
        self._dispatcher.include_router(Dialog(*self._windows()))
        setup_dialogs(self._dispatcher)

    async def open(self) -> None:
        """Get ready."""

    async def close(self) -> None:
        """Let go."""
        await self._bot.session.close()
        await self._sending.close()

    async def take(self, updates: Sequence[bytes]) -> None:
        """Take updates, each of somebody else."""
        await asyncio.gather(*map(self._one, updates))

    async def _one(self, raw: bytes) -> None:
        async with committed(self._book):
            await self._dispatcher.feed_raw_update(self._bot, json.loads(raw))

    def _windows(self) -> list[Window]:
        typed: dict[str, Typed] = {
            "postcode": self._postcode,
            "practice": self._search,
            "offered": self._search,
            "name": self._name,
            "date_of_birth": self._birth,
            "phone": self._phone,
        }
        keys: dict[str, list[Keyboard]] = {
            "offered": self._offered(),
            "concerns": self._concerns(),
        }
        windows = []
        for state in Talk:
            name = str(state.state).partition(":")[2]
            inputs = [MessageInput(typed[name], ContentType.TEXT)] if name in typed else []
            text = self._pages[name].text
            shown = Format(text) if "{" in text else Const(text)
            rows = keys.get(name) or [self._row(row) for row in self._pages[name].rows]
            getter = self._getter if "{" in text or name == "offered" else None
            windows.append(Window(shown, *rows, *inputs, state=state, getter=getter))
        return windows

    def _row(self, row: Sequence[tuple[str, str]]) -> Row:
        return Row(*(self._button(label, data) for label, data in row))

    def _button(self, label: str, data: str) -> Button:
        step, _, value = data.partition("=")
        name = f"{step}.{value}".replace("-", "_")
        return Button(Const(label), id=name, on_click=self._on_click(step, value))

    def _on_click(self, step: str, value: str) -> Pressed:
        if step == "language":
            return self._language
        if (step, value) == ("concerns", "done"):
            return _to(Talk.name)
        if (step, value) == ("review", "send"):
            return self._send
        if step in _AFTER:
            return _keeping(step, value, _AFTER[step])
        return _other

    def _offered(self) -> list[Keyboard]:
        found = Select(
            Format("{item[1]}"),
            id="practice",
            item_id_getter=itemgetter(0),
            items="found",
            on_click=_picked,
        )
        return [Group(found, width=1), *map(self._row, self._pages["offered"].rows[1:])]

    def _concerns(self) -> list[Keyboard]:
        rows = self._pages["concerns"].rows
        topics = [
            (label, value)
            for row in rows
            for label, data in row
            if data.startswith("concerns=") and (value := data.partition("=")[2]) != "done"
        ]
        ticks: Multiselect[str] = Multiselect(
            Format("✅ {item[0]}"),
            Format("{item[0]}"),
            id="concerns",
            item_id_getter=itemgetter(1),
            items=topics,
        )
        closing = [row for row in rows if row[0][1] not in {f"concerns={one}" for _, one in topics}]
        return [Group(ticks, width=2), *map(self._row, closing)]

    async def _getter(self, dialog_manager: DialogManager, **_: object) -> dict[str, Any]:
        told = _told(dialog_manager)
        shown = answers.shown(told, self._pages)
        return {**shown, "found": told.get("found", []), "reference": told.get("reference", "")}

    async def _language(self, query: CallbackQuery, _: Button, manager: DialogManager) -> None:
        commands = [
            BotCommand(command=one["command"], description=one["description"])
            for one in self._pages.commands
        ]
        await self._bot.set_my_commands(
            commands, scope=BotCommandScopeChat(chat_id=query.from_user.id)
        )
        await manager.switch_to(Talk.welcome, ShowMode.SEND)

    async def _postcode(self, message: Message, _: MessageInput, manager: DialogManager) -> None:
        _told(manager)["postcode"] = answers.postcode(message.text or "")
        await manager.switch_to(Talk.practice, ShowMode.SEND)

    async def _search(self, message: Message, _: MessageInput, manager: DialogManager) -> None:
        _told(manager)["found"] = answers.practices(message.text or "")
        await manager.switch_to(Talk.offered, ShowMode.SEND)

    async def _name(self, message: Message, _: MessageInput, manager: DialogManager) -> None:
        _told(manager)["name"] = message.text or ""
        await manager.switch_to(Talk.date_of_birth, ShowMode.SEND)

    async def _birth(self, message: Message, _: MessageInput, manager: DialogManager) -> None:
        _told(manager)["date_of_birth"] = answers.birth(message.text or "")
        page = self._pages["share"]
        button = KeyboardButton(text=page.label, request_contact=True)
        markup = ReplyKeyboardMarkup(
            keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True
        )
        await message.answer(page.text, reply_markup=markup)
        await manager.switch_to(Talk.phone, ShowMode.SEND)

    async def _phone(self, message: Message, _: MessageInput, manager: DialogManager) -> None:
        told = _told(manager)
        told["phone"] = answers.phone(message.text or "")
        text = self._pages["heard"].finished(**answers.shown(told, self._pages))
        await message.answer(text, reply_markup=ReplyKeyboardRemove())
        await manager.switch_to(Talk.send_now, ShowMode.SEND)

    async def _send(self, query: CallbackQuery, _: Button, manager: DialogManager) -> None:
        told, chat = _told(manager), query.from_user.id
        ticked = manager.find("concerns")
        told["concerns"] = ",".join(ticked.get_checked() if ticked else ())
        await self._bot.send_message(chat, self._pages["sending"].text)
        told["reference"] = await self._sending.send(told, f"conversation-{chat}")
        text = self._pages["reference"].finished(reference=told["reference"])
        await self._bot.send_message(chat, text)
        await manager.switch_to(Talk.sent, ShowMode.SEND)


def _told(manager: DialogManager) -> dict[str, Any]:
    told: dict[str, Any] = manager.dialog_data
    return told


def _to(state: State) -> Pressed:
    async def pressed(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
        ticked = manager.find("concerns")
        _told(manager)["concerns"] = ",".join(ticked.get_checked() if ticked else ())
        await manager.switch_to(state, ShowMode.SEND)

    return pressed


def _keeping(step: str, value: str, following: State) -> Pressed:
    async def pressed(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
        _told(manager)[step] = value
        await manager.switch_to(following, ShowMode.SEND)

    return pressed


async def _picked(
    _: CallbackQuery, __: "Select[str]", manager: DialogManager, practice: str
) -> None:
    _told(manager)["practice"] = practice
    await manager.switch_to(Talk.concerns, ShowMode.SEND)


async def _other(query: CallbackQuery, _: Button, __: DialogManager) -> None:
    await query.answer("Please choose one of the buttons.")


async def _start(_: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(Talk.language, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)
