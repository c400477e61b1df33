"""Where a message stands in a language, and whether it may go out."""

from dataclasses import replace

import pytest

from api.domain.errors import UnacceptableError
from api.domain.wording import Held, Kind, Name, State, Wording, progress

NAME = Name("welcome", "question")
OLD, NEW = ("May we?",), ("Is it OK?",)
SHIPPED = Wording("bn", NAME, ("হ্যাঁ?",), OLD, ("হ্যাঁ?",), version=1)
KOFI, MARY = 4, 5


def test_what_came_with_doorway_is_published() -> None:
    assert SHIPPED.state(OLD) is State.PUBLISHED
    assert not SHIPPED.is_behind(OLD)


@pytest.mark.parametrize("texts", [(), ("",), ("এক", " ")])
def test_without_words_for_every_form_it_is_missing(texts: tuple[str, ...]) -> None:
    assert Wording("bn", NAME, texts, OLD).state(OLD) is State.MISSING


def test_when_the_english_changes_it_wants_a_look_and_stays_out() -> None:
    assert SHIPPED.state(NEW) is State.REVIEW
    assert SHIPPED.published == ("হ্যাঁ?",)
    assert not replace(SHIPPED, language="en").is_behind(NEW)


def test_from_draft_to_published() -> None:
    draft = SHIPPED.written(("ঠিক আছে?",), NEW, KOFI, ready=False)
    assert draft.state(NEW) is State.DRAFT
    ready = draft.written(("ঠিক আছে?",), NEW, KOFI, ready=True)
    assert ready.state(NEW) is State.REVIEW
    reviewed = ready.reviewed(NEW, MARY)
    assert reviewed.state(NEW) is State.REVIEWED
    released = reviewed.released()
    assert released.state(NEW) is State.PUBLISHED
    assert released.published == ("ঠিক আছে?",)
    assert released.version == SHIPPED.version + 4


def test_a_second_person_is_somebody_else() -> None:
    mine = SHIPPED.written(("ঠিক আছে?",), NEW, KOFI, ready=True)
    with pytest.raises(UnacceptableError, match="somebody else"):
        mine.reviewed(NEW, KOFI)
    with pytest.raises(UnacceptableError, match="no words"):
        Wording("bn", NAME).reviewed(NEW, KOFI)


def test_still_right_though_the_english_changed() -> None:
    seen = SHIPPED.reviewed(NEW, KOFI)
    assert seen.state(NEW) is State.PUBLISHED
    assert seen.texts == SHIPPED.texts


READY = SHIPPED.written(("ঠিক আছে?",), NEW, KOFI, ready=True)
DRAFT = SHIPPED.written(("ঠিক আছে?",), NEW, KOFI, ready=False)


@pytest.mark.parametrize(
    ("wording", "english", "kind", "sound", "helplines", "held"),
    [
        (READY, NEW, Kind.ORDINARY, True, True, None),
        (DRAFT, NEW, Kind.ORDINARY, True, True, Held.DRAFT),
        (READY, OLD, Kind.ORDINARY, True, True, Held.ENGLISH),
        (READY, NEW, Kind.SAFETY, True, True, Held.SECOND),
        (READY, NEW, Kind.PRIVACY, True, True, Held.SECOND),
        (READY.reviewed(NEW, MARY), NEW, Kind.SAFETY, True, True, None),
        (READY, NEW, Kind.ORDINARY, False, True, Held.CHECKS),
        (READY, NEW, Kind.ORDINARY, True, False, Held.HELPLINE),
    ],
)
def test_what_keeps_words_from_going_out(  # noqa: PLR0913 a table of cases
    *,
    wording: Wording,
    english: tuple[str, ...],
    kind: Kind,
    sound: bool,
    helplines: bool,
    held: Held | None,
) -> None:
    assert wording.held(english, kind, sound=sound, helplines=helplines) is held


def test_going_back_keeps_unpublished_work() -> None:
    assert SHIPPED.restored(("আগে",)).texts == ("আগে",)
    back = READY.restored(("আগে",))
    assert (back.texts, back.published) == (READY.texts, ("আগে",))


def test_a_newer_doorway_changes_only_what_nobody_has_touched() -> None:
    newer = SHIPPED.shipped(("নতুন?",), NEW)
    assert (newer.texts, newer.published, newer.english) == (("নতুন?",), ("নতুন?",), NEW)
    assert SHIPPED.shipped(SHIPPED.texts, OLD) is SHIPPED
    assert READY.shipped(("নতুন?",), NEW) is READY


def test_progress_counts_every_state() -> None:
    counts = progress([State.DRAFT, State.DRAFT, State.PUBLISHED])
    assert counts[State.DRAFT] == 2
    assert set(counts) == set(State)
