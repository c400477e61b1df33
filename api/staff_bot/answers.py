"""What staff write and press in their chat goes to the services; here is what they read then."""

from contextlib import suppress

from telegram import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
)
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from api.domain.chat import Button, ChatMessage
from api.domain.errors import NotFoundError
from api.domain.staff import StaffMember
from api.services import linking
from api.services.accepting import press
from api.services.desk import Desk
from api.services.telling import digest_of, home
from api.staff_bot import words
from common.runtime.logs import get

log = get(__name__)
ACCEPT = "accept"
Context = ContextTypes.DEFAULT_TYPE


def markup(buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
    """The buttons in one row, as Telegram takes them."""
    if not buttons:
        return None
    row = [
        InlineKeyboardButton(one.label, url=one.url or None, callback_data=one.data or None)
        for one in buttons
    ]
    return InlineKeyboardMarkup([row])


class Answers:
    """The handlers of everything that comes in, all in private chats."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._linking = linking.Linking(desk)

    def add_to(self, application: Application) -> None:  # type: ignore[type-arg]  # as above
        """Have everything answered."""
        private = filters.ChatType.PRIVATE
        for name, work in (("start", self.start), ("digest", self.digest), ("unlink", self.unlink)):
            application.add_handler(CommandHandler(name, work, private))
        application.add_handler(MessageHandler(private, self.anything))
        application.add_handler(CallbackQueryHandler(self.pressed))
        application.add_handler(ChatMemberHandler(self.member))
        application.add_error_handler(self.failed)

    async def start(self, update: Update, context: Context) -> None:
        """A link with a code in it was opened, or the chat without one."""
        await self._code_or_help(update, " ".join(context.args or ()))

    async def anything(self, update: Update, _context: Context) -> None:
        """Perhaps a code that was typed."""
        message = update.effective_message
        await self._code_or_help(update, (message and message.text) or "")

    async def digest(self, update: Update, _context: Context) -> None:
        """Somebody asks what waits for them."""
        chat = _chat(update)
        member = await linking.whose(self._desk, chat.id)
        message = ChatMessage(words.NEUTRAL)
        if member is not None:
            message = await digest_of(self._desk, member.asker) or ChatMessage(words.NOTHING)
        await chat.send_message(message.text, reply_markup=markup(message.buttons))

    async def unlink(self, update: Update, _context: Context) -> None:
        """Somebody no longer wants to hear from us here."""
        chat = _chat(update)
        member = await linking.whose(self._desk, chat.id)
        if member is not None:
            await linking.unlink(self._desk, member.asker)
        await chat.send_message(words.UNLINKED if member else words.NEUTRAL)

    async def pressed(self, update: Update, _context: Context) -> None:
        """A button: to accept is all that there is to press."""
        query = update.callback_query
        if query is None:
            return
        member = await linking.whose(self._desk, query.from_user.id)
        if member is None:
            await _answer(query, words.NEUTRAL)
            return
        action, _, reference = (query.data or "").partition(":")
        if action == ACCEPT:
            await self._accept(query, member, reference)
        else:
            await _answer(query, "")

    async def member(self, update: Update, _context: Context) -> None:
        """Whoever blocks us is unlinked, so that nothing waits for them in vain."""
        change: ChatMemberUpdated | None = update.my_chat_member
        if change is None or change.new_chat_member.status != ChatMemberStatus.BANNED:
            return
        member = await linking.whose(self._desk, change.chat.id)
        if member is not None:
            await linking.end_blocked(self._desk, member.staff_id)

    async def failed(self, update: object, context: Context) -> None:
        """Something went wrong with us: said to whoever waits, and logged by its class."""
        log.error("staff_bot.failed", error=type(context.error).__name__)
        if isinstance(update, Update) and update.effective_chat:
            await update.effective_chat.send_message(words.BROKEN)

    async def _code_or_help(self, update: Update, typed: str) -> None:
        chat = _chat(update)
        linked = await self._linking.link(chat.id, typed)
        member = linked or await linking.whose(self._desk, chat.id)
        if member is None:
            await chat.send_message(words.NEUTRAL)
            return
        choices = (await linking.linked(self._desk, member.asker)).choices
        await chat.send_message(words.welcome(choices) if linked else words.help_text(choices))

    async def _accept(self, query: CallbackQuery, member: StaffMember, reference: str) -> None:
        """Accept it by the very service of its page, and let the message say who has it."""
        buttons: tuple[Button, ...] = ()
        try:
            told = words.standing(await press(self._desk, member.asker, reference))
            buttons = (Button("Open", url=f"{home(self._desk)}referrals/{reference}"),)
        except NotFoundError:
            told = words.NOT_YOURS
        await _answer(query, told)
        message = query.message
        if isinstance(message, Message) and message.text:
            first = message.text.split("\n\n")[0]
            with suppress(BadRequest):  # it says so already
                await message.edit_text(f"{first}\n\n{told}", reply_markup=markup(buttons))


async def _answer(query: CallbackQuery, text: str) -> None:
    with suppress(BadRequest):  # an old press, which nobody waits for any more
        await query.answer(text, show_alert=bool(text))


def _chat(update: Update) -> Chat:
    chat = update.effective_chat
    if chat is None:
        raise NotFoundError
    return chat
