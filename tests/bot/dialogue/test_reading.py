"""What people type is read as they mean it: dates, labels and numbers in any script."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.dialogue.effects import Button, Verbatim, words
from bot.dialogue.reading import AGREE, NO, chosen, mentions, plain, read_date
from bot.dialogue.session import Session
from bot.dialogue.world import Scene
from tests.support.world import NOON, translator, world

TODAY = NOON.date()


def _scene(language: str = "en") -> Scene:
    return Scene(Session("talk0000", language=language), world(), NOON)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("25 3 1980", date(1980, 3, 25), "three numbers, as the question shows"),
        ("25/3/1980", date(1980, 3, 25), "slashes"),
        ("25.03.1980", date(1980, 3, 25), "dots"),
        ("25-03-80", date(1980, 3, 25), "a short year of the last century"),
        ("1/2/05", date(2005, 2, 1), "a short year of this century"),
        ("03/04/1980", date(1980, 4, 3), "read the British way: the third of April"),
        ("1980-04-03", date(1980, 4, 3), "the international order"),
        ("25031980", date(1980, 3, 25), "written in one"),
        ("250380", date(1980, 3, 25), "written in one, short year"),
        ("25th March 1980", date(1980, 3, 25), "an ordinal and the month's name"),
        ("March 25, 1980", date(1980, 3, 25), "the American way is clear when the month is a word"),
        ("1980 March 25", date(1980, 3, 25), "the year first"),
        ("25 mar 80", date(1980, 3, 25), "a short month name"),
        ("my birthday is 25 March 1980", date(1980, 3, 25), "inside a sentence"),
        ("২৫/৩/১৯৮০", date(1980, 3, 25), "Bengali digits"),
        ("٢٥/٣/١٩٨٠", date(1980, 3, 25), "Arabic digits"),
        ("২৫ মার্চ ১৯৮০", date(1980, 3, 25), "Bengali digits and month"),
        ("29 2 1984", date(1984, 2, 29), "a leap day"),
        ("29 2 1983", None, "no such day"),
        ("25 13 1980", None, "no such month"),
        ("25 3", None, "no year"),
        ("25 3 198", None, "half a year"),
        ("1 2 3 4", None, "too many numbers"),
        ("25 March", None, "a month but no year"),
        ("March April 3 1980", None, "two months"),
        ("4711", None, "just a number"),
        ("123456789 3 1980", None, "far too long a number"),
        ("", None, "nothing"),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, expected: date | None, why: str) -> None:
    assert read_date(text, world().lexicon.months("bn"), TODAY) == expected, why


ARABIC_MONTHS = {"أبريل": 4, "مايو": 5, "كانون الثاني": 1, "كانون الأول": 12, "آذار": 3, "يوليو": 7}


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("٣ أبريل ١٩٨٠", date(1980, 4, 3), "as it is shown back"),
        ("٣ ابريل ١٩٨٠", date(1980, 4, 3), "without the hamza"),
        ("3 إبريل 1980", date(1980, 4, 3), "the hamza below, digits as in Britain"),
        ("۳ الأبريل ۱۹۸۰", date(1980, 4, 3), "with the article, digits as in Iran"),
        ("٣ أَبْرِيل ١٩٨٠", date(1980, 4, 3), "with vowel signs"),
        ("٣ أبـــريل ١٩٨٠", date(1980, 4, 3), "stretched"),
        ("٣ مایو ١٩٨٠", date(1980, 5, 3), "the yeh of another keyboard"),
        ("٣ یولیو ١٩٨٠", date(1980, 7, 3), "two of them"),
        ("٣ اذار ١٩٨٠", date(1980, 3, 3), "without the madda"),
        ("٣ كانون الثاني ١٩٨٠", date(1980, 1, 3), "a name of two words"),
        ("٣ كانون الاول ١٩٨٠", date(1980, 12, 3), "another that begins alike"),
        ("٢٥\u200f/٣\u200f/١٩٨٠", date(1980, 3, 25), "copied, with marks of direction"),
        ("٣ كانون ١٩٨٠", None, "half of a name"),
    ],
)
def test_arabic_dates_are_read_however_they_are_spelled(
    text: str, expected: date | None, why: str
) -> None:
    assert read_date(text, ARABIC_MONTHS, TODAY) == expected, why


@given(some.text(max_size=200))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    read_date(text, world().lexicon.months("en"), TODAY)


@given(some.dates(min_value=date(1927, 1, 1), max_value=TODAY), some.sampled_from(" /.-"))
def test_every_date_is_read_back(day: date, mark: str) -> None:
    text = mark.join((str(day.day), str(day.month), str(day.year)))
    assert read_date(text, world().lexicon.months("en"), TODAY) == day


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("Housing", "b"),
        ("  HOUSING!! ", "b"),
        ("2", "b"),
        ("২", "b"),
        ("٢", "b"),
        ("I don’t know", "c"),
        ("i dont know", "c"),
        ("বাংলা", "a"),
        ("0", None),
        ("4", None),
        ("hous", None),
        ("", None),
    ],
)
def test_a_button_is_chosen_by_its_label_or_its_number(typed: str, value: str | None) -> None:
    buttons = (
        Button("x", "a", Verbatim("বাংলা")),
        Button("x", "b", words("concerns", "housing")),
        Button("x", "c", words("practice", "unknown")),
    )
    found = chosen(_scene("bn"), typed, buttons)
    assert (found.value if found else None) == value


@pytest.mark.parametrize("number", ["3", "৩", "٣", "۳", "３", "3.", "(٣)"])
def test_a_place_is_read_in_the_digits_of_any_script(number: str) -> None:
    buttons = tuple(Button("x", value, Verbatim(f"[{value}]")) for value in "abcd")
    found = chosen(_scene("bn"), number, buttons)
    assert found is not None
    assert found.value == "c"


@pytest.mark.parametrize(
    ("typed", "label", "why"),
    [
        ("اوافق", "أوافق", "no hamza"),
        ("الان", "الآن", "no madda"),
        ("مساعده", "مساعدة", "no dots on the last letter"),
        ("على", "علي", "the dots of the last letter forgotten, or too many"),
        ("نعـــم", "نعم", "stretched"),
        ("نَعَمْ!", "نعم", "vowel signs"),
        ("طاري", "طارئ", "no hamza on its seat"),
        ("مسوول", "مسؤول", "no hamza on its seat"),
        ("شي", "شيء", "no hamza by itself"),
        ("شکرا", "شكرًا", "the kaf of another keyboard"),
        ("ﻻ", "لا", "two letters joined into one sign"),
        ("ہاں", "هاں", "the heh of Urdu"),
    ],
)
def test_arabic_labels_are_known_however_they_are_typed(typed: str, label: str, why: str) -> None:
    button = Button("x", "a", Verbatim(label))
    assert chosen(_scene(), typed, (button,)) == button, why


def test_different_arabic_words_stay_different() -> None:
    yes, no = (Button("x", one, Verbatim(one)) for one in ("نعم", "لا"))
    assert chosen(_scene(), "لأ", (yes, no)) == no
    assert chosen(_scene(), "نم", (yes, no)) is None


def test_medical_words_are_noticed_in_a_sentence_only_as_whole_words() -> None:
    scene = _scene()
    label = words("concerns", "medical_spellings")
    assert mentions(scene, "I need a repeat PRESCRIPTION.", label)
    assert not mentions(scene, "the prescriptionist", label)


def test_plain_text_keeps_the_signs_that_bengali_words_are_made_of() -> None:
    assert plain("বাংলা!") == "বাংলা"
    assert len(translator().languages) >= 2


@pytest.mark.parametrize(
    "text",
    ["25 tháng 3 năm 1980", "25 tháng 3, 1980", "ngày 25 tháng 3 năm 1980", "25 thang 3 1980"],
)
def test_a_month_that_is_named_by_its_number_is_read(text: str) -> None:
    assert read_date(text, world().lexicon.months("vi"), TODAY) == date(1980, 3, 25)


def test_chinese_words_are_found_where_no_blanks_part_them() -> None:
    medical = words("concerns", "medical_spellings")
    assert mentions(_scene("zh"), "我最近胸口痛得厉害", medical)
    assert not mentions(_scene("zh"), "我很孤单", medical)


def test_what_means_yes_in_one_language_and_no_in_the_other_is_neither() -> None:
    """English is read in every talk; in Polish "no" is a yes, so there it is asked again."""
    buttons = (Button("x", "safe", NO), Button("x", "agree", AGREE))
    assert chosen(_scene("pl"), "no", buttons) is None
    for language, typed in (("bn", "no"), ("es", "no"), ("pl", "nie")):
        found = chosen(_scene(language), typed, buttons)
        assert found is not None
        assert found.value == "safe"


def test_turkish_capitals_are_read() -> None:
    assert plain("GERİ") == plain("geri")
    assert plain("İYİ") == "iyi"
