"""The words of the letters, from a notice that has no room for personal data."""

import hashlib
import secrets

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from api.domain.assignment import AssignedBecause
from api.domain.events import News, Notice, Recipient
from api.domain.referral import Kind
from api.notifications.transport import Letter

PAGES = Environment(
    loader=PackageLoader("api.notifications"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    keep_trailing_newline=True,
    trim_blocks=True,
)

# Why it comes to this person, where it is not simply their practice's.
TO_YOU_BECAUSE = {
    AssignedBecause.PRACTICE_PRESCRIBER: "",
    AssignedBecause.NAMED_COVER: "It comes to you because you are covering for a colleague.",
    AssignedBecause.SAME_PCN: (
        "It comes to you because the prescriber of the practice is away or has no room, "
        "and you are in the same network."
    ),
    AssignedBecause.HANDED_OVER: "It comes to you because a colleague has handed it over to you.",
    AssignedBecause.TAKEN_ON: "",
    AssignedBecause.REOPENED: "It was closed, and has been opened again.",
}
TO_NOBODY_BECAUSE = {
    AssignedBecause.NO_PRACTICE: "We do not know the GP practice yet.",
    AssignedBecause.PRACTICE_NOT_OPEN: "The GP practice given is not open.",
    AssignedBecause.NOBODY_FREE: "Nobody at the practice or in its network is free.",
    AssignedBecause.HANDED_BACK: "Nobody has it any more: it was handed back to you.",
}


def compose(notice: Notice, to: Recipient) -> Letter:
    """The letter that tells somebody of a referral, or that nobody has it yet."""
    because = AssignedBecause(notice.because)
    words = {
        "name": to.name,
        "notice": notice,
        "callback": notice.kind == Kind.CALLBACK,
        "because": TO_YOU_BECAUSE.get(because) or TO_NOBODY_BECAUSE.get(because, ""),
    }
    page = "nobody_assigned" if because in TO_NOBODY_BECAUSE else "assigned"
    if notice.news is not News.NEW:
        page = notice.news.value
    subject, text = PAGES.get_template(f"{page}.txt").render(words).split("\n", 1)
    paragraphs = text.strip().split("\n\n")
    return Letter(
        to_name=to.name,
        to=to.email,
        subject=subject,
        text=text.lstrip("\n"),
        html=PAGES.get_template("letter.html").render(paragraphs=paragraphs, link=notice.link),
        reference=notice.reference,
        key=_key(notice, to),
    )


def _key(notice: Notice, to: Recipient) -> str:
    if notice.news is News.CORRECTED:
        # A number may change twice, and no mail program may take the second letter for the first.
        return secrets.token_hex(16)
    parts = [notice.reference, notice.kind, notice.because, str(to.staff_id), notice.news]
    if notice.mark:
        parts.append(notice.mark)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]
