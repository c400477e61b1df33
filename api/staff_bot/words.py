"""What our bot says in answer to staff; to anybody else it says one sentence, whatever they do."""

from api.domain.chat import Choices
from api.domain.referral import Status
from api.services.accepting import Standing

# It names no service and confirms nothing: whoever is not linked learns nothing from it.
NEUTRAL = (
    "Hello. This chat is only for people who work here. If you do, open your own page, choose "
    "Telegram, and send the code from there. It works once, for 10 minutes."
)
UNLINKED = "This chat is not linked with your account any more. Your e-mails come as before."
NOTHING = "Nothing is waiting for you."
BROKEN = "Something went wrong here. Please try once more in a minute."
NOT_YOURS = "It is not with you any more. There is nothing for you to do."
_COMMANDS = "/digest shows what waits for you now.\n/unlink ends the link with this chat."


def welcome(choices: Choices) -> str:
    """The first words after linking."""
    first = "This chat is linked with your account now. When something comes to you, you read "
    second = "it here: the reference, the practice, and how urgent it is. Never who it is about."
    return f"{first}{second}\n\n{help_text(choices)}"


def help_text(choices: Choices) -> str:
    """What can be done here, and when it is quiet."""
    silence, days = choices.silence, " and on days off" if choices.silence.free_days else ""
    quiet = f"It is quiet here from {silence.start:%H:%M} to {silence.end:%H:%M}{days}."
    if silence.start == silence.end:
        quiet = "It is quiet here on days off." if days else "You hear of things at any hour."
    daily = "On working days you read at {:%H:%M} what waits for you.".format
    lines = [quiet, daily(choices.digest) if choices.digest else ""]
    told = " ".join(filter(None, lines))
    return f"{told} You can change that on your own page.\n\n{_COMMANDS}"


def standing(now: Standing) -> str:
    """Where a referral stands, to whoever has just pressed Accept."""
    if now.status is Status.WITHDRAWN:
        return "They no longer want this. Please do not contact them about it."
    if now.status is Status.CLOSED:
        return "It is closed. There is nothing for you to do."
    if now.now:
        return "You have accepted it. Please open it, and read first how it is safe to call."
    if now.yours:
        return "You have accepted it already."
    if now.holder:
        return f"It is with {now.holder}. There is nothing for you to do."
    return "Nobody has it at the moment. Please open it to see what is to be done."
