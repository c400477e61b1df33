"""Linking somebody's Telegram with their account: by a code, and undone from both sides."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from api.domain.chat import Choices
from api.domain.staff import Asker, StaffAsker, StaffMember, SystemAsker
from api.persistence import audit, staff, telegram
from api.services.beside import what_was_held
from api.services.desk import Desk
from api.services.patience import Patience

VALID = timedelta(minutes=10)
LENGTH = 8  # letters of 32: a thousand thousand million codes
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = str.maketrans("OIL", "011")
FREE = 5  # wrong codes of one chat before it must wait
PLACE = {"table": "telegram_link", "column": "sealed"}
BLOCKED = "blocked"
BOT = SystemAsker("staff-bot")


@dataclass(frozen=True, slots=True)
class Linked:
    """How somebody's Telegram stands; `ended` says why a link ended without their asking."""

    since: datetime | None
    choices: Choices
    ended: str
    bot_on: bool


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code, shown once; `link` opens the chat with it, where our bot's name is known."""

    code: str
    link: str


async def linked(desk: Desk, asker: StaffAsker) -> Linked:
    """How the asker's own Telegram stands."""

    def read(connection: Connection) -> Linked:
        link = telegram.link_of(connection, asker.staff_id)
        chosen = telegram.chosen(connection, asker.staff_id)
        since = link.linked_at if link else None
        return Linked(since, chosen.choices, chosen.ended, desk.staff_bot.on)

    return await desk.database.read(read)


async def new_code(desk: Desk, asker: StaffAsker) -> NewCode:
    """A code for the asker's own chat, good for ten minutes and once; earlier ones are not."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    until = desk.clock() + VALID

    def keep(connection: Connection) -> None:
        telegram.keep_code(connection, asker.staff_id, _hash(desk, code), until)
        _record(desk, connection, asker, "telegram.code_made", asker.staff_id)

    await desk.database.write(keep)
    name = desk.staff_bot.name
    link = f"https://t.me/{name}?start={code}" if name else ""
    return NewCode(f"{code[:4]}-{code[4:]}", link)


async def choose(desk: Desk, asker: StaffAsker, choices: Choices) -> None:
    """Keep how the asker wants to be told."""

    def keep(connection: Connection) -> None:
        telegram.choose(connection, asker.staff_id, choices, desk.clock())
        _record(desk, connection, asker, "telegram.chosen", asker.staff_id)
        if telegram.held(connection, asker.staff_id):  # the silence may have ended by that
            desk.dispatcher.enqueue(connection, [what_was_held(asker.staff_id)])

    await desk.write(keep)


async def unlink(desk: Desk, asker: StaffAsker) -> None:
    """Unlink the asker's own chat; once more changes nothing."""
    await desk.database.write(lambda connection: _unlink(desk, connection, asker, asker.staff_id))


async def end_blocked(desk: Desk, staff_id: int) -> None:
    """Unlink whoever has blocked our bot, and let their page say so."""

    def end(connection: Connection) -> None:
        if _unlink(desk, connection, BOT, staff_id):
            telegram.note_end(connection, staff_id, BLOCKED, desk.clock())

    await desk.database.write(end)


async def whose(desk: Desk, chat: int) -> StaffMember | None:
    """Who is linked with this chat and still works here."""
    hashed = chat_hash(desk, chat)

    def read(connection: Connection) -> StaffMember | None:
        link = telegram.link_with(connection, hashed)
        return staff.by_id(connection, link.staff_id) if link else None

    member = await desk.database.read(read)
    return member if member and member.active else None


class Linking:
    """Links chats by the codes that are typed in them, with patience for wrong ones."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._patience = Patience()

    async def link(self, chat: int, typed: str) -> StaffMember | None:
        """Link this chat if the code is right; None when it is not, or the chat must wait.

        A chat that was somebody else's is theirs no more.
        """
        code = "".join(filter(str.isalnum, typed.upper())).translate(ALIKE)
        if len(code) != LENGTH:
            return None
        desk, now = self._desk, self._desk.clock()
        keys = {desk.vault.fingerprint("telegram-try", str(chat)): FREE}
        if self._patience.wait(keys, now):
            return None
        self._patience.count(keys, now)
        member = await desk.database.write(lambda c: _link(desk, c, chat, code))
        if member is not None:
            self._patience.forgive(keys)
        return member


def chat_of(desk: Desk, connection: Connection, staff_id: int) -> int | None:
    """The number of somebody's chat."""
    link = telegram.link_of(connection, staff_id)
    if link is None:
        return None
    return int(desk.vault.open(link.sealed, **PLACE, row=str(staff_id)))


def chat_hash(desk: Desk, chat: int) -> str:
    """By which a chat is found; its number is never stored in the open."""
    return desk.vault.fingerprint("telegram-chat", str(chat))


def _link(desk: Desk, connection: Connection, chat: int, code: str) -> StaffMember | None:
    now, hashed = desk.clock(), chat_hash(desk, chat)
    staff_id = telegram.use_code(connection, _hash(desk, code), now)
    member = staff.by_id(connection, staff_id) if staff_id else None
    if member is None or not member.active:
        return None
    before = telegram.link_with(connection, hashed)
    if before and before.staff_id != member.staff_id:
        _unlink(desk, connection, member.asker, before.staff_id)
    sealed = desk.vault.seal(str(chat).encode(), **PLACE, row=str(member.staff_id))
    telegram.keep_link(connection, member.staff_id, hashed, sealed, now)
    telegram.note_end(connection, member.staff_id, "", now)
    _record(desk, connection, member.asker, "telegram.linked", member.staff_id)
    return member


def _unlink(desk: Desk, connection: Connection, asker: Asker, staff_id: int) -> bool:
    if not telegram.drop_link(connection, staff_id):
        return False
    _record(desk, connection, asker, "telegram.unlinked", staff_id)
    return True


def _record(desk: Desk, connection: Connection, asker: Asker, action: str, staff_id: int) -> None:
    subject = f"staff:{staff_id}"
    audit.record(asker, connection, action=action, subject=subject, at=desk.clock())


def _hash(desk: Desk, code: str) -> str:
    return desk.vault.fingerprint("telegram-code", code)
