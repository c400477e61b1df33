"""What travels: bounded, each message once, with a mark that changes with its texts."""

import pytest

from common.contract.publication import Message
from common.words.formats import units
from common.words.formats.units import BadFileError, Unit, Words, checked, mark_of, unit_of


def test_other_texts_have_another_mark() -> None:
    marks = {mark_of(texts) for texts in ((), ("a",), ("a", ""), ("", "a"), ("a", "b"), ("ab",))}
    assert len(marks) == 6


def test_a_translator_is_told_what_it_is() -> None:
    yes = Message(step="welcome", id="yes", texts=("Yes",))
    told = unit_of(yes, yes, "What this is.").note
    assert told == "What this is. A button: one to four words."
    assert unit_of(yes.model_copy(update={"id": "question"}), yes).note == ""


def test_too_many_messages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "MOST_UNITS", 1)
    two = tuple(Unit("a", name, (), ("x",)) for name in "bc")
    with pytest.raises(BadFileError, match="more than 1 messages"):
        checked(Words("bn", two))
