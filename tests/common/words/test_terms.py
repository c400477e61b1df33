"""Lists of terms are read, and a broken one is refused with its line."""

import pytest

from common.words.terms import BadTermsError, Term, read_terms
from tests.common.words.conftest import LANGUAGES, terms

HEAD = "english,translation,note\n"


def test_alternatives_are_parted_by_a_bar() -> None:
    text = f'{HEAD}GP practice | surgery,"xarunta GP-ga",\nsend,dir | soo dir,on buttons\n'
    assert read_terms(text) == (
        Term(("GP practice", "surgery"), ("xarunta GP-ga",)),
        Term(("send",), ("dir", "soo dir"), "on buttons"),
    )


@pytest.mark.parametrize(
    "text", ["", "english,note\n", f"{HEAD},x,\n", f"{HEAD}a\n", f"{HEAD}a,b,c,d\n"]
)
def test_a_broken_list_is_refused(text: str) -> None:
    with pytest.raises(BadTermsError, match=r"line [12]"):
        read_terms(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_lists_can_be_read(language: str) -> None:
    assert all(one.english and one.translations for one in terms(language))
