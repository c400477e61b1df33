"""What can be asked for at any time: by command, by button, or by the same word."""

from collections.abc import Callable, Mapping

from bot.dialogue import voices
from bot.dialogue.effects import EraseChat, Say, SetLanguage, Words, counted, words
from bot.dialogue.flow import IN_FLOW, STEPS
from bot.dialogue.handover import ask_status
from bot.dialogue.help_card import help_card
from bot.dialogue.lifecycle import erased
from bot.dialogue.privacy import privacy_notice
from bot.dialogue.reading import is_said, plain
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn, advance_flow, apply, come_back, detour, go, reask
from bot.dialogue.values import replace
from bot.dialogue.world import Scene
from common.contract.choices import Flag

SPELLINGS: Mapping[str, Words] = {
    "start": words("commands", "start_spellings"),
    "help": words("commands", "help_spellings"),
    "back": words("commands", "back_spellings"),
    "skip": words("commands", "skip_spellings"),
    "language": words("commands", "language_spellings"),
    "urgent": words("commands", "urgent_spellings"),
    "callme": words("commands", "callme_spellings"),
    "status": words("commands", "status_spellings"),
    "privacy": words("commands", "privacy_spellings"),
    "delete": words("commands", "delete_spellings"),
    "stop": words("commands", "stop_spellings"),
}


def command_in(scene: Scene, text: str) -> str:
    """The command that this text is, written as a word; empty when it is none."""
    typed = plain(text)
    return next((name for name, label in SPELLINGS.items() if is_said(scene, typed, label)), "")


def run(scene: Scene, name: str, argument: str = "") -> Turn:
    """Do what the command asks; an unknown one is answered kindly."""
    if name == "start":
        return _start(scene, argument)
    if not scene.session.step and name not in _NEED_NOTHING:
        scene = replace(scene, session=begin(scene).session)
    return _COMMANDS.get(name, _unknown)(scene)


def begin(scene: Scene, lead: tuple[Words, ...] = (), said: tuple[Say, ...] = ()) -> Turn:
    """Open the first question of the flow that is not answered."""
    return advance_flow(scene, lead, said)


def _start(scene: Scene, argument: str) -> Turn:
    language = scene.session.language
    scene = replace(scene, session=_with_payload(scene, argument))
    turn = _started(scene)
    if "language" in scene.session.asked and scene.session.language != language:
        return replace(turn, effects=(*turn.effects, SetLanguage(scene.session.language)))
    return turn


def _started(scene: Scene) -> Turn:
    session = scene.session
    if session.reference:
        return go(scene, "sent")
    if session.awaiting:
        return go(scene, "sending")
    if any(name not in {"language", "practice"} for name in session.asked):
        return detour(scene, "resume")
    return begin(scene)


def _with_payload(scene: Scene, argument: str) -> Session:
    """What a poster's link knows already, such as `bn-F84122`: the language and the practice."""
    session = scene.session
    language, _, code = argument.strip().rpartition("-")
    if not language and argument.islower():
        language, code = argument, ""
    if language in voices.languages(scene.world):
        session = replace(session, language=language, asked=_with(session, "language"))
    practice = scene.world.directory.practice(code.upper())
    if practice is not None and practice.open and "practice" not in session.asked:
        session = session.with_answer("practice", practice.ods_code)
        session = replace(session, asked=_with(session, "practice"))
    return session


def _with(session: Session, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*session.asked, name)))


def _help(scene: Scene) -> Turn:
    return reask(scene, (words("help", "what_i_do"), words("help", "commands")))


def _back(scene: Scene) -> Turn:
    session = scene.session
    step = STEPS[session.step]
    if step.follows:
        return go(scene, step.follows)
    if session.detours:
        return come_back(scene)
    if step.name in {"sending", "sent"}:
        return reask(scene, (words("general", "nothing_before"),))
    passed = [name for name in session.asked if name != step.name and STEPS[name].applies(scene)]
    if not passed:
        first = (words("general", "first_question"),) if step.name in IN_FLOW else ()
        return advance_flow(scene, first)
    asked = tuple(name for name in session.asked if name != passed[-1])
    return go(replace(scene, session=replace(session, asked=asked, offered=())), passed[-1])


def _skip(scene: Scene) -> Turn:
    step = STEPS[scene.session.step]
    if step.skippable:
        return apply(scene, step.skip(scene))
    needed = words("general", "cannot_skip") if step.name in IN_FLOW else step.again[0]
    return reask(scene, (needed,))


def _language(scene: Scene) -> Turn:
    return detour(scene, "language") if scene.session.step != "language" else reask(scene)


def _urgent(scene: Scene) -> Turn:
    flagged = replace(scene, session=scene.session.flagged(Flag.URGENT_PRESSED))
    return reask(flagged, says=(help_card(scene),))


def _callme(scene: Scene) -> Turn:
    if scene.session.step.startswith("callme"):
        return reask(scene)
    return detour(scene, "callme_phone")


def _status(scene: Scene) -> Turn:
    session = scene.session
    if session.awaiting:
        return reask(scene, (words("sending", "still_on_its_way"),))
    if session.reference or session.earlier:
        return Turn(session, (Say((words("status", "one_moment"),)), ask_status(session)))
    return reask(scene, (words("status", "not_sent"),))


def _privacy(scene: Scene) -> Turn:
    return reask(scene, privacy_notice(scene))


def _delete(scene: Scene) -> Turn:
    """A draft goes at once; what was sent is for the service to erase, and we ask it to."""
    session = scene.session
    if session.awaiting:
        waiting = replace(scene, session=replace(session, erase=True))
        turn = reask(waiting, (words("delete", "after_arrival"),))
        return replace(turn, effects=(EraseChat(), *turn.effects))
    return erased(scene)


def _stop(scene: Scene) -> Turn:
    quiet = replace(scene.session, quiet=True)
    until = counted("stop", "gone_in_one_day", "gone_in_days", scene.world.expire_after.days)
    return Turn(quiet, (Say((words("stop", "quiet"), until)),))


def _unknown(scene: Scene) -> Turn:
    return reask(scene, (words("general", "unknown_command"),))


_NEED_NOTHING = frozenset({"stop", "delete"})
"""Commands that ask nothing, and so open nothing where nothing is open."""

_COMMANDS: Mapping[str, Callable[[Scene], Turn]] = {
    "help": _help,
    "back": _back,
    "skip": _skip,
    "language": _language,
    "urgent": _urgent,
    "callme": _callme,
    "status": _status,
    "privacy": _privacy,
    "delete": _delete,
    "stop": _stop,
}
