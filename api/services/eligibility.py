"""Asking about eligibility without sending anything: the same rule that the intake goes by."""

from api.domain.errors import UnacceptableError
from api.services.desk import Desk
from common.contract.choices import HomeCode, PracticeCode
from common.contract.eligibility import assess
from common.contract.identifiers import Postcode, UnreadableError
from common.contract.referral import EligibilityAnswer, EligibilityQuestion


async def eligibility(desk: Desk, question: EligibilityQuestion) -> EligibilityAnswer:
    """The decision with its reasons.

    Raises:
        UnacceptableError: the postcode is neither a postcode nor one of its codes.
    """
    directory = (await desk.directory.current()).directory
    decision = assess(
        _home(question.postcode), _practice(question.practice), question.residence, directory
    )
    return EligibilityAnswer(decision=decision.outcome, reasons=decision.reasons)


def _home(text: str) -> Postcode | HomeCode:
    if text in set(HomeCode):
        return HomeCode(text)
    try:
        return Postcode.parse(text)
    except UnreadableError as error:
        raise UnacceptableError("postcode", str(error)) from None


def _practice(text: str) -> str | PracticeCode:
    return PracticeCode(text) if text in set(PracticeCode) else text.strip().upper()
