"""Words, numbers and pictures that people send while a question is open."""

from dataclasses import replace

from bot.dialogue import commands
from bot.dialogue.effects import Say, Words, words
from bot.dialogue.flow import STEPS
from bot.dialogue.help_card import help_card
from bot.dialogue.inbound import Media, MediaKind, SharedContact, Signals, Text
from bot.dialogue.kinds import added
from bot.dialogue.reading import typed
from bot.dialogue.step import Again, Answered, Outcome, Toggled, Told, Unmoved
from bot.dialogue.turning import Turn, apply, detour, reask
from bot.dialogue.world import Scene
from common.contract.choices import Flag

_NAMES = frozenset({"name", "helper_name", "name_to_use"})

_Kept = Answered | Toggled | Told | Unmoved

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
    if heard.signals.urgent and step.name in _NAMES:
        outcome = Again()
    if step.free_text or isinstance(outcome, Again):
        return _listened(scene, heard, outcome)
    return apply(scene, outcome)


def see(scene: Scene, seen: Media) -> Turn:
    """Something that cannot be read here; its caption can."""
    if seen.caption:
        return hear(scene, Text(seen.caption, seen.signals))
    if not scene.session.step:
        return commands.begin(scene)
    return reask(scene, (_UNREADABLE[seen.kind],))


def take_contact(scene: Scene, shared: SharedContact) -> Turn:
    """A shared number answers the question for a number, and nothing else."""
    if not scene.session.step:
        return commands.begin(scene)
    step = STEPS[scene.session.step]
    if step.ask(scene).contact:
        return apply(scene, step.read(scene, shared.phone))
    return reask(scene, (words("general", "number_not_needed"),))


def _listened(scene: Scene, heard: Text, outcome: Outcome) -> Turn:
    """The outcome, and what the listener's signals ask for besides.

    Worrying words that are no answer are kept as own words, so that a person reads them.
    """
    if heard.signals == Signals():
        return apply(scene, outcome)
    if isinstance(outcome, Again):
        outcome = Told(_kept(scene, heard).session)
    return (_urgent if heard.signals.urgent else _check)(scene, outcome)


def _urgent(scene: Scene, outcome: _Kept) -> Turn:
    """The help card at once; the conversation goes on below it."""
    flagged = outcome.session.flagged(Flag.URGENT_WORDS)
    card = help_card(scene)
    if isinstance(outcome, Answered):
        return apply(scene, replace(outcome, session=flagged, says=(card, *outcome.says)))
    return reask(replace(scene, session=flagged), says=(card,))


def _check(scene: Scene, outcome: _Kept) -> Turn:
    """One gentle question in place of the one that would have followed."""
    turn = apply(scene, replace(outcome, session=outcome.session.flagged(Flag.CHECK_WORDS)))
    session = replace(turn.session, contact_button=scene.session.contact_button)
    return detour(replace(scene, session=session), "safe_check")


def _kept(scene: Scene, heard: Text) -> Scene:
    words_so_far = added(scene, "own_words", heard.text.strip())
    return replace(scene, session=scene.session.with_answer("own_words", words_so_far))


def _first_words(scene: Scene, heard: Text) -> Turn:
    said: tuple[Say, ...] = ()
    if heard.signals != Signals():
        scene = _kept(scene, heard)
        flag = Flag.URGENT_WORDS if heard.signals.urgent else Flag.CHECK_WORDS
        scene = replace(scene, session=scene.session.flagged(flag))
        said = (help_card(scene),)
    return commands.begin(scene, said=said)


def _edited(scene: Scene, heard: Text) -> Turn:
    if not scene.session.step:
        return _first_words(scene, heard)
    if heard.signals != Signals():
        return _listened(scene, heard, Again())
    return reask(scene, (words("general", "edited"),))
