"""Folding brings every way of typing the same words together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.listening.folding import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("I can't go on", "i cant go on"),
        ("I CAN\u2019T  go-on!!", "i cant go on"),
        ("pleeeease heeelp", "please help"),
        ("k.i.l.l m y s e l f", "kilmyself"),
        ("ｗａｎｔ ｔｏ ｄｉｅ", "want to die"),
        ("não aguento", "nao aguento"),
        ("żyć ŁÓDŹ", "zyc lodz"),
        ("KISILIK ışık", "kisilik isik"),
        ("tôi muốn", "toi muon"),
        ("أُرِيـــدُ", "اريد"),
        ("إلى علی", "الي علي"),
        ("ہاتھ كھا", "هاته كها"),
        ("থেকে\u200d বাঁচতে", "থেকে বাচতে"),
        ("নিজেকে\u200c আত্মহত্যা", "নিজেকে আত্মহত্যা"),
        ("দেয়", "দেয"),
        ("\u2066999\u2069 now 🆘", "999 now"),
        ("don`t´s", "donts"),
        ("", ""),
        ("🙂 …", ""),
    ],
)
def test_one_spelling(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_a_letter_written_in_one_piece_or_two_is_the_same() -> None:
    assert fold("দেওয়া বাড়ি") == fold("দেওয\u09bcা বাড\u09bcি")


@given(st.text())
def test_what_stands_around_a_text_does_not_change_it(text: str) -> None:
    once = fold(text)
    assert once == fold(f" …{text}!\u200d ") == " ".join(once.split())
