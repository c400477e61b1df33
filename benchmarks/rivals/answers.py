"""What the rivals make of answers: the same readers, directory and intake that Doorway has."""

from collections.abc import Mapping
from datetime import date
from html import escape

from babel import Locale
from babel.dates import format_date

from benchmarks.rivals.pages import Pages
from benchmarks.world import NOON, SECRET, directory, intake, translator
from bot.dialogue.reading import read_date
from bot.intake import HttpIntake, make_client
from common.contract.choices import Channel, Concern, SafeNow, WhoFor
from common.contract.identifiers import PhoneNumber, Postcode, UnreadableError
from common.contract.practices import search
from common.contract.referral import Contact, ReferralSubmission

Told = Mapping[str, str]
"""Answers by question; the concerns in one, parted by commas."""

_BRITISH = Locale("en", "GB")
_OFFERED = 3


def postcode(text: str) -> str:
    """The postcode, empty when it is none."""
    try:
        return str(Postcode.parse(text))
    except UnreadableError:
        return ""


def practices(text: str) -> list[tuple[str, str]]:
    """The best three open practices: code and label."""
    found = search(text, directory().practices, limit=_OFFERED + 2)
    there = [one.practice for one in found if one.practice.open][:_OFFERED]
    return [(one.ods_code, f"{one.name}, {one.street.split(', ')[-1]}") for one in there]


def birth(text: str) -> str:
    """The date of birth in ISO form, empty when it is none."""
    found = read_date(text, translator().months("en"), NOON.date())
    return found.isoformat() if found else ""


def phone(text: str) -> str:
    """The number in international form, empty when it is none."""
    try:
        return str(PhoneNumber.parse(text))
    except UnreadableError:
        return ""


def shown(told: Told, pages: Pages) -> dict[str, str]:
    """The answers as they are shown, ready for HTML."""
    practice = directory().practice(told.get("practice", ""))
    labels = {data: label for row in pages["concerns"].rows for label, data in row}
    ticked = [one for one in told.get("concerns", "").split(",") if one]
    born = told.get("date_of_birth", "")
    number = told.get("phone", "")
    return {
        "postcode": escape(told.get("postcode", "")),
        "practice": escape(practice.name if practice else ""),
        "concerns": " · ".join(labels[f"concerns={one}"] for one in ticked),
        "name": escape(told.get("name", "")),
        "birth": format_date(date.fromisoformat(born), "long", _BRITISH) if born else "",
        "phone": PhoneNumber.parse(number).spoken if number else "",
    }


class Sending:
    """Brings finished referrals to the intake, as Doorway's own delivery does."""

    def __init__(self) -> None:
        self._client = make_client("http://api.example", SECRET, intake())
        self._intake = HttpIntake(self._client)

    async def send(self, told: Told, conversation: str) -> str:
        """The reference of this referral, once it was taken."""
        submission = ReferralSubmission(
            conversation_id=conversation,
            channel=Channel.TELEGRAM,
            language="en",
            who_for=WhoFor(told["who_for"]),
            safe_now=SafeNow(told["safe_now"]),
            home=told["postcode"],
            practice=told["practice"],
            concerns=tuple(Concern(one) for one in told["concerns"].split(",")),
            name=told["name"],
            date_of_birth=date.fromisoformat(told["date_of_birth"]),
            contact=Contact(phone=told["phone"]),
        )
        return (await self._intake.submit(submission, conversation)).reference

    async def close(self) -> None:
        """Let go of the client."""
        await self._client.aclose()
