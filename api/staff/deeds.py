"""Lines of the audit in plain English; a deed without words of its own is shown by its name."""

from collections.abc import Mapping

from api.domain.record import Line

DEEDS: Mapping[str, str] = {
    "referral.received": "Sent a referral",
    "callback.received": "Asked to be called",
    "referral.read": "Looked at the referral",
    "referral.about_you": "Told us about themselves",
    "referral.feedback": "Told us how it went",
    "referral.corrected": "Changed their number",
    "referral.withdrawn": "Withdrew the referral",
    "referral.erasure_asked": "Asked for everything to be deleted",
    "referral.held_read": "Looked at all that is held about the person",
    "referral.held_taken": "Took a copy of all that is held about the person",
    "referral.correction_seen": "Noted the changed number",
    "referral.accepted": "Accepted the referral",
    "referral.attempt_logged": "Noted a try to reach the person",
    "referral.booked": "Booked the first conversation",
    "referral.handed_over": "Handed the referral over",
    "referral.closed": "Closed the referral",
    "referral.reopened": "Opened the referral again",
    "duplicate.joined": "Joined it with another referral of the same person",
    "duplicate.apart": "Said that another referral is of somebody else",
    "duplicate.undone": "Took back what was said of another referral",
    "texts.read": "Looked at what the person wrote",
    "text.marked_read": "Marked a text as read",
    "text.put_into_english": "Wrote down what a text says in English",
    "referral.reassigned": "Gave the referral to somebody else",
    "referral.erased": "Erased the referral",
    "referral.kept_long_enough": "Erased the referral: its time was over",
    "staff.signed_in": "Signed in",
    "staff.signed_out": "Signed out",
    "staff.sign_in_refused": "Was not let in",
    "staff.signed_out_everywhere": "Signed out everywhere",
    "staff.session_ended": "Signed out one browser",
    "staff.password_changed": "Set a new password",
    "staff.second_factor_set_up": "Set up the second step",
    "staff.second_factor_refused": "Showed a wrong code",
    "staff.second_factor_reset": "Took away somebody's second step",
    "staff.organisation_linked": "Came in by their organisation for the first time",
    "staff.added": "Made an account",
    "staff.invited": "Sent a link to set a password",
    "staff.changed": "Changed an account",
    "staff.deactivated": "Closed an account",
    "staff.reactivated": "Opened an account again",
    "staff.leave_set": "Set days of leave",
    "staff.leave_ended": "Ended a leave",
    "staff.languages_chosen": "Chose the languages they read",
    "telegram.code_made": "Made a code to link Telegram",
    "telegram.linked": "Linked Telegram",
    "telegram.unlinked": "Unlinked Telegram",
    "telegram.chosen": "Chose when Telegram may write",
    "words.imported": "Took words in from a file",
    "directory.practice_added": "Added a practice",
    "directory.practice_changed": "Changed a practice",
    "directory.practice_closed": "Closed a practice",
    "directory.practice_opened": "Opened a practice again",
    "directory.prescribers_changed": "Changed who prescribes for a practice",
    "directory.colleague_changed": "Changed languages, cover or room of a colleague",
    "directory.imported": "Took in the official list of practices",
    "helpline.shipped": "Came with Doorway",
    "helpline.changed": "Changed what is told about a helpline",
    "helpline.proposed": "Proposed another name or number for a helpline",
    "helpline.agreed": "Agreed to the name and number of a helpline",
    "helpline.dropped": "Dropped what was proposed for a helpline",
    "phrase.added": "Added a phrase of danger",
    "phrase.removed": "Took away a harmless phrase",
    "phrase.removal_asked": "Asked for a phrase of danger to be taken away",
    "phrase.agreed": "Agreed to what was asked for a phrase",
    "phrase.refused": "Let a phrase be as it was",
    "clip.recorded": "Put a spoken clip in place",
    "clip.removed": "Took a spoken clip away",
    "words.written": "Wrote words of the chat",
    "words.reviewed": "Reviewed words of the chat",
    "words.published": "Published the words",
    "words.restored": "Went back to the words of a publication",
    "audit.searched": "Searched this record",
    "audit.pruned": "Took away a day of this record: its time was over",
}
WAYS: Mapping[str, str] = {
    "page": "These pages",
    "telegram": "Telegram",
    "command": "A command",
    "job": "Doorway itself",
    "chat": "The chat",
}


def deed(action: str) -> str:
    """What was done."""
    return DEEDS.get(action, action.replace(".", ": ").replace("_", " "))


def who(actor: str, names: Mapping[int, str]) -> str:
    """Who did it."""
    kind, _, number = actor.partition(":")
    if kind == "staff":
        return names.get(int(number), f"Staff member {number}")
    return {"conversation": "The person", "system": "Doorway"}.get(kind, actor)


def whom(subject: str, names: Mapping[int, str]) -> tuple[str, str]:
    """Whom or what it was about, and the address of its page, if it has one."""
    kind, colon, rest = subject.partition(":")
    if not colon:
        return subject, f"/staff/referrals/{subject}" if subject.startswith("TH-") else ""
    if kind == "staff":
        return names.get(int(rest), f"Staff member {rest}"), ""
    if kind == "practice":
        return f"Practice {rest}", f"/staff/directory/{rest}"
    if kind == "helpline":
        return f"Helpline {rest}", f"/staff/helplines/{rest}"
    return f"{kind.capitalize()} {rest}", ""


def from_where(line: Line) -> str:
    """Through what it was done, and from which network."""
    kind = line.actor.partition(":")[0]
    way = line.way or {"conversation": "chat", "system": "job"}.get(kind, "")
    return ", ".join(one for one in (WAYS.get(way, ""), line.network) if one)
