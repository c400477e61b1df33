"""A session is a value that survives being written down."""

import json

from hypothesis import given
from hypothesis import strategies as some

from bot.dialogue.session import Session

_answers = some.dictionaries(
    some.sampled_from(["name", "concerns", "postcode"]),
    some.one_of(some.text(), some.lists(some.text(min_size=1), min_size=1).map(tuple)),
)


@given(_answers, some.lists(some.text(min_size=1)).map(tuple))
def test_what_is_dumped_is_loaded(
    answers: dict[str, str | tuple[str, ...]], asked: tuple[str, ...]
) -> None:
    session = Session("talk0000", answers=answers, asked=asked, misses=2, quiet=True)
    assert Session.load(session.dump()) == session


def test_a_field_of_a_newer_version_is_ignored() -> None:
    newer = {**json.loads(Session("talk0000").dump()), "mood": {"of": ["the", "day"]}}
    assert Session.load(json.dumps(newer)) == Session("talk0000")


def test_answers_of_the_other_kind_read_as_not_given() -> None:
    session = Session("talk0000", answers={"name": "Amina", "concerns": ("housing",)})
    assert session.text("concerns") == ""
    assert session.many("name") == ()


def test_a_flag_is_raised_once_and_stays() -> None:
    session = Session("talk0000").flagged("help_now").flagged("help_now", "under_18")
    assert session.flags == ("help_now", "under_18")
