"""Whatever happens, in whatever order, a conversation can be saved, read and finished."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.dialogue.effects import (
    AskStatus,
    Deliver,
    DropContactButton,
    Effect,
    Redraw,
    Remember,
    Say,
)
from bot.dialogue.engine import Turn, advance
from bot.dialogue.flow import STEPS
from bot.dialogue.inbound import (
    Blocked,
    Command,
    Delivered,
    Due,
    Flooded,
    Inbound,
    Left,
    Media,
    MediaKind,
    Press,
    Refused,
    SharedContact,
    Signals,
    StatusKnown,
    Text,
    Tick,
)
from bot.dialogue.session import Session
from tests.support.finishing import answer, turns_to_finish
from tests.support.world import NOON, translator, world

_VALUES = (
    *("yes", "no", "privacy", "me", "child", "other", "safe", "help_now", "rather_not_say"),
    *("unknown", "no_fixed_address", "elsewhere", "not_registered", "none_of_these", "moved"),
    *("lives_there", "call_me", "postcode", "practice", "housing", "safety_home", "done", "none"),
    *("no_phone", "email", "letter", "callback_number", "send", "more", "change", "careful"),
    *("F84122", "F84046", "en", "bn", "name", "own_words", "go_on", "again", "status"),
    *("about_you", "feedback", "new_phone", "withdraw", "new", "Z", "5", "given"),
    *("back", "skip", "language", "urgent", "callme"),
)
_COMMANDS = (
    *("start", "help", "back", "language", "urgent", "callme", "status", "privacy", "delete"),
    *("stop", "what"),
)
_TEXTS = [
    *("yes", "no", "help", "stop", "back", "1", "3", "২", "limehouse", "E1 4DG", "SE1 7PB"),
    *("25 3 1980", "1/1/2015", "07700 900123", "Amina Hassan", "me@example.org", "", "<b>&"),
]
_signals = some.builds(Signals, urgent=some.booleans(), check=some.booleans())
_texts = some.one_of(some.sampled_from(_TEXTS), some.text(max_size=40))
_events: some.SearchStrategy[Inbound] = some.one_of(
    some.builds(Press, some.sampled_from([*STEPS, "do", ""]), some.sampled_from(_VALUES)),
    some.builds(Text, _texts, _signals, some.booleans()),
    some.builds(
        Command,
        some.sampled_from(_COMMANDS),
        some.sampled_from(["", "bn-F84122", "so-F84046", "-", "en", "F84122"]),
    ),
    some.builds(SharedContact, some.sampled_from(["+447700900123", "", "x"])),
    some.builds(Media, some.sampled_from(MediaKind), some.sampled_from(["", "help", "E1 4DG"])),
    some.just(Blocked()),
    some.just(Left()),
    some.just(Flooded()),
    some.builds(Tick, some.sampled_from(Due)),
    some.builds(
        Delivered, some.sampled_from(["talk0000-1", "talk0000-2", ""]), some.just("TH-7K3M-9QX")
    ),
    some.builds(Refused, some.sampled_from(["talk0000-1", "talk0000-2"])),
    some.builds(StatusKnown, some.sampled_from(["received", "closed", "?"]), some.integers(1, 9)),
)
# An answer to whatever is open gets further into the conversation than chance alone would.
_moves = some.lists(some.one_of(some.none(), some.none(), _events), max_size=40)


def _questions(effects: tuple[Effect, ...]) -> list[str]:
    return [one.question for one in effects if isinstance(one, Say) and one.question]


def _check(turn: Turn, before: Session) -> None:
    session = turn.session
    assert Session.load(session.dump()) == session
    assert session.step in STEPS or not session.step
    asked = _questions(turn.effects)
    assert len(asked) <= 1, "never two questions at once"
    if asked:
        assert asked == [session.step], "the question asked is the one that is open"
    elif not turn.forget:
        assert session.step == before.step or session.unseen, "an open question was asked"
    assert turn.forget or session.quiet or not before.quiet, "once quiet, always quiet"
    assert session.step != "sending" or session.awaiting, "what is on its way is known"
    if before.contact_button and not session.contact_button and not turn.forget:
        assert any(isinstance(one, DropContactButton) for one in turn.effects)
    for one in turn.effects:
        if isinstance(one, Redraw):
            assert one.say.question == session.step
        if not isinstance(one, Deliver | Remember | AskStatus):
            for language in ("en", "bn"):
                translator().render(one, language)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(_moves, some.sampled_from(["telegram", "webchat"]))
def test_any_sequence_leaves_a_conversation_that_can_go_on(
    moves: list[Inbound | None], channel: str
) -> None:
    session, now = Session("talk0000", channel=channel), NOON
    for move in moves:
        now += timedelta(hours=1)
        turn = advance(session, move or answer(session), now, world())
        _check(turn, session)
        fresh = Session("talk0000", channel=channel)
        session = fresh if turn.forget else Session.load(turn.session.dump())
    assert turns_to_finish(session) <= 80, "every conversation can be finished"


_SAID = (Text, Press, Command, SharedContact, Media)


@given(_moves)
def test_nothing_is_pushed_to_a_phone_that_may_be_watched(moves: list[Inbound | None]) -> None:
    session, now = Session("talk0000", channel="telegram", quiet=True), NOON
    for move in moves:
        now += timedelta(hours=1)
        inbound = move or answer(session)
        turn = advance(session, inbound, now, world())
        if not isinstance(inbound, _SAID):
            assert not any(isinstance(one, Say) for one in turn.effects)
        session = turn.session


@given(_moves)
def test_a_raised_flag_is_never_lowered_within_a_referral(moves: list[Inbound | None]) -> None:
    session = Session("talk0000", channel="telegram")
    for move in moves:
        before = session
        turn = advance(session, move or answer(session), NOON, world())
        session = turn.session
        if turn.forget or session.reference != before.reference or session.id != before.id:
            return
        assert set(before.flags) <= set(session.flags)
