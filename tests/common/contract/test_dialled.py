"""Numbers to dial: those that can be, and the dead one, which is found however it is written."""

import pytest

from common.contract.dialled import can_be_dialled, dialled, holds_dead_number, misprinted


@pytest.mark.parametrize(
    "text",
    [
        "0800 073 0003",
        "08000730003",
        "+44 800 073 0003",
        "+44 (0)800 073 0003",
        "0044 800-073-0003",
        "Ring 0800.073.0003, day or night.",
        "০৮০০ ০৭৩ ০০০৩",
        "٠٨٠٠ ٠٧٣ ٠٠٠٣",
        "۰۸۰۰۰۷۳۰۰۰۳",
        "０８００　０７３　０００３",
        "零八〇〇 零七三 零零零三",
        "O8OO O73 OOO3",
        "0800&nbsp;073&#32;0003",
        "0800 <b>073</b> 0003",
        "0\u200b800\u00ad073\u20660003",
        "0\n800_073\t0003",
    ],
)
def test_the_dead_number_is_found_however_it_is_written(text: str) -> None:
    assert holds_dead_number(text)
    assert holds_dead_number(f"In a crisis {text} is there.")
    assert not can_be_dialled(text)


@pytest.mark.parametrize("text", ["", "0808 2000 247", "0800 073 0004", "111, 999", "0800 or 073"])
def test_other_numbers_are_not_taken_for_it(text: str) -> None:
    assert not holds_dead_number(text)


@pytest.mark.parametrize(
    "contact",
    [
        *("999", "111", "101", "116 123", "0800 1111", "0808 2000 247", "0808 801 0327"),
        *("0800 999 5428", "0800 5999 247", "020 4526 8323", "+44 20 4526 8323", "(020) 4526 8323"),
        *("text SHOUT to 85258", "Text Shout to 85258", "১১৬ ১২৩"),
    ],
)
def test_what_can_be_dialled(contact: str) -> None:
    assert can_be_dialled(contact)


@pytest.mark.parametrize(
    "contact",
    [
        *("", " ", "1", "0111", "12345", "0808 2000 24", "0808 2000 2477", "07700 900123"),
        *("ask at the desk", "https://example.org", "999 or 112", "text A to 85258", "+0", "++"),
        *("text SHOUT to 12345", "+49 30 1234567", "+999 1234567"),
    ],
)
def test_what_cannot_be_dialled(contact: str) -> None:
    assert not can_be_dialled(contact)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("In danger? Ring 999, 111 or 18000.", ("999", "111", "18000")),
        ("0808 2000 247, or +44 808 801 0327; 0808-2000-247", ("08082000247", "08088010327")),
        ("১১৬ ১২৩", ("116123",)),
        ("<b>0800</b> 1111", ("08001111",)),
        ("999 111", ("999", "111")),
        ("like 07700 900123, or +880 1711 123456", ()),
        ("25 3 1980 in E14 0EY, up to 120 years", ()),
        ("+0 1234567", ()),
    ],
)
def test_numbers_are_found_in_texts(text: str, numbers: tuple[str, ...]) -> None:
    assert dialled(text) == numbers


def test_a_number_grouped_to_be_misread_is_put_right() -> None:
    assert misprinted("ring 0808 200 0247") == "0808 2000 247"
    assert misprinted("0808 2000 247") == ""
