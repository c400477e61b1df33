"""XLIFF files: what is written is read again, also after a tool; what is broken is refused."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.words.formats import xliff
from common.words.formats.units import LONGEST_FILE, LONGEST_TEXT, BadFileError, Unit, Words
from tests.common.words.conftest import LANGUAGES, outgoing

HEAD = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" '
    'xmlns:doorway="urn:doorway:words">\n<file target-language="bn"><body>\n'
)
TAIL = "</body></file></xliff>"
ONE = '<trans-unit id="welcome/yes"><source>Yes</source><target>হ্যাঁ</target></trans-unit>\n'


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_words_come_back_as_they_went(language: str) -> None:
    words = outgoing(language)
    back = xliff.read(xliff.write(words))
    for went, came in zip(words.units, back.units, strict=True):
        assert (came.key, came.texts, came.base) == (went.key, went.texts, went.base)
        assert set(came.english) <= set(went.english)  # one form is beside one English text


def test_a_language_of_one_form_is_shown_the_english_for_many() -> None:
    words = Words("zh", (Unit("stop", "gone", ("a day", "days"), ("天",), "m"),))
    written = xliff.write(words).decode()
    assert "<source>days</source>" in written
    assert xliff.read(written.encode()).units[0].texts == ("天",)


def test_what_a_tool_adds_is_passed_over() -> None:
    added = ONE.replace(
        "</trans-unit>",
        "<note>Is this right?</note><alt-trans><source>Yes</source><target>জি</target></alt-trans>"
        "</trans-unit>",
    ).replace("হ্যাঁ", '<mrk mtype="seg" mid="1">হ্যাঁ</mrk>')
    assert xliff.read(f"{HEAD}{added}{TAIL}".encode()).units[0].texts == ("হ্যাঁ",)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + f"]>{HEAD}{ONE.replace('Yes', '&i;')}{TAIL}"
)
BROKEN = {
    "line 1: it is no XLIFF 1.2 file": "<html></html>",
    "line 3: it is not whole XML": f"{HEAD}<trans-unit",
    "line 1: it declares entities": LAUGHS,
    "line 1: it declares": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    "line 3: <x> stands within a text": HEAD + ONE.replace("হ্যাঁ", '<x id="1"/>') + TAIL,
    "line 4: welcome/yes is there twice, or out of its order": HEAD + ONE + ONE + TAIL,
    "line 3: stop/gone[1] is there twice": HEAD + ONE.replace("welcome/yes", "stop/gone[1]") + TAIL,
    "line 3: “yes” is no name of a message": HEAD + ONE.replace("welcome/yes", "yes") + TAIL,
    f"line 3: a text is longer than {LONGEST_TEXT}": HEAD
    + ONE.replace("Yes", "y" * (LONGEST_TEXT + 1))
    + TAIL,
    "it is not whole XML": '<?xml version="1.0" encoding="shift_jis"?><x/>',
}


@pytest.mark.parametrize("why", BROKEN)
def test_what_is_broken_is_refused_with_its_line(why: str) -> None:
    with pytest.raises(BadFileError) as refused:
        xliff.read(BROKEN[why].encode())
    assert why in str(refused.value)


def test_what_is_far_too_big_is_not_even_looked_at() -> None:
    with pytest.raises(BadFileError, match="too big"):
        xliff.read(b"<" * (LONGEST_FILE + 1))


def test_a_sign_that_xml_cannot_carry_is_seen_to_be_lost() -> None:
    words = Words("en", (Unit("a", "b", ("x",), ("be\x07ll",), "m"),))
    assert xliff.read(xliff.write(words)).units[0].texts == ("be\ufffdll",)


# XML has no way to write some signs, and reads two kinds of line's end as one.
TEXTS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=6, max_size=6), TEXTS, TEXTS)
def test_any_texts_come_back_as_they_went(texts: list[str], one: str, english: str) -> None:
    units = (
        Unit("stop", "gone", (english, f"{english}s"), tuple(texts), "0123456789abcdef"),
        Unit("welcome", "yes", (english,), (f"{one}\n\r\t]]>",), "fedcba9876543210"),
    )
    words = Words("ar", units)
    assert xliff.read(xliff.write(words)) == words


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_nothing_but_a_refusal_comes_of_rubbish(rubbish: bytes, place: int) -> None:
    whole = f"{HEAD}{ONE}{TAIL}".encode()
    for brought in (rubbish, whole[:place] + rubbish + whole[place:], whole[:place]):
        with suppress(BadFileError):
            xliff.read(brought)
