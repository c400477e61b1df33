"""The api, as the bot sees it: what can be brought to it and asked of it."""

from typing import Protocol

from common.contract.referral import (
    AboutYou,
    CallbackRequest,
    Correction,
    Feedback,
    ReferralReceipt,
    ReferralStatus,
    ReferralSubmission,
)


class IntakeError(Exception):
    """The intake did not take it; `permanent` when it never will as it is."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


class Intake(Protocol):
    """The api, as the bot sees it. `key` is the Idempotency-Key. All raise IntakeError."""

    async def submit(self, submission: ReferralSubmission, key: str) -> ReferralReceipt:
        """Bring a referral."""
        ...

    async def call_back(self, request: CallbackRequest, key: str) -> ReferralReceipt:
        """Ask for a call."""
        ...

    async def status(self, reference: str, conversation_id: str) -> ReferralStatus:
        """Where a referral stands."""
        ...

    async def correct(self, reference: str, conversation_id: str, what: Correction) -> None:
        """Change the telephone number."""
        ...

    async def withdraw(self, reference: str, conversation_id: str) -> None:
        """Withdraw a referral."""
        ...

    async def erase(self, reference: str, conversation_id: str) -> None:
        """Ask for everything to be erased."""
        ...

    async def about_you(self, reference: str, conversation_id: str, what: AboutYou) -> None:
        """Add the monitoring answers."""
        ...

    async def feedback(self, reference: str, conversation_id: str, what: Feedback) -> None:
        """Add how it went."""
        ...
