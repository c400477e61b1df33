"""What makes two referrals look like one person's."""

import pytest

from api.domain.duplicate import Fingerprints, name_key


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Amina Begum", "  amina   BEGUM ", "case and spacing are how one types"),
        ("O'Neill", "ONeill", "an apostrophe is often left out"),
        ("Ｊｏａｎ", "Joan", "a keyboard's wide letters are the same letters"),
        ("রহিমা খাতুন", "রহিমাখাতুন", "spacing, in Bengali"),
    ],
)
def test_the_same_name(one: str, other: str, why: str) -> None:
    assert name_key(one) == name_key(other), why


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Amina Begum", "Aminah Begum", "another spelling may be another person"),
        ("কামাল", "কমল", "in Bengali a sign is a vowel"),
    ],
)
def test_another_name(one: str, other: str, why: str) -> None:
    assert name_key(one) != name_key(other), why


def test_what_two_have_in_common() -> None:
    first = Fingerprints(person="p", phone="a", postcode="b")
    assert first.shared(Fingerprints(person="p", phone="a", postcode="c")) == ("phone",)
    assert first.shared(Fingerprints(person="p", phone="a", postcode="b")) == ("phone", "postcode")
    assert first.shared(Fingerprints(person="p", phone="x", postcode="y")) == ()


def test_what_neither_gave_is_not_in_common() -> None:
    assert Fingerprints(person="p").shared(Fingerprints(person="p")) == ()
