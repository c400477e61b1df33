"""Words that a language lacks are said in English, and never without owning up to it."""

from dataclasses import replace
from datetime import date

from bot.catalogue import Catalogue, Released
from bot.dialogue.effects import (
    AskContact,
    Button,
    DropContactButton,
    Lines,
    Say,
    Toast,
    Words,
    words,
)
from bot.pen import FSI, PDI
from bot.ports import Outgoing
from bot.translation import IN_ENGLISH, Translator
from bot.vocabulary import Shipped
from tests.support.world import LOCALES, translator

LACKED: list[str] = []
SKIP, BACK = words("do", "skip"), words("do", "back")
LINE = translator().label(IN_ENGLISH, "bn")


def missing(*parts: Words | Lines, rows: tuple[tuple[Button, ...], ...] = ()) -> Outgoing:
    """What is said in a Bengali that has only the line and one message."""
    shipped = Shipped.load(LOCALES).catalogues
    line, skip = ("general", "in_english"), ("do", "skip")
    bengali = Catalogue.empty("bn")
    has = {name: shipped["bn"].shipped[name] for name in (line, skip)}
    few = {"en": shipped["en"], "bn": replace(bengali, released=Released(has))}
    return Translator(few, LACKED.append).render(Say(parts, rows), "bn")


def test_english_that_stands_in_is_owned_up_to_once_before_it() -> None:
    LACKED.clear()
    said = missing(SKIP, BACK, words("do", "urgent"), SKIP)
    texts = [text for text, _ in said.paragraphs()]
    assert texts[0] == texts[4] == translator().label(SKIP, "bn")
    assert texts[1:4] == [LINE, "Back", translator().label(words("do", "urgent"), "en")]
    assert [language for _, language in said.paragraphs()] == ["bn", "bn", "en", "en", "bn"]
    assert LACKED == ["bn"], "once for a message"


def test_a_button_without_a_label_keeps_the_english_one_and_the_line_is_shown() -> None:
    rows = ((Button("do", "back", BACK), Button("do", "skip", SKIP)),)
    said = missing(SKIP, rows=rows)
    assert [text for text, _ in said.paragraphs()] == [translator().label(SKIP, "bn"), LINE]
    assert [(one.label, one.language) for one in said.rows[0]] == [
        ("Back", "en"),
        (translator().label(SKIP, "bn"), ""),
    ]


def test_nothing_is_owned_up_to_where_nothing_is_missing() -> None:
    LACKED.clear()
    said = missing(SKIP, BACK.within("en"))
    assert LINE not in said.html
    assert LACKED == []


def test_the_line_itself_may_be_in_english() -> None:
    english = Shipped.load(LOCALES).catalogues["en"]
    bare = Translator({"en": english, "ar": Catalogue.empty("ar")})
    said = bare.render(Say((BACK,)), "ar")
    line = bare.label(IN_ENGLISH, "en")
    assert said.paragraphs() == [(line, "en"), ("Back", "en")]
    assert said.direction == "rtl"


def test_what_stands_in_is_english_as_a_whole() -> None:
    heard = words("date_of_birth", "heard", date=date(1980, 4, 3))
    assert "3 April 1980" in missing(heard).html


def test_english_amid_another_language_keeps_its_direction() -> None:
    said = missing(Lines((SKIP, BACK)))
    line, mixed = said.paragraphs()
    assert line == (LINE, "bn")
    assert mixed == (f"{translator().label(SKIP, 'bn')}\n{FSI}Back{PDI}", "bn")


def test_notices_and_the_share_button_own_up_too() -> None:
    few = Translator({"en": Shipped.load(LOCALES).catalogues["en"], "ar": Catalogue.empty("ar")})
    notice = few.render(Toast(words("status", "one_moment")), "ar").label
    line = few.label(IN_ENGLISH, "en")
    assert notice == f"{line}\n{FSI}{few.label(words('status', 'one_moment'), 'en')}{PDI}"
    share = few.render(AskContact(words("phone", "or_share"), words("phone", "share")), "ar")
    assert share.paragraphs()[0] == (line, "en")
    thanks = few.render(DropContactButton(words("phone", "thanks")), "ar")
    assert thanks.paragraphs()[0] == (line, "en")
