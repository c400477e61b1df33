"""What each message is used as: a button, a command's description, a notice, a list, or a text."""

from collections.abc import Mapping
from enum import StrEnum

from common.contract.publication import Message


class Use(StrEnum):
    """How a message reaches people, which limits how long it may be."""

    TEXT = "text"
    BUTTON = "button"
    COMMAND = "command"
    NOTICE = "notice"
    LIST = "list"


Named = Mapping[str, frozenset[str]]


def _named(ids_of_steps: Mapping[str, str]) -> Named:
    return {step: frozenset(ids.split()) for step, ids in ids_of_steps.items()}


# Held against the dialogue's own code by tests/common/words/test_uses.py.
BUTTONS = _named(
    {
        "about_ethnicity": "african asian_other bangladeshi black_other caribbean chinese indian "
        "mixed_other mixed_white_asian mixed_white_black_african mixed_white_black_caribbean "
        "not_stated other pakistani white_british white_irish white_other",
        "about_gender": "female male non_binary not_stated other",
        "access_needs": "braille bsl easy_read hearing large_print mobility none text_relay",
        "after_help": "call_me go_on",
        "best_time": "afternoon any evening morning",
        "call_language": "other same",
        "callme_language": "other",
        "callme_safe": "careful no yes",
        "concerns": "activity bereavement carer digital disability family food_energy housing "
        "immigration_legal learning loneliness money other safety_home transport wellbeing work",
        "do": "back callme language skip urgent",
        "general": "done",
        "helper_relation": "carer family friend parent professional",
        "interpreter": "no yes",
        "language": "other",
        "not_eligible": "call_me postcode practice",
        "other_contact": "callback_number email letter",
        "phone": "no_phone share",
        "postcode": "no_fixed_address unknown",
        "practice": "elsewhere none_of_these not_registered unknown",
        "residence": "lives_there moved",
        "resume": "again go_on",
        "review": "change send",
        "safe_call": "careful no yes",
        "safe_now": "help_now rather_not_say safe",
        "safe_text": "no yes",
        "safe_voicemail": "no yes",
        "send_now": "more send",
        "sent": "about_you feedback new new_phone status withdraw",
        "welcome": "no privacy yes",
        "who_answers": "only_me others_ok",
        "who_for": "child me other",
        "withdraw": "no yes",
        "worker_gender": "any man woman",
    }
)
"""The buttons under a message, by step; an answer's `label` is one too, of the step `change`."""

LABEL = "label"
"""The id under which each question has a name for its answer: a button where answers change."""

PAGE_BUTTONS = _named({"webchat": "delete_yes leave print send"})
"""Buttons of the web chat's own page, where there is room for more."""

COMMANDS = _named({"commands": "back callme delete help language privacy start status stop urgent"})
"""What each command does, as Telegram's menu shows it."""

NOTICES = _named({"general": "old_button", "status": "one_moment"})
"""Short notices that appear for a moment when a button was pressed."""

EVERYWHERE = "do"
"""The step whose buttons stand under every message."""

LISTS = "_spellings"
"""How the id ends of what lists the ways to write something, parted by |."""

TWO_TO_A_ROW = frozenset(
    {
        "access_needs",
        "best_time",
        "call_language",
        "callme_language",
        "concerns",
        "do",
        "interpreter",
        "language",
        "safe_text",
        "safe_voicemail",
    }
)
"""Steps whose buttons stand two in a row, each with half of the width."""


def use_of(message: Message) -> Use:
    """What this message is used as."""
    step, name = message.step, message.id
    if name.endswith(LISTS):
        return Use.LIST
    if name == LABEL or name in BUTTONS.get(step, ()):
        return Use.BUTTON
    if name in COMMANDS.get(step, ()):
        return Use.COMMAND
    return Use.NOTICE if name in NOTICES.get(step, ()) else Use.TEXT


def is_pressed(message: Message) -> bool:
    """Whether people can press this message: a button of the chat or of its page."""
    return use_of(message) is Use.BUTTON or message.id in PAGE_BUTTONS.get(message.step, ())
