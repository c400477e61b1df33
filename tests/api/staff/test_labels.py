"""Staff never read a bare code."""

import inspect
from enum import StrEnum

import pytest

from api.domain import contact
from api.domain.assignment import AssignedBecause
from api.domain.referral import CloseReason, Kind, Status
from api.staff.labels import label, language_name
from common.contract import choices
from common.contract.eligibility import Outcome, Reason
from common.contract.languages import LANGUAGES

KINDS = (
    *(one for _, one in inspect.getmembers(choices, inspect.isclass) if one is not StrEnum),
    *(Outcome, Reason, Kind, Status, CloseReason, AssignedBecause, contact.Outcome),
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_code_has_words_of_its_own(kind: type[StrEnum]) -> None:
    words = [label(code) for code in kind]
    assert len(set(words)) == len(words)
    assert all(text[0].isupper() or kind is AssignedBecause for text in words)


def test_codes_that_are_spelt_alike_are_not_confused() -> None:
    assert label(choices.HomeCode.UNKNOWN) != label(choices.PracticeCode.UNKNOWN)


def test_every_language_has_its_name() -> None:
    assert language_name("bn") == "Bengali (বাংলা)"
    assert language_name("en") == "English"
    assert language_name("other") == "Another language: please ask"
    assert language_name("xx") == "xx"
    assert all(language_name(one.code).startswith(one.english_name) for one in LANGUAGES)
