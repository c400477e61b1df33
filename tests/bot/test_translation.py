"""Effects become texts: in the right language, escaped, isolated, counted and dated."""

from datetime import date
from pathlib import Path

import pytest

from bot.catalogue import Catalogue
from bot.dialogue.effects import (
    AskStatus,
    Button,
    CloseQuestion,
    EraseChat,
    Lines,
    Redraw,
    Say,
    SetLanguage,
    Toast,
    Verbatim,
    Words,
    counted,
    words,
)
from bot.pen import MissingWordsError
from bot.translation import Translator, plain_text
from tests.support.world import translator

FSI, PDI = "\u2068", "\u2069"

SOURCE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgctxt "x"
msgid "hello"
msgstr "Hello <b>%(name)s</b>, 100%% {name} {0.__class__}"

msgctxt "x"
msgid "only_english"
msgstr "Only English"

msgctxt "x"
msgid "day"
msgid_plural "days"
msgstr[0] "%(count)s day"
msgstr[1] "%(count)s days"

msgctxt "x"
msgid "spellings"
msgstr "yes|yeah"

msgctxt "date_of_birth"
msgid "month_spellings"
msgstr "jan|feb/febuary|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
"""

ARABIC = """
msgid ""
msgstr ""
"Language: ar\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%"
"100>=11 && n%100<=99 ? 4 : 5);\\n"

msgctxt "x"
msgid "day"
msgid_plural "days"
msgstr[0] "لا أيام"
msgstr[1] "يوم واحد"
msgstr[2] "يومان"
msgstr[3] "%(count)s أيام"
msgstr[4] "%(count)s يومًا"
msgstr[5] "%(count)s يوم"

msgctxt "x"
msgid "hello"
msgstr "قبل %(name)s بعد"
"""


@pytest.fixture
def arabic(tmp_path: Path) -> Translator:
    for code, text in (("en", SOURCE), ("ar", ARABIC)):
        folder = tmp_path / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "messages.po").write_text(text, encoding="utf-8")
    return Translator.load(tmp_path)


@pytest.fixture
def small(tmp_path: Path) -> Translator:
    for code, text in (("en", SOURCE), ("ar", SOURCE.split("msgctxt", maxsplit=1)[0])):
        folder = tmp_path / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "messages.po").write_text(text, encoding="utf-8")
    return Translator.load(tmp_path)


def test_values_are_escaped_and_isolated_and_never_formatted(small: Translator) -> None:
    said = small.html(words("x", "hello", name="<i>%(x)s & {0}"), "en")
    assert (
        said == f"Hello <b>{FSI}&lt;i&gt;%(x)s &amp; {{0}}{PDI}</b>, 100% {{name}} {{0.__class__}}"
    )


def test_an_address_stays_clickable(small: Translator) -> None:
    assert FSI not in small.html(words("x", "hello", name="https://doorway.example/?a=1"), "en")


@pytest.mark.parametrize(("days", "said"), [(1, "1 day"), (2, "2 days"), (1000, "1,000 days")])
def test_counts_take_the_plural_of_the_language(small: Translator, days: int, said: str) -> None:
    assert small.html(counted("x", "day", "days", days), "en") == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "لا أيام"),
        (1, "يوم واحد"),
        (2, "يومان"),
        (3, "٣ أيام"),
        (10, "١٠ أيام"),
        (11, "١١ يومًا"),
        (99, "٩٩ يومًا"),
        (100, "١٠٠ يوم"),
        (103, "١٠٣ أيام"),
    ],
)
def test_arabic_has_six_plurals_and_writes_one_and_two_as_words(
    arabic: Translator, days: int, said: str
) -> None:
    assert arabic.html(counted("x", "day", "days", days), "ar") == said


def test_only_counts_and_dates_take_the_digits_of_the_language(arabic: Translator) -> None:
    for text in ("020 7946 0000", "TH-7K3M-9QX", "E1 4DG", "Room 5"):
        said = arabic.html(words("x", "hello", name=text), "ar")
        assert said == f"قبل {FSI}{text}{PDI} بعد"
    born = words("x", "hello", name=date(1980, 4, 3))
    assert arabic.html(born, "ar") == f"قبل {FSI}٣ أبريل ١٩٨٠{PDI} بعد"


def test_dates_are_written_in_words_of_the_language() -> None:
    heard = words("date_of_birth", "heard", date=date(1980, 4, 3))
    assert "3 April 1980" in translator().html(heard, "en")
    assert "৩ এপ্রিল, ১৯৮০" in translator().html(heard, "bn")


def test_a_language_without_a_message_says_it_in_english(small: Translator) -> None:
    assert small.html(words("x", "only_english"), "ar") == "Only English"
    assert small.html(words("x", "only_english"), "so") == "Only English"


def test_a_message_that_nobody_wrote_is_an_error(small: Translator) -> None:
    with pytest.raises(MissingWordsError, match="x/nobody"):
        small.html(Words("x", "nobody"), "en")


def test_words_may_keep_a_language_of_their_own() -> None:
    both = tuple(words("language", "question").within(code) for code in ("bn", "en"))
    said = translator().render(Say(both), "en").html
    assert "ভাষা" in said
    assert "language" in said


def test_lists_of_choices_and_of_texts_read_apart() -> None:
    labels = (words("concerns", "money"), words("concerns", "housing"))
    line = words("review", "line", label=words("concerns", "label"), answer=labels)
    assert plain_text(translator().html(line, "en")).endswith("Money, bills, debt · Housing")
    texts = words("review", "line", label=words("own_words", "label"), answer=("One.", "Two."))
    assert "One.\nTwo." in plain_text(translator().html(texts, "en"))


def test_lines_stand_under_one_another(small: Translator) -> None:
    lines = Lines((words("x", "only_english"), words("x", "only_english")))
    assert small.render(Say((lines,)), "en").html == "Only English\nOnly English"


def test_each_paragraph_knows_its_language(small: Translator) -> None:
    hello = words("x", "only_english")
    both = translator().render(
        Say((words("language", "question").within("bn"), words("do", "back"))), "en"
    )
    assert both.languages == ("bn", "en")
    assert [language for _, language in both.paragraphs()] == ["bn", "en"]
    assert small.render(Say((hello, hello)), "en").languages == ()


def test_buttons_are_plain_and_ticked(small: Translator) -> None:
    rows = ((Button("x", "a", words("x", "hello", name="A"), chosen=True),),)
    shown = small.render(Redraw(Say((words("x", "only_english"),), rows, question="x")), "en")
    assert shown.verb == "redraw"
    assert shown.rows[0][0].ticked == f"✅ Hello {FSI}A{PDI}, 100% {{name}} {{0.__class__}}"
    assert small.label(Verbatim("<বাংলা>"), "en") == "<বাংলা>"


def test_the_direction_follows_the_language(small: Translator) -> None:
    assert small.render(CloseQuestion(), "ar").direction == "rtl"
    assert small.render(EraseChat(), "en").direction == "ltr"


def test_notices_and_commands_are_for_the_platform() -> None:
    assert translator().render(Toast(words("status", "one_moment")), "en").verb == "answer"
    commands = translator().render(SetLanguage("bn"), "bn").rows[0]
    assert [one.data for one in commands][:3] == ["start", "help", "back"]
    assert all(1 <= len(one.label) <= 256 for one in commands), "Telegram's limit"


def test_what_is_no_message_cannot_be_rendered(small: Translator) -> None:
    with pytest.raises(ValueError, match="AskStatus"):
        small.render(AskStatus("TH-7K3M-9QX", "talk0000"), "en")


def test_spellings_are_split_and_months_are_known(small: Translator) -> None:
    assert small.spellings(words("x", "spellings"), "en") == ("yes", "yeah")
    assert small.spellings(Verbatim("a|b"), "en") == ("a|b",)
    assert small.months("en")["febuary"] == 2
    assert translator().months("bn")["জানুয়ারি"] == 1
    assert translator().months("bn")["march"] == 3


def test_a_catalogue_knows_its_language(tmp_path: Path) -> None:
    folder = tmp_path / "bn" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(SOURCE, encoding="utf-8")
    assert str(Catalogue.load(folder / "messages.po").locale) == "bn"


def test_plain_text_shows_where_a_link_leads() -> None:
    assert plain_text('See <a href="https://x.example">this</a> &amp; <b>that</b>') == (
        "See this (https://x.example) & that"
    )
