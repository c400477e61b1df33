"""The languages offered, and those a call may be in."""

from common.contract.choices import EthnicCategory
from common.contract.languages import (
    BY_CODE,
    LANGUAGES,
    OTHER_LANGUAGE,
    SOURCE_LANGUAGE,
    SPOKEN_LANGUAGES,
)


def test_every_code_is_its_own_and_other_is_none_of_them() -> None:
    assert len(BY_CODE) == len(LANGUAGES)
    assert OTHER_LANGUAGE not in BY_CODE
    assert BY_CODE[SOURCE_LANGUAGE].written


def test_thirteen_are_written_and_two_of_them_from_the_right() -> None:
    assert sum(language.written for language in LANGUAGES) == 13
    assert {one.code for one in LANGUAGES if one.direction == "rtl"} == {"ar", "ur"}


def test_chinese_is_written_and_its_two_tongues_are_spoken() -> None:
    spoken = {language.code for language in SPOKEN_LANGUAGES}

    assert {"yue", "cmn", "syl", "bsl"} <= spoken
    assert "zh" not in spoken


def test_sign_language_keeps_its_own_code_and_its_international_tag() -> None:
    assert BY_CODE["bsl"].bcp47 == "bfi"


def test_ethnic_categories_leave_out_the_letters_the_data_dictionary_does() -> None:
    assert {"I", "O", "Q"}.isdisjoint(EthnicCategory)
    assert len(EthnicCategory) == 18
