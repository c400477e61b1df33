"""A question with a clip can be heard; Sylheti can be chosen as soon as it has one."""

from dataclasses import replace

from bot.dialogue.effects import Button, Lines, Play, Say
from bot.dialogue.engine import advance
from bot.dialogue.help_card import help_card
from bot.dialogue.inbound import Command, Press
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn
from bot.dialogue.voices import languages
from bot.dialogue.world import Scene, World
from bot.submission import _call_language, _language
from tests.support.world import NOON, translator, world

WELCOME = frozenset({("syl", "welcome"), ("bn", "who_for")})


def heard(voices: frozenset[tuple[str, str]] = WELCOME) -> World:
    return replace(world(), voices=voices)


def at(step: str, language: str) -> Session:
    return Session("talk0000", language=language, step=step, asked=("language",), touched="x")


def buttons(turn: Turn) -> set[str]:
    says = (one for one in turn.effects if isinstance(one, Say))
    return {button.data for say in says for row in say.rows for button in row}


def test_only_what_has_a_clip_in_the_language_of_the_talk_has_the_button() -> None:
    def asked(session: Session, voices: World) -> set[str]:
        return buttons(advance(session, Command("help"), NOON, voices))

    assert "do=listen" in asked(at("welcome", "syl"), heard())
    assert "do=listen" in asked(at("who_for", "bn"), heard())
    assert "do=listen" not in asked(at("welcome", "bn"), heard())
    assert "do=listen" not in asked(at("who_for", "syl"), heard())
    assert "do=listen" not in asked(at("welcome", "syl"), world())


def test_what_is_pressed_is_played_and_the_question_stays_open() -> None:
    session = at("welcome", "syl")
    turn = advance(session, Press("do", "listen"), NOON, heard())
    assert turn.effects == (Play("syl", "welcome"),)
    assert turn.session.step == "welcome"
    outgoing = translator().render(turn.effects[0], "syl")
    assert (outgoing.verb, outgoing.clip, outgoing.language) == ("play", "syl/welcome", "bn")
    assert outgoing.label == "🔊 শুনুন"


def test_a_clip_that_has_gone_meanwhile_has_the_question_asked_again() -> None:
    turn = advance(at("welcome", "syl"), Press("do", "listen"), NOON, world())
    assert "welcome=yes" in buttons(turn)
    assert "do=listen" not in buttons(turn)


def test_sylheti_is_offered_beside_bengali_as_soon_as_it_can_be_heard() -> None:
    assert "syl" not in languages(world())
    offered = languages(heard())
    assert offered.index("syl") == offered.index("bn") + 1
    newcomer = Session("talk0000", language="en")
    assert "language=syl" in buttons(advance(newcomer, Command("start"), NOON, heard()))
    assert "language=syl" not in buttons(advance(newcomer, Command("start"), NOON, world()))
    poster = advance(newcomer, Command("start", "syl-F84122"), NOON, heard())
    assert (poster.session.language, poster.session.step) == ("syl", "welcome")


def test_who_chose_sylheti_reads_bengali_and_is_called_in_sylheti() -> None:
    asked = advance(Session("talk0000", language="en"), Command("start"), NOON, heard()).session
    turn = advance(asked, Press("language", "syl"), NOON, heard())
    assert turn.session.language == "syl"
    say = next(one for one in turn.effects if isinstance(one, Say))
    shown = translator().render(say, "syl")
    assert shown == replace(translator().render(say, "bn"), clip="syl/welcome")
    assert shown.language == "bn"
    assert _language(turn.session) == "syl"
    same = turn.session.with_answer("call_language", "same")
    assert _call_language(same, "call_language") == "syl"


def test_the_help_card_names_those_that_are_confirmed() -> None:
    scene = Scene(at("welcome", "en"), world(), NOON)
    assert not any(isinstance(one, Lines) for one in help_card(scene).parts)
    known = {**world().helplines, "text": "text SHOUT to 85258", "council": "020 7364 5000"}
    told = replace(world(), helplines=known, names={"text": "Shout", "council": "Connect"})
    card = translator().render(help_card(replace(scene, world=told)), "ar").html
    assert "Shout" in card
    assert "text SHOUT to 85258" in card
    assert "Connect" not in card  # no help in danger


def test_a_button_is_what_it_says() -> None:
    turn = advance(at("welcome", "syl"), Command("help"), NOON, heard())
    rows = [row for one in turn.effects if isinstance(one, Say) for row in one.rows]
    (listen,) = [row[0] for row in rows if row[0].data == "do=listen"]
    assert isinstance(listen, Button)
    assert translator().label(listen.label, "en") == "🔊 Listen"
