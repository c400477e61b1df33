"""Postcodes in the letters of other scripts: read when they can mean one only."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contract.identifiers import Postcode, UnreadableError
from common.contract.postcode_letters import in_latin, in_words


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ই১ ৪ডিজি", "E1 4DG"),
        ("ই ১ ৫ পি বি", "E1 5PB"),
        ("ই১৪ ৮এইচকিউ", "E14 8HQ"),
        ("ই১৪ ৯ডব্লিউইউ", "E14 9WU"),
        ("ই১ ৪ডীজী", "E1 4DG"),
        ("আমার পোস্টকোড ই১ ৪ডিজি", "E1 4DG"),
        ("আমার পোস্টকোড E1 4DG", "E1 4DG"),
        ("E1 4DGতে", "E1 4DG"),
        ("إي١ ٤دي جي", "E1 4DG"),
        ("اي ١ ٤ دي جي", "E1 4DG"),
        ("ای۱ ۴ ڈی جی", "E1 4DG"),
        ("E١٤ ٨HQ", "E14 8HQ"),
        ("Е1 4DG", "E1 4DG"),  # a Cyrillic Е
        ("Е1 4ДГ", "E1 4DG"),
        ("И1 4ДиДжи", "E1 4DG"),
        ("я живу в Е1 4DG", "E1 4DG"),
        ("SЕ1 4DG", "SE1 4DG"),  # not S1 4DG, in Sheffield
        ("邮编E1 4DG", "E1 4DG"),
    ],
)
def test_letters_by_name_and_by_look(typed: str, read: str) -> None:
    assert str(Postcode.parse(typed)) == read


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("Е14 8НQ", {"E14 8HQ", "E14 8NQ"}),
        ("Е1 6РУ", {"E1 6PY", "E1 6RU"}),
        ("с E1 4DG", {"E1 4DG", "SE1 4DG"}),
        ("إي١ ٤بي بي", {"E1 4PB", "E1 4PP", "E1 4BP", "E1 4BB"}),
    ],
)
def test_what_may_be_two_postcodes_is_refused(typed: str, readings: set[str]) -> None:
    assert {str(one) for one in Postcode.readings(typed)} == readings
    with pytest.raises(UnreadableError):
        Postcode.parse(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "ΣE1 4DG",  # who knows what was meant
        "éE1 4DG",
        "Е1 4ЖDG",
        "ই১ ৪জিইই",
        "ই১ ৪সিআই",  # letters that no inward code has
        "Ж1 4DG",
        "এই ১ ৪ ডিজি",
        # More spellings than anybody would try.
        pytest.param("اي" * 90 + "١ ٤دي جي", id="in one run"),
        pytest.param("اي1" * 60, id="in one word"),
        pytest.param("اي " * 60 + "١ ٤دي جي", id="in many words"),
    ],
)
def test_half_a_postcode_is_none(typed: str) -> None:
    assert Postcode.readings(typed) == frozenset()


def test_what_nobody_sees_is_not_part_of_a_word() -> None:
    assert in_words("e\u200d1 4d\u064eg") == ["E1", "4DG"]


@given(st.text(alphabet="ইডিজিএচবপেЕНРДждиEAIاييبجد১٤14 DGعशé", max_size=24))
def test_any_mixture_is_read_or_refused_and_reads_back_as_itself(text: str) -> None:
    with suppress(UnreadableError):
        assert Postcode.parse(str(Postcode.parse(text))) == Postcode.parse(text)


@given(st.text(max_size=60))
def test_any_text_becomes_plain_latin(text: str) -> None:
    assert all(spelling.isascii() for spelling in in_latin(in_words(text)))
