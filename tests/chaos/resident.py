"""A resident: who they are, what they answer to each question, and what became of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from api.persistence.practice_file import read_practices
from common.contract.directory import Practice

LANGUAGES = ("en", "bn", "so", "ar")
CHANNELS = ("telegram", "webchat")
NUDGE = "/status"
"""What is written when nothing can be answered and nothing comes: it is answered at any time."""
CONCERN = "concerns=housing"

# Made up of names that many people have.
_NAMES: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "en": (("Grace", "Daniel", "Ruth", "Peter", "Joan"), ("Carver", "Ashworth", "Miller")),
    "bn": (("আমিনা", "রহিম", "সালমা", "করিম", "নাসরিন"), ("বেগম", "হাসান", "আহমেদ")),
    "so": (("Hodan", "Abdi", "Faadumo", "Yuusuf", "Sahra"), ("Warsame", "Cali", "Maxamed")),
    "ar": (("أمينة", "يوسف", "مريم", "خالد", "ليلى"), ("حسن", "علي", "إبراهيم")),
}
_DIGITS = {"bn": "০১২৩৪৫৬৭৮৯", "ar": "٠١٢٣٤٥٦٧٨٩"}
_PRESSES: Mapping[str, str] = {
    "welcome": "welcome=yes",
    "who_for": "who_for=me",
    "safe_now": "safe_now=safe",
    "send_now": "send_now=send",
    "review": "review=send",
    "resume": "resume=go_on",
}


@dataclass
class Resident:
    """One resident, and their diary.

    `confirmed`: Send was pressed, and the platform or the page took it. `references` are those
    they have read. `finished`: they have come to the end. `answered`: it was still there for
    them when all was over.
    """

    number: int
    language: str
    channel: str
    practice: Practice
    started: bool = False
    confirmed: bool = False
    finished: bool = False
    answered: bool = False
    repeats: int = 0
    references: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Their full name, which others may have as well."""
        given, family = _NAMES[self.language]
        return f"{given[self.number % len(given)]} {family[self.number % len(family)]}"

    @property
    def phone(self) -> str:
        """Their own number, as the api keeps it."""
        return f"+447700900{self.number:03d}"

    def answer(self, question: str, choices: Collection[str], chosen: Collection[str]) -> str:
        """What they press (a button's data) or write; nothing when the question is unknown.

        `choices` are the buttons there are, `chosen` those that are switched on.
        """
        if question == "language":
            return f"language={self.language}"
        if question == "practice":
            wanted = f"practice={self.practice.ods_code}"
            return wanted if wanted in choices else self.practice.name
        if question == "concerns":
            return "concerns=done" if CONCERN in chosen else CONCERN
        return _PRESSES.get(question) or self._written(question)

    def _written(self, question: str) -> str:
        written = {
            "postcode": "E1 4DG",
            "name": self.name,
            "date_of_birth": self._digits("25 3 1980"),
            "phone": self._digits(f"0{self.phone.removeprefix('+44')}"),
        }
        return written.get(question, "")

    def _digits(self, text: str) -> str:
        """The same in the digits of their own script."""
        return text.translate(str.maketrans("0123456789", _DIGITS.get(self.language, "0123456789")))


def residents(count: int) -> list[Resident]:
    """So many: half on each channel, all languages on both, at every open practice in turn."""
    practices = [one for one in read_practices() if one.open]
    return [
        Resident(
            number=number,
            channel=CHANNELS[number % 2],
            language=LANGUAGES[number // 2 % len(LANGUAGES)],
            practice=practices[number % len(practices)],
        )
        for number in range(count)
    ]
