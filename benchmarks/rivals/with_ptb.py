"""The dialogue as python-telegram-bot's ConversationHandler has it, on a persistence of SQLite."""

import json
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from telegram import (
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    Defaults,
    MessageHandler,
    filters,
)

from benchmarks.rivals import answers
from benchmarks.rivals.pages import Pages
from benchmarks.rivals.ptb_persistence import SqlitePersistence
from benchmarks.rivals.sqlite import Book
from benchmarks.telegram import TOKEN

Context = ContextTypes.DEFAULT_TYPE
Handler = Callable[[Update, Context], Coroutine[Any, Any, str]]
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
_TYPED = filters.TEXT & ~filters.COMMAND


class PtbDialogue:
    """The short path; each update is committed before the next is taken, as its guide asks."""

    def __init__(self, book: Book, pages: Pages) -> None:
        self._pages = pages
        self._sending = answers.Sending()
        self._persistence = SqlitePersistence(book)
        # Keyboards never change, so they are made once.
        self._keyboards = {
            name: InlineKeyboardMarkup(
                [
                    [InlineKeyboardButton(label, callback_data=data) for label, data in row]
                    for row in page.rows
                ]
            )
            for name, page in pages.by_name.items()
            if page.rows
        }
        preview = LinkPreviewOptions(is_disabled=True)
        self._app: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder()
            .token(TOKEN)
            .updater(None)
            .job_queue(None)
            .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=preview))
            .persistence(self._persistence)
            .build()
        )
        self._app.add_handler(self._conversation())

    async def open(self) -> None:
        """Get ready."""
        await self._app.initialize()

    async def close(self) -> None:
        """Let go."""
        await self._app.shutdown()
        await self._sending.close()

    async def take(self, updates: Sequence[bytes]) -> None:
        """Take updates one after the other: a ConversationHandler is not made for more at once."""
        for raw in updates:
            await self._app.process_update(Update.de_json(json.loads(raw), self._app.bot))
            await self._app.update_persistence()
            await self._persistence.commit()

    def _conversation(self) -> ConversationHandler[Context]:
        pressed: dict[str, Handler] = {
            "language": self._language,
            "welcome": self._then("who_for"),
            "who_for": self._then("safe_now"),
            "safe_now": self._then("postcode"),
            "offered": self._practice,
            "concerns": self._concern,
            "send_now": self._review,
            "review": self._send,
        }
        typed: dict[str, Handler] = {
            "postcode": self._postcode,
            "practice": self._search,
            "offered": self._search,
            "name": self._name,
            "date_of_birth": self._birth,
            "phone": self._phone,
        }
        steps = {"offered": "practice"}
        states: dict[object, list[Any]] = {name: [] for name in self._pages.by_name}
        for name, handler in pressed.items():
            pattern = rf"^{steps.get(name, name)}="
            states[name] += [CallbackQueryHandler(handler, pattern=pattern)]
        for name, handler in typed.items():
            states[name] += [MessageHandler(_TYPED, handler)]
        return ConversationHandler(
            entry_points=[CommandHandler("start", self._start)],
            states=states,
            fallbacks=[CommandHandler("start", self._start), CallbackQueryHandler(self._other)],
            name="talk",
            persistent=True,
            allow_reentry=True,
        )

    async def _start(self, update: Update, context: Context) -> str:
        self._told(context).clear()
        await self._say(update, context, "language")
        return "language"

    async def _language(self, update: Update, context: Context) -> str:
        await self._pressed(update, context)
        await self._ask(update, context, "welcome")
        commands = [BotCommand(one["command"], one["description"]) for one in self._pages.commands]
        scope = BotCommandScopeChat(self._chat(update))
        await context.bot.set_my_commands(commands, scope=scope)
        return "welcome"

    def _then(self, following: str) -> Handler:
        async def handle(update: Update, context: Context) -> str:
            await self._pressed(update, context)
            return await self._ask(update, context, following)

        return handle

    async def _postcode(self, update: Update, context: Context) -> str:
        self._told(context)["postcode"] = answers.postcode(self._words(update))
        return await self._ask(update, context, "practice")

    async def _search(self, update: Update, context: Context) -> str:
        found = answers.practices(self._words(update))
        buttons = [
            [InlineKeyboardButton(label, callback_data=f"practice={code}")] for code, label in found
        ]
        rest = self._keyboards["offered"].inline_keyboard[1:]
        markup = InlineKeyboardMarkup([*buttons, *rest])
        return await self._ask(update, context, "offered", markup)

    async def _practice(self, update: Update, context: Context) -> str:
        await self._pressed(update, context)
        return await self._ask(update, context, "concerns")

    async def _concern(self, update: Update, context: Context) -> str:
        query, told = update.callback_query, self._told(context)
        if query is None or query.data is None:
            raise AssertionError("this handler is for presses")
        value = query.data.partition("=")[2]
        await query.answer()
        if value == "done":
            return await self._ask(update, context, "name")
        ticked = dict.fromkeys(one for one in str(told.get("concerns", "")).split(",") if one)
        if value in ticked:
            del ticked[value]
        else:
            ticked[value] = None
        told["concerns"] = ",".join(ticked)
        await query.edit_message_text(
            self._pages["concerns"].text, reply_markup=self._ticked(ticked)
        )
        return "concerns"

    async def _name(self, update: Update, context: Context) -> str:
        self._told(context)["name"] = self._words(update)
        return await self._ask(update, context, "date_of_birth")

    async def _birth(self, update: Update, context: Context) -> str:
        self._told(context)["date_of_birth"] = answers.birth(self._words(update))
        await self._ask(update, context, "phone")
        page = self._pages["share"]
        button = KeyboardButton(page.label, request_contact=True)
        markup = ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
        await context.bot.send_message(self._chat(update), page.text, reply_markup=markup)
        return "phone"

    async def _phone(self, update: Update, context: Context) -> str:
        self._told(context)["phone"] = answers.phone(self._words(update))
        await self._close(update, context)
        await self._say(update, context, "heard", ReplyKeyboardRemove())
        await self._say(update, context, "send_now")
        return "send_now"

    async def _review(self, update: Update, context: Context) -> str:
        await self._pressed(update, context)
        return await self._ask(update, context, "review")

    async def _send(self, update: Update, context: Context) -> str:
        await self._pressed(update, context)
        await self._ask(update, context, "sending")
        told = self._told(context)
        conversation = f"conversation-{self._chat(update)}"
        told["reference"] = await self._sending.send(told, conversation)
        await self._close(update, context)
        await self._say(update, context, "reference")
        await self._say(update, context, "sent")
        return "sent"

    async def _other(self, update: Update, _: Context) -> None:
        if update.callback_query:
            await update.callback_query.answer("Please choose one of the buttons.")

    async def _pressed(self, update: Update, context: Context) -> None:
        """Answer a press and keep what it chose."""
        query = update.callback_query
        if query is None or query.data is None:
            raise AssertionError("this handler is for presses")
        step, _, value = query.data.partition("=")
        self._told(context)[step] = value
        await query.answer()

    async def _ask(
        self, update: Update, context: Context, name: str, markup: Markup | None = None
    ) -> str:
        await self._close(update, context)
        await self._say(update, context, name, markup)
        return name

    async def _close(self, update: Update, context: Context) -> None:
        """Take the buttons from the question before."""
        told = self._told(context)
        if asked := told.pop("asked", ""):
            await context.bot.edit_message_reply_markup(self._chat(update), int(asked))

    async def _say(
        self, update: Update, context: Context, name: str, markup: Markup | None = None
    ) -> None:
        told, page = self._told(context), self._pages[name]
        text = page.text
        if "{" in text:
            reference = told.get("reference", "")
            text = page.finished(**answers.shown(told, self._pages), reference=reference)
        shown = markup or self._keyboards.get(name)
        message = await context.bot.send_message(self._chat(update), text, reply_markup=shown)
        if isinstance(shown, InlineKeyboardMarkup):
            told["asked"] = str(message.message_id)

    def _ticked(self, ticked: dict[str, None]) -> InlineKeyboardMarkup:
        rows = [
            [
                InlineKeyboardButton(
                    f"✅ {label}" if data.partition("=")[2] in ticked else label, callback_data=data
                )
                for label, data in row
            ]
            for row in self._pages["concerns"].rows
        ]
        return InlineKeyboardMarkup(rows)

    @staticmethod
    def _told(context: Context) -> dict[Any, Any]:
        if context.user_data is None:
            raise AssertionError("every update here is from somebody")
        return context.user_data

    @staticmethod
    def _chat(update: Update) -> int:
        if update.effective_chat is None:
            raise AssertionError("every update here has a chat")
        return update.effective_chat.id

    @staticmethod
    def _words(update: Update) -> str:
        return (update.message.text if update.message else "") or ""
