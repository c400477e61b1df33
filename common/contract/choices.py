"""The stable codes behind every button and field; their words live in the catalogues."""

from enum import StrEnum


class WhoFor(StrEnum):
    """For whom the referral is made."""

    ME = "me"
    CHILD = "child"
    OTHER = "other"


class HelperRelation(StrEnum):
    """What someone who refers another person is to them."""

    PARENT = "parent"
    FAMILY = "family"
    CARER = "carer"
    FRIEND = "friend"
    PROFESSIONAL = "professional"


class SafeNow(StrEnum):
    """The answer to whether anyone is in danger now."""

    SAFE = "safe"
    HELP_NOW = "help_now"
    RATHER_NOT_SAY = "rather_not_say"


class HomeCode(StrEnum):
    """What stands in place of a home postcode."""

    NO_FIXED_ADDRESS = "no_fixed_address"
    UNKNOWN = "unknown"


class PracticeCode(StrEnum):
    """What stands in place of a practice's ODS code."""

    NONE_OF_THESE = "none_of_these"
    UNKNOWN = "unknown"
    ELSEWHERE = "elsewhere"
    NOT_REGISTERED = "not_registered"


class Residence(StrEnum):
    """The answer of someone whose postcode lies outside, to whether they live there now."""

    MOVED = "moved"
    LIVES_THERE = "lives_there"


class Concern(StrEnum):
    """What someone would like help with."""

    ACTIVITY = "activity"
    LONELINESS = "loneliness"
    MONEY = "money"
    HOUSING = "housing"
    WORK = "work"
    LEARNING = "learning"
    FOOD_ENERGY = "food_energy"
    WELLBEING = "wellbeing"
    CARER = "carer"
    FAMILY = "family"
    IMMIGRATION_LEGAL = "immigration_legal"
    BEREAVEMENT = "bereavement"
    DISABILITY = "disability"
    SAFETY_HOME = "safety_home"
    DIGITAL = "digital"
    TRANSPORT = "transport"
    OTHER = "other"


class OtherContact(StrEnum):
    """How to reach someone who has no phone of their own."""

    EMAIL = "email"
    LETTER = "letter"
    CALLBACK_NUMBER = "callback_number"


class SafeCall(StrEnum):
    """Whether it is safe to ring; careful means: do not say who is calling."""

    YES = "yes"
    CAREFUL = "careful"
    NO = "no"


class YesNo(StrEnum):
    """A plain yes or no."""

    YES = "yes"
    NO = "no"


class WhoAnswers(StrEnum):
    """Whether somebody else may answer the phone."""

    ONLY_ME = "only_me"
    OTHERS_OK = "others_ok"


class BestTime(StrEnum):
    """When to ring."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class WorkerGender(StrEnum):
    """With whom the person would rather talk."""

    WOMAN = "woman"
    MAN = "man"
    ANY = "any"


class AccessNeed(StrEnum):
    """What makes the service usable (Accessible Information Standard, DCB1605)."""

    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"
    BRAILLE = "braille"
    BSL = "bsl"
    TEXT_RELAY = "text_relay"
    HEARING = "hearing"
    MOBILITY = "mobility"


class Channel(StrEnum):
    """Through which door a conversation came."""

    TELEGRAM = "telegram"
    WEBCHAT = "webchat"
    CONSOLE = "console"


class Flag(StrEnum):
    """What makes a referral come first in the queue; it decides nothing and is never cleared."""

    HELP_NOW = "help_now"
    RATHER_NOT_SAY = "rather_not_say"
    URGENT_WORDS = "urgent_words"
    CHECK_WORDS = "check_words"
    URGENT_PRESSED = "urgent_pressed"
    SAFETY_HOME = "safety_home"
    UNDER_18 = "under_18"


class Gender(StrEnum):
    """Person stated gender (NHS Data Dictionary)."""

    MALE = "1"
    FEMALE = "2"
    NON_BINARY = "3"
    OTHER = "4"
    NOT_KNOWN = "X"
    NOT_STATED = "Z"


class EthnicCategory(StrEnum):
    """Ethnic category 16+1 (NHS Data Dictionary); Z declined, 99 not asked."""

    WHITE_BRITISH = "A"
    WHITE_IRISH = "B"
    WHITE_OTHER = "C"
    MIXED_WHITE_BLACK_CARIBBEAN = "D"
    MIXED_WHITE_BLACK_AFRICAN = "E"
    MIXED_WHITE_ASIAN = "F"
    MIXED_OTHER = "G"
    INDIAN = "H"
    PAKISTANI = "J"
    BANGLADESHI = "K"
    ASIAN_OTHER = "L"
    CARIBBEAN = "M"
    AFRICAN = "N"
    BLACK_OTHER = "P"
    CHINESE = "R"
    OTHER = "S"
    NOT_STATED = "Z"
    NOT_KNOWN = "99"
