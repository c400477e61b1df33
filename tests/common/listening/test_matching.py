"""What is found in a text is told with its section, and with what calms it."""

from common.listening.matching import Heard, Matcher
from common.listening.phrases import CHECK, HARMLESS, URGENT, Phrase

MATCHER = Matcher(
    [
        Phrase("want to die", URGENT),
        Phrase("cannot go on", CHECK),
        Phrase("want to die my hair", HARMLESS),
        Phrase("想死", URGENT),
        Phrase("想死你了", HARMLESS),
    ]
)


def test_each_phrase_is_told_with_its_section() -> None:
    assert MATCHER.heard("I cannot go on, I want to DIE") == (
        Heard("canot go on", CHECK),
        Heard("want to die", URGENT),
    )
    assert MATCHER.tiers("I cannot go on, I want to DIE") == {CHECK, URGENT}


def test_what_a_harmless_phrase_holds_is_calmed() -> None:
    heard = MATCHER.heard("i want to die my hair")
    assert set(heard) == {
        Heard("want to die", URGENT, calmed=True),
        Heard("want to die my hair", HARMLESS),
    }
    assert MATCHER.tiers("i want to die my hair") == {HARMLESS}


def test_the_same_without_spaces() -> None:
    assert MATCHER.heard("我想死") == (Heard("想死", URGENT),)
    assert MATCHER.heard("想死你了") == (
        Heard("想死你了", HARMLESS),
        Heard("想死", URGENT, calmed=True),
    )
    assert MATCHER.heard("你好") == ()


def test_a_listener_without_phrases_without_spaces_reads_those_texts() -> None:
    assert Matcher([Phrase("want to die", URGENT)]).heard("我想死") == ()
    assert Matcher([Phrase("想死", URGENT)]).heard("想死你了") == (Heard("想死", URGENT),)
