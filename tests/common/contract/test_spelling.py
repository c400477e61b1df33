"""Words compared by ear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contract.spelling import Script, Words, hear, join, likeness, split_words

NAMES = [hear(one) for one in ("limehouse", "aberfeldy", "e1", "11", "st", "bromley", "albion")]


def _alike(said: str, meant: str) -> float:
    return likeness(hear(split_words(said)[0]), hear(split_words(meant)[0]))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Wapping", "wapping"),
        ("barkentine", "barkantine"),
        ("লাইমহাউস", "limehouse"),
        ("স্পিটালফিল্ডস", "spitalfields"),
        ("هارفورد", "harford"),
        ("أبيرفيلدي", "aberfeldy"),
        ("Джубили", "jubilee"),
        ("Лаймхаус", "limehouse"),
        ("এন্ড্রুজ", "andrews"),
        ("莱姆豪斯", "limehouse"),
        ("朱比利", "jubilee"),
        ("阿尔比恩", "albion"),
    ],
)
def test_the_same_name_sounds_alike_in_any_script(said: str, meant: str) -> None:
    assert _alike(said, meant) > 0.7


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("patel", "bethnal"),
        ("manchester", "merchant"),
        ("barton", "barkantine"),
        ("لا", "lane"),
        ("عيد", "bow"),
        ("12", "121"),
        ("e1", "e2"),
    ],
)
def test_other_words_do_not(said: str, meant: str) -> None:
    assert _alike(said, meant) < 0.7


def test_numbers_are_the_same_or_not_at_all() -> None:
    assert _alike("১১", "11") == 1
    assert _alike("11", "111") == 0


def test_punctuation_pictures_and_case_are_no_part_of_words() -> None:
    assert split_words("St.Stephen's  ROAD, 🙂 (Bow)") == ["st", "stephens", "road", "bow"]


def test_bengali_vowel_signs_stay_with_their_word() -> None:
    assert len(split_words("বেথনাল গ্রিন")) == 2


def test_words_run_together_sound_as_one() -> None:
    apart = join(hear(word) for word in ("lime", "house"))

    assert likeness(apart, hear("limehouse")) == 1


def test_a_joined_word_keeps_what_its_parts_lack() -> None:
    mixed = join([hear("health"), hear("هارفورد"), hear("e1")])

    assert mixed.script is Script.ARABIC
    assert mixed.number


@given(
    said=st.sampled_from(NAMES).flatmap(
        lambda name: st.sampled_from([name.sound, name.sound[1:], name.sound[::-1]])
    )
    | st.text(alphabet="abehilmorsয়মরলইهلفب林豪1", min_size=1, max_size=9),
    least=st.sampled_from([0.72, 0.78]),
)
def test_looking_at_the_near_ones_alone_misses_none(said: str, least: float) -> None:
    heard = hear(said)
    scores = {place: likeness(heard, name) for place, name in enumerate(NAMES)}

    found = Words(NAMES).alike(heard, least)

    assert found == {place: score for place, score in scores.items() if score >= least}
