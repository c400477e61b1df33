"""The words of the messages in a chat, from values that have no room for personal data."""

from collections.abc import Mapping, Sequence

from api.domain.assignment import AssignedBecause
from api.domain.chat import Button, ChatMessage
from api.domain.events import News, Notice
from api.domain.referral import Kind
from api.notifications.messages import TO_NOBODY_BECAUSE, TO_YOU_BECAUSE

MOST = 10  # lines of a summary; the rest is counted
TITLES: Mapping[News, str] = {
    News.CORRECTED: "They gave another number to ring: {}",
    News.WITHDRAWN: "Withdrawn. Please do not contact them any more: {}",
    News.ERASURE_ASKED: "Please decide on an erasure: {}",
    News.NOT_TOLD: "The prescriber could not be told by e-mail: {}",
    News.STANDS_STILL: "Nothing has happened for two working days: {}",
    News.STANDS_STILL_LONGER: "Nothing has happened for four working days: {}",
}


def of_notice(notice: Notice, *, may_accept: bool) -> ChatMessage:
    """One piece of news, with what can be done about it."""
    because = AssignedBecause(notice.because)
    why = TO_YOU_BECAUSE.get(because) or TO_NOBODY_BECAUSE.get(because, "")
    lines = [_title(notice), notice.practice and f"GP practice: {notice.practice}"]
    if notice.news is News.NEW:
        lines += [_urgency(notice), why]
    accept = (Button("Accept", data=f"accept:{notice.reference}"),) if may_accept else ()
    return ChatMessage("\n".join(filter(None, lines)), (*accept, Button("Open", url=notice.link)))


def of_held(notices: Sequence[Notice], home: str) -> ChatMessage:
    """What came while somebody wanted to be left alone, the urgent first."""
    ordered = sorted(notices, key=lambda one: not one.urgent)
    lines = [f"• {_title(one)}{_mark(one)}" for one in ordered[:MOST]]
    if len(ordered) > MOST:
        lines.append(f"… and {len(ordered) - MOST} more")
    text = "\n".join(("While it was quiet, this came:", *lines))
    return ChatMessage(text, (Button("Open your inbox", url=home),))


def of_digest(
    waiting: tuple[int, int], texts: tuple[int, int], *, coordinator: bool, home: str
) -> ChatMessage | None:
    """What waits today: referrals and how many are flagged, texts and how many are overdue."""
    (count, flagged), (unread, overdue) = waiting, texts
    what = "that nobody has yet" if coordinator else "to accept"
    lines = []
    if count:
        lines.append(f"• {_counted(count, 'referral')} {what}{_part(flagged, 'marked urgent')}")
    if unread:
        lines.append(f"• {_counted(unread, 'text')} to read{_part(overdue, 'overdue')}")
    if not lines:
        return None
    buttons = [Button("Open your inbox", url=home)]
    if unread:
        buttons.append(Button("Texts to read", url=f"{home}texts"))
    return ChatMessage("\n".join(("Waiting for you today:", *lines)), tuple(buttons))


def _title(notice: Notice) -> str:
    if notice.news in TITLES:
        return TITLES[notice.news].format(notice.reference)
    if notice.news is not News.NEW:
        return f"There is news about {notice.reference}"
    call = notice.kind == Kind.CALLBACK
    if AssignedBecause(notice.because) in TO_NOBODY_BECAUSE:
        return f"Nobody has this {'call back' if call else 'referral'} yet: {notice.reference}"
    return f"Please call back: {notice.reference}" if call else f"New referral {notice.reference}"


def _urgency(notice: Notice) -> str:
    return "Marked urgent: please read it today." if notice.urgent else "Not marked urgent."


def _mark(notice: Notice) -> str:
    marked = notice.urgent and notice.news is News.NEW
    place = f", {notice.practice}" if notice.practice else ""
    return f"{place} (marked urgent)" if marked else place


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _part(number: int, what: str) -> str:
    return f", {number} {what}" if number else ""
