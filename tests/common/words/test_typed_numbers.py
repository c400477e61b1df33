"""A number to dial is put in by name; a typed one is found in whatever digits it stands."""

import pytest

from common.contract.publication import Message
from common.words.checking import problems

RING = "Need to talk? Samaritans, %(number)s."
DANGER = "In danger? Ring 999."


def codes(english: str, text: str, language: str = "bn") -> list[tuple[str, bool]]:
    def message(words: str) -> Message:
        return Message(step="help_card", id="talk", texts=(words,))

    found = problems(language, message(english), message(text))
    wanted = {"dead_number", "number_misprinted", "number_typed"}
    return [(one.code, one.must) for one in found if one.code in wanted]


@pytest.mark.parametrize(
    ("english", "text", "code"),
    [
        (RING, "কথা বলতে চান? Samaritans, %(number)s.", ""),
        (RING, "কথা বলতে চান? Samaritans, ১১৬ ১২৩. %(number)s", "number_typed"),
        (RING, "Samaritans, 0808 2000 247 %(number)s", "number_typed"),
        (DANGER, "বিপদে আছেন? ৯৯৯-এ ফোন করুন।", ""),
        (DANGER, "Ring 112.", "number_typed"),
        (DANGER, "Ring 999 or ০৮০০ ০৭৩ ০০০৩", "dead_number"),
        (DANGER, "Ring 999 or 0808 200 0247", "number_misprinted"),
        ("Like 07700 900123, or E1 4DG.", "Like 07700 900123, or E1 4DG, up to 120.", ""),
    ],
)
def test_typed_numbers_are_found(english: str, text: str, code: str) -> None:
    found = codes(english, text)
    assert {one for one, _ in found} >= ({code} - {""})
    assert bool(found) is bool(code)
    assert all(must for _, must in found)


def test_what_to_do_is_said() -> None:
    message = Message(step="a", id="b", texts=("Ring 111.",))
    told = {RING: "Put %(number)s in its place", "Ring us.": "not in the English"}
    for english, said in told.items():
        before = Message(step="a", id="b", texts=(english,))
        found = problems("en", before, message)
        assert any(one.code == "number_typed" and said in one.says for one in found)
