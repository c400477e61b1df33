"""Words, numbers and pictures that people send while a question is open."""

from bot.dialogue import commands
from bot.dialogue.effects import (
    AskContact,
    CloseQuestion,
    DropContactButton,
    Effect,
    Redraw,
    Say,
    Words,
    words,
)
from bot.dialogue.flow import STEPS
from bot.dialogue.help_card import help_card
from bot.dialogue.inbound import Media, MediaKind, SharedContact, Signals, Text
from bot.dialogue.kinds import added
from bot.dialogue.reading import chosen, typed
from bot.dialogue.session import Session
from bot.dialogue.step import Again, Answered, Outcome, Step, Told, Understood
from bot.dialogue.turning import Turn, apply, detour, reask
from bot.dialogue.values import replace
from bot.dialogue.world import Scene
from common.contract.choices import Flag

_UNREADABLE: dict[MediaKind, Words] = {
    MediaKind.PHOTO: words("media", "photo"),
    MediaKind.VOICE: words("media", "voice"),
    MediaKind.STICKER: words("media", "sticker"),
    MediaKind.LOCATION: words("media", "location"),
    MediaKind.FILE: words("media", "file"),
}


def hear(scene: Scene, heard: Text) -> Turn:
    """A text: a command's word, an answer, or something that is neither."""
    heard = replace(heard, text=typed(heard.text))
    if heard.edited:
        return _edited(scene, heard)
    if name := commands.command_in(scene, heard.text):
        return commands.run(scene, name)
    if not scene.session.step:
        return _first_words(scene, heard)
    step = STEPS[scene.session.step]
    outcome = step.read(scene, heard.text)
    if heard.signals == Signals() or _is_label(scene, step, heard.text):
        return apply(scene, outcome)
    return _listened(scene, step, heard, outcome)


def see(scene: Scene, seen: Media) -> Turn:
    """Something that cannot be read here; its caption can."""
    unreadable = _UNREADABLE[seen.kind]
    if seen.caption:
        turn = hear(scene, Text(seen.caption, seen.signals))
        return replace(turn, effects=(Say((unreadable,)), *turn.effects))
    return reask(scene, (unreadable,)) if scene.session.step else commands.begin(scene)


def take_contact(scene: Scene, shared: SharedContact) -> Turn:
    """A shared number answers the question for a number, and nothing else."""
    if not scene.session.step:
        return commands.begin(scene)
    step = STEPS[scene.session.step]
    if step.ask(scene).contact:
        return apply(scene, step.read(scene, shared.phone))
    return reask(scene, (words("general", "number_not_needed"),))


def _is_label(scene: Scene, step: Step, text: str) -> bool:
    """Whether the text is a button's own label, which says no more than the button."""
    buttons = [button for row in step.ask(scene).rows for button in row]
    return chosen(scene, text, buttons) is not None


def _listened(scene: Scene, step: Step, heard: Text, outcome: Outcome) -> Turn:
    """The outcome, and what the listener's signals ask for besides.

    Worrying words are no name. Where they are not kept as an answer's own words already, they
    are kept beside it, so that a person reads them.
    """
    if isinstance(outcome, Again) or step.names:
        outcome = Told(_with_words(scene, scene.session, heard.text))
    elif not step.free_text:
        outcome = replace(outcome, session=_with_words(scene, outcome.session, heard.text))
    return (_urgent if heard.signals.urgent else _check)(scene, outcome)


def _urgent(scene: Scene, outcome: Understood) -> Turn:
    """The help card at once; the conversation goes on below it."""
    flagged = outcome.session.flagged(Flag.URGENT_WORDS)
    card = help_card(scene)
    if isinstance(outcome, Answered):
        return apply(scene, replace(outcome, session=flagged, says=(card, *outcome.says)))
    sent = (words("safe_now", "only_by_phone"),) if flagged.is_out_of_hand else ()
    return reask(replace(scene, session=flagged), sent, (card,))


def _check(scene: Scene, outcome: Understood) -> Turn:
    """One gentle question in place of the one that would have followed."""
    turn = apply(scene, replace(outcome, session=outcome.session.flagged(Flag.CHECK_WORDS)))
    if scene.session.step == "safe_check":
        return turn
    session = replace(turn.session, contact_button=scene.session.contact_button)
    asked = detour(replace(scene, session=session), "safe_check")
    besides = tuple(one for one in turn.effects if not _asks(one))
    return replace(asked, effects=(*besides, *asked.effects))


def _asks(effect: Effect) -> bool:
    """Whether this is part of asking a question, or of closing one."""
    if isinstance(effect, Say):
        return bool(effect.question)
    return isinstance(effect, CloseQuestion | Redraw | AskContact | DropContactButton)


def _with_words(scene: Scene, session: Session, text: str) -> Session:
    so_far = added(replace(scene, session=session), "own_words", text.strip())
    return session.with_answer("own_words", so_far)


def _first_words(scene: Scene, heard: Text) -> Turn:
    """Somebody writes before anything was asked."""
    if heard.signals == Signals():
        return commands.begin(scene)
    flag = Flag.URGENT_WORDS if heard.signals.urgent else Flag.CHECK_WORDS
    flagged = _with_words(scene, scene.session, heard.text).flagged(flag)
    return commands.begin(replace(scene, session=flagged), said=(help_card(scene),))


def _edited(scene: Scene, heard: Text) -> Turn:
    """An older message was changed: it stays as it was, but is listened to."""
    if not scene.session.step:
        return _first_words(scene, heard)
    if heard.signals != Signals():
        return _listened(scene, STEPS[scene.session.step], heard, Again())
    return reask(scene, (words("general", "edited"),))
