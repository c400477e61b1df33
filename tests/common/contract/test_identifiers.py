"""Identifiers as people type them: read into one form, or refused without repeating the text."""

import re
from collections.abc import Callable
from contextlib import suppress
from itertools import combinations
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from common.contract.identifiers import (
    PhoneNumber,
    Postcode,
    ReferralReference,
    UnreadableError,
    to_ascii_digits,
)

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PARSERS: tuple[Callable[[str], object], ...] = (
    Postcode.parse,
    PhoneNumber.parse,
    ReferralReference.parse,
)
REFERENCES = st.integers(min_value=0).map(
    lambda seed: ReferralReference.make(Random(seed).randrange)
)
POSTCODES = st.builds(
    Postcode,
    st.from_regex(r"(E|EC|W|SW|OL|BT|L|IP)[0-9][A-Z0-9]?", fullmatch=True),
    st.from_regex(r"[0-9][A-Z]{2}", fullmatch=True),
)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("১২৩", "123"), ("١٢٣", "123"), ("۱۲۳", "123"), ("１２３", "123"), ("²", "2"), ("E১", "E1")],
)
def test_digits_of_any_script_are_read(typed: str, plain: str) -> None:
    assert to_ascii_digits(typed) == plain


@given(st.text(max_size=60), st.sampled_from(PARSERS))
def test_any_text_is_read_or_refused_and_reads_back_as_itself(
    text: str, parse: Callable[[str], object]
) -> None:
    with suppress(UnreadableError):
        assert parse(str(parse(text))) == parse(text)


@pytest.mark.parametrize("parse", PARSERS)
def test_a_refusal_never_repeats_what_was_typed(parse: Callable[[str], object]) -> None:
    with pytest.raises(UnreadableError) as refusal:
        parse("Rahima, flat 7")

    assert "Rahima" not in str(refusal.value)
    assert "Rahima" not in repr(refusal.value.__cause__)


# --- Postcodes


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("E1 4DG", "E1 4DG"),
        ("e14dg", "E1 4DG"),
        ("  e1-4 d.g ", "E1 4DG"),
        ("E১ ৪DG", "E1 4DG"),
        ("e١٤dg", "E1 4DG"),
        ("EI 4DG", "E1 4DG"),
        ("El4 9WU", "E14 9WU"),
        ("wl0 0aa", "W10 0AA"),
        ("E1W 2RL", "E1W 2RL"),
        ("E14 OXA", "E14 0XA"),
        ("E14 0X4", None),
        ("EC3N 4AB", "EC3N 4AB"),
        ("SW1A 1AA", "SW1A 1AA"),
        ("Ol1 1AA", "OL1 1AA"),
        ("IP1 1AA", "IP1 1AA"),
        ("OX1 1DP", "OX1 1DP"),
        ("ZZ9 9ZZ", "ZZ9 9ZZ"),
        ("E1 40G", "E1 4OG"),
        ("E1", None),
        ("E1 4", None),
        ("1E 4DG", None),
        ("", None),
        ("no idea", None),
        ("bills", None),
        ("hills", None),
        ("E1 4DG E1 4DH", None),
        ("🙂", None),
    ],
)
def test_postcode(typed: str, read: str | None) -> None:
    if read is None:
        with pytest.raises(UnreadableError):
            Postcode.parse(typed)
    else:
        assert str(Postcode.parse(typed)) == read


@given(POSTCODES)
def test_a_postcode_reads_back_as_itself_in_any_spacing_and_case(postcode: Postcode) -> None:
    assert Postcode.parse(str(postcode)) == postcode
    assert Postcode.parse(str(postcode).lower().replace(" ", "")) == postcode


def test_a_postcode_knows_its_sector() -> None:
    assert Postcode.parse("EC3N 4AB").sector == "EC3N 4"


# --- Telephone numbers


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 7700 900123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("+44 (0) 7700 900123", "+447700900123"),
        ("০৭৭০০ ৯০০১২৩", "+447700900123"),
        ("٠٧٧٠٠٩٠٠١٢٣", "+447700900123"),
        ("020 7167 2828", "+442071672828"),
        ("+880 1712 345678", "+8801712345678"),
        ("+39 06 1234 5678", "+390612345678"),
        ("123", None),
        ("0800 1111", "+448001111"),
        ("016977 2345", "+44169772345"),
        ("07700 90012", None),
        ("7900123", None),
        ("07700", None),
        ("call me", None),
        ("+999 123 456 789", None),
        ("", None),
    ],
)
def test_phone_number(typed: str, e164: str | None) -> None:
    if e164 is None:
        with pytest.raises(UnreadableError):
            PhoneNumber.parse(typed)
    else:
        number = PhoneNumber.parse(typed)
        assert str(number) == e164
        assert PhoneNumber.parse(str(number)) == number
        assert PhoneNumber.parse(number.spoken) == number


def test_a_number_is_spoken_the_way_it_is_known_here() -> None:
    assert PhoneNumber("+442071672828").spoken == "020 7167 2828"
    assert PhoneNumber("+8801712345678").spoken.startswith("+880 ")


# --- References


def _reads(text: str) -> bool:
    try:
        ReferralReference.parse(text)
    except UnreadableError:
        return False
    return True


@pytest.mark.parametrize(
    "change", [str.lower, lambda text: text[3:], lambda text: text.replace("-", " ")]
)
def test_a_reference_is_read_as_it_is_dictated(change: Callable[[str], str]) -> None:
    reference = ReferralReference.make(Random(1).randrange)

    assert ReferralReference.parse(change(str(reference))) == reference


def test_a_reference_looks_like_one() -> None:
    assert re.fullmatch(r"TH-[0-9A-Z]{4}-[0-9A-Z]{3}", str(ReferralReference.make(lambda _: 7)))


@given(REFERENCES)
def test_a_reference_reads_back_as_itself(reference: ReferralReference) -> None:
    assert ReferralReference.parse(str(reference)) == reference


@given(REFERENCES)
def test_letters_that_look_like_digits_are_taken_for_them(reference: ReferralReference) -> None:
    misread = reference.symbols.replace("0", "O").replace("1", "L")

    assert ReferralReference.parse(misread) == reference


@given(REFERENCES, st.integers(0, 6), st.sampled_from(SYMBOLS))
def test_any_single_wrong_symbol_is_noticed(
    reference: ReferralReference, place: int, symbol: str
) -> None:
    assume(reference.symbols[place] != symbol)

    assert not _reads(reference.symbols[:place] + symbol + reference.symbols[place + 1 :])


def _drawing(numbers: list[int]) -> Callable[[int], int]:
    left = iter(numbers)
    return lambda _: next(left)


def _unnoticed_swaps(place: int) -> set[str]:
    """The pairs of symbols that can change places here without being noticed."""
    unnoticed = set()
    for first, second in combinations(range(len(SYMBOLS)), 2):
        drawn = [5] * 6
        drawn[place : place + 2] = first, second
        symbols = ReferralReference.make(_drawing(drawn)).symbols
        pair = symbols[place : place + 2]
        if _reads(symbols[:place] + pair[::-1] + symbols[place + 2 :]):
            unnoticed.add(pair)
    return unnoticed


@pytest.mark.parametrize("place", range(5))
def test_neighbours_that_changed_places_are_noticed_unless_they_are_0_and_z(
    place: int,
) -> None:
    assert _unnoticed_swaps(place) == {"0Z"}


@given(REFERENCES)
def test_the_check_character_changing_places_is_noticed(reference: ReferralReference) -> None:
    body, last, check = reference.symbols[:5], reference.symbols[5], reference.symbols[6]
    assume(last != check and {last, check} != {"0", "Z"})

    assert not _reads(body + check + last)


@pytest.mark.parametrize(
    "typed", ["", "TH", "TH-7K3M", "TH-7K3M-9QXX", "TH-7K3M-9Q!", "TH-UUUU-UUU"]
)
def test_what_is_no_reference_is_refused(typed: str) -> None:
    assert not _reads(typed)
