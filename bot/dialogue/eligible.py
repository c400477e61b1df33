"""What the answers so far mean for eligibility: the contract's rule, fed from a session."""

from bot.dialogue.session import Session
from bot.dialogue.world import Scene
from common.contract.choices import HomeCode, PracticeCode, Residence
from common.contract.directory import Directory
from common.contract.eligibility import Decision, Outcome, assess
from common.contract.identifiers import Postcode

_HOME_CODES = frozenset(HomeCode)
_PRACTICE_CODES = frozenset(PracticeCode)


def decision(session: Session, directory: Directory) -> Decision | None:
    """The decision on home and practice; None until both questions have been passed."""
    if "postcode" not in session.asked or "practice" not in session.asked:
        return None
    residence = session.text("residence")
    return assess(
        _home(session),
        _practice(session),
        Residence(residence) if residence else None,
        directory,
    )


def outcome_is(scene: Scene, outcome: Outcome) -> bool:
    """Whether the decision stands, and is this one."""
    decided = decision(scene.session, scene.world.directory)
    return decided is not None and decided.outcome is outcome


def _home(session: Session) -> Postcode | HomeCode:
    answer = session.text("postcode") or HomeCode.UNKNOWN
    return HomeCode(answer) if answer in _HOME_CODES else Postcode.parse(answer)


def _practice(session: Session) -> str | PracticeCode:
    answer = session.text("practice") or PracticeCode.UNKNOWN
    return PracticeCode(answer) if answer in _PRACTICE_CODES else answer
