"""What would break a message is left out, and all that is shipped is sound."""

from dataclasses import replace

import pytest

from bot.catalogue import Catalogue
from bot.dialogue.effects import counted
from bot.soundness import Fault, fault, released
from bot.vocabulary import Shipped
from common.contract.publication import Message, Wording
from common.words.plurals import PLURAL_FORMS
from tests.support.world import LOCALES

SHIPPED = Shipped.load(LOCALES).catalogues
ENGLISH = SHIPPED["en"]
MONTHS = ("date_of_birth", "month_spellings")
CARD = ("help_card", "talk")


def test_every_shipped_text_is_sound() -> None:
    for catalogue in SHIPPED.values():
        for name, texts in catalogue.shipped.items():
            assert fault(name, texts, ENGLISH.shipped[name]) == "", (catalogue.code, name)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        (CARD, "Ring %(number)s", ""),
        (CARD, "Ring them", "placeholders"),
        (CARD, "Ring %(nummer)s", "placeholders"),
        (CARD, "Ring %(number)s, %(name)s", "placeholders"),
        (CARD, "Ring %(number)s, 100%", "placeholders"),
        (CARD, "Ring %(number)d", "placeholders"),
        (CARD, "Ring %(number)s, 100%%", ""),
        (CARD, "<b>Ring</b> %(number)s", ""),
        (CARD, '<a href="https://x.example">Ring</a> %(number)s', ""),
        (CARD, "<b>Ring %(number)s", "markup"),
        (CARD, "<b><i>Ring</b></i> %(number)s", "markup"),
        (CARD, "Ring</b> %(number)s", "markup"),
        (CARD, "<script>Ring</script> %(number)s", "markup"),
        (CARD, '<a href="javascript:x()">Ring</a> %(number)s', "markup"),
        (CARD, '<b onclick="x()">Ring</b> %(number)s', "markup"),
        (CARD, "1 < 2 %(number)s", "markup"),
        (CARD, "Ring %(number)s or 0800 073-0003", "number"),
        (("do", "back"), " <b> </b> ", "empty"),
        (MONTHS, "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", ""),
        (MONTHS, "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov", "months"),
        (MONTHS, "jan||mar|apr|may|jun|jul|aug|sep|oct|nov|dec", "months"),
        (("commands", "help"), "x" * 257, "length"),
    ],
)
def test_a_text_that_would_do_harm_says_why(name: tuple[str, str], text: str, why: str) -> None:
    assert fault(name, [text], ENGLISH.shipped[name]) == why


def taken(wording: Wording) -> tuple[Catalogue, list[Fault]]:
    """A catalogue with this released on it, and what could not be used."""
    faults: list[Fault] = []
    shipped = SHIPPED[wording.language]
    usable = released(wording, ENGLISH, shipped, faults.append)
    return Catalogue(shipped.code, shipped.messages, shipped.locale, {}, usable), faults


def days(*texts: str, header: str = PLURAL_FORMS["ar"]) -> Wording:
    message = Message(step="sent", id="contact_day", plural_id="contact_days", texts=texts)
    return Wording(language="ar", plural_forms=header, messages=(message,))


def test_each_number_takes_its_form() -> None:
    catalogue, faults = taken(days("none", "one", "two", "%(count)s few", "%(count)s many", "x"))
    assert faults == []
    said = [
        catalogue.find(counted("sent", "contact_day", "contact_days", count))
        for count in (0, 1, 2, 3, 11, 100)
    ]
    assert said == ["none", "one", "two", "%(count)s few", "%(count)s many", "x"]


@pytest.mark.parametrize(
    "wording",
    [
        days("one", "%(count)s"),
        days(*"abcdef", header=""),
        days(*"abcdef", header="nplurals=6; plural=n"),
        days(*"abcdef", header="nplurals=6; plural=__import__('os')"),
        days(*"abcdef", header="nplurals=many; plural=0;"),
        days(*"abcdef", header="nplurals=6; plural=5/n"),
    ],
)
def test_forms_that_do_not_fit_are_left_to_what_was_shipped(wording: Wording) -> None:
    catalogue, faults = taken(wording)
    assert faults == [(("sent", "contact_day"), "forms")]
    text = counted("sent", "contact_day", "contact_days", 3)
    assert catalogue.find(text) == SHIPPED["ar"].find(text)


def test_what_nobody_asks_for_or_nobody_wrote_is_passed_over() -> None:
    unknown = Message(step="x", id="y", texts=("%(z)s",))
    unwritten = Message(step="do", id="back", texts=("",))
    wording = Wording(language="bn", plural_forms=PLURAL_FORMS["bn"], messages=(unknown, unwritten))
    faults: list[Fault] = []
    usable = released(wording, ENGLISH, SHIPPED["bn"], faults.append)
    assert (usable.texts, faults) == ({}, [])


def test_what_is_as_it_was_shipped_was_looked_at_before() -> None:
    ring = Message(step=CARD[0], id=CARD[1], texts=("Ring them",))
    wording = Wording(language="bn", plural_forms=PLURAL_FORMS["bn"], messages=(ring,))
    under = replace(SHIPPED["bn"], shipped={CARD: ring.texts})
    faults: list[Fault] = []
    assert released(wording, ENGLISH, under, faults.append).texts == {CARD: ring.texts}
    assert faults == []
    assert released(wording, ENGLISH, Catalogue.empty("bn"), faults.append).texts == {}
    assert faults == [(CARD, "placeholders")]
