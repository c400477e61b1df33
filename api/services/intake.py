"""Taking in a referral: assessed again, numbered, assigned, stored and told, or nothing at all."""

from api.domain.age import age_on
from api.domain.duplicate import Fingerprints, name_key
from api.domain.errors import UnacceptableError
from api.domain.referral import Kind
from api.services.desk import Desk
from api.services.filing import Arrival, file
from api.services.freetexts import free_texts
from api.services.once import Request
from api.services.sorting import sorting_of
from common.contract.choices import Concern, Flag, HomeCode, PracticeCode, SafeNow, WhoFor
from common.contract.directory import Directory
from common.contract.eligibility import Decision, Outcome, assess
from common.contract.identifiers import Postcode
from common.contract.referral import ReferralReceipt, ReferralSubmission
from common.runtime.vault import Vault

ADULT = 18
OLDEST = 120


async def submit(desk: Desk, submission: ReferralSubmission, key: str) -> ReferralReceipt:
    """Take a referral in; `key` is the Idempotency-Key.

    Nobody is turned away here: what would not be eligible is accepted and flagged to be
    checked by a person.

    Raises:
        UnacceptableError: the date of birth is in the future or too long ago.
        KeyReusedError: the key came before with another body.
        AlreadySentError: the same conversation has an open referral of the same person.
    """
    directory = (await desk.directory.current()).directory
    arrival = understand(desk, submission, directory)
    return await file(desk, arrival, Request("referrals", key, arrival.told))


def understand(desk: Desk, submission: ReferralSubmission, directory: Directory) -> Arrival:
    """What a submission amounts to, by our own judgement and not the sender's."""
    decision = decide(submission, directory)
    return Arrival(
        kind=Kind.REFERRAL,
        asker=desk.conversation(submission.conversation_id),
        practice=submission.practice or "",
        channel=submission.channel,
        language=submission.language,
        flags=_flags(submission, _age(desk, submission)),
        told=submission.model_dump_json(),
        unread=len(free_texts(submission)),
        decision=decision.outcome.value,
        reasons=tuple(reason.value for reason in decision.reasons),
        fingerprints=fingerprints(desk.vault, submission),
        sorting=sorting_of(desk.vault, submission),
    )


def decide(submission: ReferralSubmission, directory: Directory) -> Decision:
    """Eligible, or to be checked: whoever has sent a referral is never refused by a machine."""
    home = Postcode.parse(submission.home) if submission.home else submission.home_code
    practice = submission.practice or submission.practice_code
    decision = assess(
        home or HomeCode.UNKNOWN,
        practice or PracticeCode.UNKNOWN,
        submission.residence,
        directory,
    )
    if decision.outcome is Outcome.ELIGIBLE:
        return decision
    return Decision(Outcome.CHECK, decision.reasons)


def fingerprints(vault: Vault, submission: ReferralSubmission) -> Fingerprints:
    """The keyed hashes by which the same person is found again."""
    who = (name_key(submission.name), submission.date_of_birth.isoformat())
    phone, home = submission.contact.phone, submission.home
    return Fingerprints(
        person=vault.fingerprint("person", *who),
        phone=vault.fingerprint("person-phone", *who, phone) if phone else "",
        postcode=vault.fingerprint("person-postcode", *who, home) if home else "",
    )


def _age(desk: Desk, submission: ReferralSubmission) -> int:
    age = age_on(submission.date_of_birth, desk.today())
    if not 0 <= age <= OLDEST:
        raise UnacceptableError("date_of_birth", "not a date on which a living person was born")
    return age


def _flags(submission: ReferralSubmission, age: int) -> tuple[Flag, ...]:
    """The sender's flags, and those that its own answers call for."""
    called_for = {
        Flag.HELP_NOW: submission.safe_now is SafeNow.HELP_NOW,
        Flag.RATHER_NOT_SAY: submission.safe_now is SafeNow.RATHER_NOT_SAY,
        Flag.SAFETY_HOME: Concern.SAFETY_HOME in submission.concerns,
        Flag.UNDER_18: submission.who_for is WhoFor.ME and age < ADULT,
    }
    return tuple(flag for flag in Flag if flag in submission.flags or called_for.get(flag))
