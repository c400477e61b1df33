"""Ethnic group, asked after sending so that everyone's reach can be compared."""

from bot.dialogue.effects import DeliveryKind, words
from bot.dialogue.handover import hand_over
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.session import Session
from bot.dialogue.step import RETURN, Answered, Outcome
from bot.dialogue.values import replace
from bot.dialogue.world import Scene
from common.contract.choices import EthnicCategory


class AboutEthnicity(ChoiceStep):
    """The 16+1 ethnic categories of the NHS Data Dictionary."""

    follows = "about_gender"

    def pick(self, scene: Scene, value: str) -> Outcome:
        return _finish(self.keep(scene, value))

    def skip(self, scene: Scene) -> Answered:
        return _finish(scene.session.without(self.name))


def _finish(session: Session) -> Answered:
    """Hand on what was answered, if anything was; it is not asked a second time."""
    session = replace(session, asked=(*session.asked, "about_gender"))
    if not session.text("about_gender") and not session.text("about_ethnicity"):
        return Answered(session, goto=RETURN)
    handed, deliver = hand_over(session, DeliveryKind.ABOUT_YOU)
    return Answered(handed, (words("about_ethnicity", "thanks"),), goto=RETURN, effects=(deliver,))


STEP = AboutEthnicity(
    "about_ethnicity",
    question=(words("about_ethnicity", "question"),),
    choices=(
        (EthnicCategory.WHITE_BRITISH, words("about_ethnicity", "white_british")),
        (EthnicCategory.WHITE_IRISH, words("about_ethnicity", "white_irish")),
        (EthnicCategory.WHITE_OTHER, words("about_ethnicity", "white_other")),
        (
            EthnicCategory.MIXED_WHITE_BLACK_CARIBBEAN,
            words("about_ethnicity", "mixed_white_black_caribbean"),
        ),
        (
            EthnicCategory.MIXED_WHITE_BLACK_AFRICAN,
            words("about_ethnicity", "mixed_white_black_african"),
        ),
        (EthnicCategory.MIXED_WHITE_ASIAN, words("about_ethnicity", "mixed_white_asian")),
        (EthnicCategory.MIXED_OTHER, words("about_ethnicity", "mixed_other")),
        (EthnicCategory.INDIAN, words("about_ethnicity", "indian")),
        (EthnicCategory.PAKISTANI, words("about_ethnicity", "pakistani")),
        (EthnicCategory.BANGLADESHI, words("about_ethnicity", "bangladeshi")),
        (EthnicCategory.ASIAN_OTHER, words("about_ethnicity", "asian_other")),
        (EthnicCategory.CARIBBEAN, words("about_ethnicity", "caribbean")),
        (EthnicCategory.AFRICAN, words("about_ethnicity", "african")),
        (EthnicCategory.BLACK_OTHER, words("about_ethnicity", "black_other")),
        (EthnicCategory.CHINESE, words("about_ethnicity", "chinese")),
        (EthnicCategory.OTHER, words("about_ethnicity", "other")),
        (EthnicCategory.NOT_STATED, words("about_ethnicity", "not_stated")),
    ),
)
