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
    "referral.reassigned": "Gave the referral to somebody else",
    "referral.erased": "Erased the referral",
    "referral.kept_long_enough": "Erased the referral: its time was over",
    "staff.signed_in": "Signed in",
    "staff.signed_out": "Signed out",
    "staff.sign_in_refused": "Was not let in",
    "directory.practice_added": "Added a practice",
    "directory.practice_changed": "Changed a practice",
    "directory.practice_closed": "Closed a practice",
    "directory.practice_opened": "Opened a practice again",
    "directory.prescribers_changed": "Changed who prescribes for a practice",
    "directory.colleague_changed": "Changed languages, cover or room of a colleague",
    "directory.imported": "Took in the official list of practices",
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
    return f"{kind.capitalize()} {rest}", ""


def from_where(line: Line) -> str:
    """Through what it was done, and from which network."""
    kind = line.actor.partition(":")[0]
    way = line.way or {"conversation": "chat", "system": "job"}.get(kind, "")
    return ", ".join(one for one in (WAYS.get(way, ""), line.network) if one)
