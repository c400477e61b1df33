"""What a page's form has posted, read as something that happened; and whatever is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.channels.webchat.inbound import read
from bot.dialogue.inbound import Command, Inbound, Left, Press, Text
from bot.ports import Json

CASES: list[tuple[Json, Inbound | None]] = [
    ({"press": "welcome=yes"}, Press("welcome", "yes")),
    ({"press": "practice=F84122"}, Press("practice", "F84122")),
    ({"press": "do=back"}, Press("do", "back")),
    ({"press": "no button"}, Press("", "")),
    ({"press": "স্বাগত=yes"}, Press("", "")),
    ({"text": "Amina Hassan"}, Text("Amina Hassan")),
    ({"text": "  আমার নাম  "}, Text("  আমার নাম  ")),
    ({"text": "two\nlines"}, Text("two\nlines")),
    ({"text": " \n\t"}, None),
    ({"text": ""}, None),
    ({}, None),
    ({"text": "/start bn-F84122"}, Command("start", "bn-F84122")),
    ({"text": " /URGENT "}, Command("urgent")),
    ({"text": "/start  a\nb "}, Command("start", "a\nb")),
    ({"text": "/24 Roman Road"}, Text("/24 Roman Road")),
    ({"text": "and/or"}, Text("and/or")),
    ({"command": "help"}, Command("help")),
    ({"start": "bn-F84122"}, Command("start", "bn-F84122")),
    ({"start": ""}, Command("start")),
    ({"left": True}, Left()),
    # What was left behind in a hurry counts before all else, and a beginning before an answer.
    ({"left": True, "text": "hello", "start": ""}, Left()),
    ({"start": "", "press": "welcome=yes"}, Command("start")),
    ({"press": ["welcome=yes"], "text": 7, "command": None}, None),
]


@pytest.mark.parametrize(("body", "inbound"), CASES, ids=str)
def test_each_body_is_read(body: Json, inbound: Inbound | None) -> None:
    arrival = read(body)
    assert (arrival and arrival.inbound) == inbound


def test_what_the_answer_needs_comes_with_it() -> None:
    arrival = read({"press": "do=back", "update": "u1", "question": "name", "hint": "bn"})
    assert arrival is not None
    assert (arrival.callback, arrival.question, arrival.language_hint) == ("u1", "name", "bn")
    assert (arrival.message, arrival.pressed) == ("", "")


_json = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(), some.lists, max_leaves=4
)
_names = ("left", "start", "press", "text", "command", "update", "question", "hint")


@given(some.dictionaries(some.sampled_from(_names) | some.text(), _json))
def test_nothing_that_was_stored_is_too_much(body: Json) -> None:
    read(body)
