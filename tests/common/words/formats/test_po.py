"""PO files: what is written is read again, and what is broken is refused with its line."""

from contextlib import suppress
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from common.words.formats import po
from common.words.formats.units import LONGEST_FILE, LONGEST_TEXT, BadFileError, Unit, Words
from tests.common.words.conftest import CATALOGUE, LANGUAGES, LOCALES, outgoing, shipped

HEAD = 'msgid ""\nmsgstr ""\n"Language: bn\\n"\n\n'
ONE = 'msgctxt "welcome/yes"\nmsgid "Yes"\nmsgstr "হ্যাঁ"\n'


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_words_come_back_as_they_went(language: str) -> None:
    words = outgoing(language)
    assert po.read(po.write(words)) == words


def test_another_reader_of_po_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "ar.po"
    path.write_bytes(po.write(outgoing("ar")))
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    found = {str(one.context): one for one in catalogue if one.id}
    for unit in outgoing("ar").units:
        string = found["/".join(unit.key)].string
        assert (string if isinstance(string, tuple) else (string,)) == unit.texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_repository_s_own_files_are_read(language: str) -> None:
    words = po.read((LOCALES / language / CATALOGUE).read_bytes())
    assert words.language == language
    found = {unit.key: unit.texts for unit in words.units}
    assert found == {key: message.texts for key, message in shipped(language).items()}
    assert {unit.base for unit in words.units} == {""}


def test_a_guess_of_the_tool_counts_as_no_words() -> None:
    words = po.read(f"{HEAD}#, fuzzy\n{ONE}".encode())
    assert words.units[0].texts == ("",)


def test_what_is_struck_out_is_passed_over_and_crlf_is_fine() -> None:
    text = f'\ufeff{HEAD}{ONE}\n#~ msgid "old"\n#~ msgstr "alt"\n'.replace("\n", "\r\n")
    assert [unit.key for unit in po.read(text.encode()).units] == [("welcome", "yes")]


def test_a_last_line_need_not_end() -> None:
    assert po.read(f"{HEAD}{ONE}".strip().encode()).units[0].texts == ("হ্যাঁ",)


def test_messages_without_a_line_between_are_told_apart() -> None:
    other = ONE.replace("yes", "no")
    assert len(po.read(f"{HEAD}{ONE}{other}".encode()).units) == 2


def test_what_needs_no_note_has_none_and_comes_back_all_the_same() -> None:
    words = Words("ar", (Unit("welcome", "yes", ("Yes",), ("نعم",), "fedcba9876543210"),))
    written = po.write(words)
    assert written.count(b"#.") == 1
    assert po.read(written) == words


BROKEN = {
    "line 1: the file does not say its Language": ONE,
    "line 5: this is not written as in a PO file": f"{HEAD}msgctxt welcome",
    "line 6: this is not written": f'{HEAD}msgctxt "welcome/yes"\nmsgid "a "quote" in it"\n',
    "line 7: this is not written": f'{HEAD}msgctxt "welcome/yes"\nmsgid "Yes"\nmsgstr "হ্যাঁ\n',
    "line 7: \\q means nothing": f'{HEAD}msgctxt "welcome/yes"\nmsgid "Yes"\nmsgstr "\\q"\n',
    "line 5: a text stands there without": f'{HEAD}"lost"\n',
    "line 5: a message here lacks its msgctxt": f'{HEAD}msgid "Yes"\nmsgstr "x"\n',
    "line 5: a message here lacks its msgstr": f'{HEAD}msgctxt "welcome/yes"\nmsgid "Yes"\n',
    "line 5: a message here lacks one of its plural": f'{HEAD}msgctxt "a/b"\nmsgid "d"\n'
    'msgid_plural "ds"\nmsgstr[1] "x"\n',
    "line 5: a message here lacks one of its plural forms": f'{HEAD}msgctxt "a/b"\nmsgid "d"\n'
    'msgid_plural "ds"\n',
    "is no name of a message": f'{HEAD}msgctxt "welcome/"\nmsgid "Yes"\nmsgstr "x"\n',
    "line 9: welcome/yes is there twice, first in line 5": f"{HEAD}{ONE}\n{ONE}",
    f"line 6: a text is longer than {LONGEST_TEXT}": f'{HEAD}msgctxt "a/b"\n'
    f'msgid "{"x" * LONGEST_TEXT}x"\n',
}


@pytest.mark.parametrize("why", BROKEN)
def test_what_is_broken_is_refused_with_its_line(why: str) -> None:
    with pytest.raises(BadFileError) as refused:
        po.read(BROKEN[why].encode())
    assert why in str(refused.value)


def test_other_letters_than_utf_8_are_refused_with_their_line() -> None:
    with pytest.raises(BadFileError, match=r"line 7: it is not written in UTF-8"):
        po.read(f"{HEAD}{ONE}".encode().replace("হ্যাঁ".encode(), b"\xff"))


def test_what_is_far_too_big_is_not_even_looked_at() -> None:
    with pytest.raises(BadFileError, match="too big"):
        po.read(b" " * (LONGEST_FILE + 1))


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=6, max_size=6), TEXTS, TEXTS.filter(bool))
def test_any_texts_come_back_as_they_went(texts: list[str], one: str, english: str) -> None:
    units = (
        Unit("stop", "gone", (english, f"{english}s"), tuple(texts), "0123456789abcdef"),
        Unit("welcome", "yes", (english,), (one,), "fedcba9876543210"),
    )
    words = Words("ar", units)
    assert po.read(po.write(words)) == words


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200) | st.text('msgidctxrplu_[]0" \\\n#,~/', max_size=200).map(str.encode)
)
def test_nothing_but_a_refusal_comes_of_rubbish(data: bytes) -> None:
    for brought in (data, HEAD.encode() + data):
        with suppress(BadFileError):
            po.read(brought)
