"""Changed copies: as the standard library makes them."""

import dataclasses
from dataclasses import dataclass

import pytest

from bot.dialogue.session import Session
from bot.dialogue.values import replace


@dataclass(frozen=True, slots=True)
class One:
    """A value with a single field, which is looked up in another way."""

    field: tuple[int, ...] = (1, 2)


@dataclass(frozen=True)
class Loose:
    """A value whose fields are no slots."""

    field: int = 1


@dataclass(frozen=True, slots=True)
class Making:
    """A value that makes something of its fields."""

    field: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "field", self.field + 1)


def test_it_is_what_the_standard_library_makes() -> None:
    session = Session("s1", "telegram", "bn", answers={"name": "Amina"}, quiet=True)
    changed = {"step": "phone", "quiet": False, "flags": ("check",)}
    assert replace(session, **changed) == dataclasses.replace(session, **changed)  # type: ignore[arg-type] # of several types
    assert replace(session) == session
    assert session.step == ""
    assert replace(One(), field=(3,)) == One((3,))
    assert replace(One()) == One()


def test_a_field_that_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError, match="no field colour"):
        replace(Session("s1"), colour="red")


def test_a_value_that_makes_something_of_its_fields_is_refused() -> None:
    with pytest.raises(TypeError, match="by itself"):
        replace(Making(), field=2)


def test_a_value_without_slots_is_refused() -> None:
    with pytest.raises(TypeError, match="no slots"):
        replace(Loose(), field=2)
