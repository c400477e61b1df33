"""The queue of unread texts, and the texts of one referral, put into words."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.domain.reading import ENGLISH, ForWhom, written_as
from api.domain.staff import StaffAsker
from api.services.texts import English, ReadText, Sheet
from api.services.unread import Waiting, is_for
from api.staff.labels import language_name
from api.staff.pieces import at, day
from common.contract.directory import Directory
from common.contract.languages import BY_CODE

PLACES = {
    "concern": "What they typed when we asked what they would like help with",
    "own": "What they wrote",
    "call": "What they wrote when they asked to be called",
}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A referral with texts to read. `link` is empty for what is only shown to be waiting."""

    reference: str
    link: str
    language: str
    practice: str
    received: str
    count: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows for one kind of reader."""

    heading: str
    hint: str
    rows: tuple[QueueRow, ...]


@dataclass(frozen=True, slots=True)
class EnglishShown:
    """What a text says in English; `label` says whose words these are."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody tried with one text, and why it could not be."""

    which: str = ""
    typed: str = ""
    interpreted: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class TextShown:
    """One text. `read` says who read it, or is empty; `opened`: the form for English stands open.

    `typed`, `interpreted` and `problem` are what stands in that form.
    """

    which: str
    heading: str
    words: str
    read: str
    english: tuple[EnglishShown, ...]
    may_mark: bool
    opened: bool
    typed: str
    interpreted: bool
    problem: str


@dataclass(frozen=True, slots=True)
class TextsShown:
    """All free texts of one referral. `lang` and `dir` are those they were written in."""

    reference: str
    link: str
    language: str
    lang: str
    dir: str
    in_english: bool
    reads_it: bool
    texts: tuple[TextShown, ...]
    unread: int


HEADINGS = {
    ForWhom.YOU: ("For you to read", "In English for your referrals, or in a language you read."),
    ForWhom.INTERPRETER: (
        "Needs the interpreting service",
        "Nobody here reads this language. Ask an interpreter, and type in English what it says.",
    ),
    ForWhom.OTHERS: ("For colleagues to read", "Somebody else has these, or reads their language."),
}


def groups(found: Sequence[Waiting], directory: Directory, asker: StaffAsker) -> tuple[Group, ...]:
    """What waits, by who is to see to it; within each the flagged and overdue come first."""
    ordered = sorted(found, key=lambda one: (not one.found.flagged, not one.overdue))
    return tuple(
        Group(*words, tuple(_row(one, directory, asker) for one in rows))
        for whom, words in HEADINGS.items()
        if (rows := [one for one in ordered if one.for_whom is whom])
    )


def present(sheet: Sheet, tried: Tried | None = None) -> TextsShown:
    """The texts; `tried` is what somebody has just typed in vain."""
    found = sheet.referral
    written = BY_CODE.get(written_as(found.language))
    return TextsShown(
        reference=found.reference,
        link=f"/staff/referrals/{found.reference}",
        language=language_name(found.language),
        lang=written.bcp47 if written else "und",
        # Else the browser finds it out by the letters: whoever chose English may write Arabic.
        dir="rtl" if written and written.direction == "rtl" else "auto",
        in_english=written_as(found.language) == ENGLISH,
        reads_it=sheet.reads_it,
        texts=tuple(_text(one, sheet, tried or Tried()) for one in sheet.texts),
        unread=sheet.unread,
    )


def _row(one: Waiting, directory: Directory, asker: StaffAsker) -> QueueRow:
    found, practice = one.found, directory.practice(one.found.practice)
    marks = []
    if found.flagged:
        marks.append("Marked urgent: read it now")
    elif one.overdue:
        marks.append(f"Overdue since {at(one.by)}")
    if one.for_whom is ForWhom.INTERPRETER and is_for(asker, one):
        marks.append("Yours to arrange")
    return QueueRow(
        reference=found.reference,
        link=f"/staff/texts/{found.reference}",
        language=language_name(found.language),
        practice=practice.name if practice else found.practice or "Practice not known",
        received=at(found.received_at),
        count="1 text" if found.count == 1 else f"{found.count} texts",
        marks=tuple(marks),
    )


def _text(one: ReadText, sheet: Sheet, tried: Tried) -> TextShown:
    kind, _, number = one.which.partition("-")
    reading = one.reading
    here = tried if tried.which == one.which else Tried()
    return TextShown(
        which=one.which,
        heading=PLACES[kind] if number == "1" else f"{PLACES[kind]} ({number})",
        words=one.words,
        read=f"Read by {reading.name} on {at(reading.at)}" if reading else "",
        english=tuple(_english(each) for each in one.english),
        may_mark=reading is None and sheet.reads_it,
        opened=bool(here.problem) or not (sheet.reads_it or reading),
        typed=here.typed,
        interpreted=here.interpreted,
        problem=here.problem,
    )


def _english(one: English) -> EnglishShown:
    how = ", as an interpreter told it," if one.interpreted else ""
    label = f"English by {one.name}{how} on {day(one.at)}, not the person's own words"
    return EnglishShown(label, one.words)
