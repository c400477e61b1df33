"""Plain English for every code that staff may see; a test holds that none is missing."""

from collections.abc import Mapping
from enum import StrEnum

from api.domain import contact
from api.domain.assignment import AssignedBecause
from api.domain.referral import CloseReason, Kind, Status
from common.contract import choices as c
from common.contract.eligibility import Outcome, Reason
from common.contract.languages import BY_CODE, OTHER_LANGUAGE

# One mapping for each kind: codes of different kinds may be spelt alike.
LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    c.WhoFor: {
        c.WhoFor.ME: "Themselves",
        c.WhoFor.CHILD: "Their child",
        c.WhoFor.OTHER: "Somebody else, with their permission",
    },
    c.HelperRelation: {
        c.HelperRelation.PARENT: "Parent",
        c.HelperRelation.FAMILY: "Family member",
        c.HelperRelation.CARER: "Carer",
        c.HelperRelation.FRIEND: "Friend",
        c.HelperRelation.PROFESSIONAL: "Professional",
    },
    c.SafeNow: {
        c.SafeNow.SAFE: "Said they are safe now",
        c.SafeNow.HELP_NOW: "Said they need help now",
        c.SafeNow.RATHER_NOT_SAY: "Would rather not say whether they are safe",
    },
    c.HomeCode: {
        c.HomeCode.NO_FIXED_ADDRESS: "No fixed address",
        c.HomeCode.UNKNOWN: "Does not know their postcode",
    },
    c.PracticeCode: {
        c.PracticeCode.NONE_OF_THESE: "Not in our list of practices",
        c.PracticeCode.UNKNOWN: "Does not know their practice",
        c.PracticeCode.ELSEWHERE: "Practice outside the borough",
        c.PracticeCode.NOT_REGISTERED: "Not registered with a GP",
    },
    c.Residence: {
        c.Residence.MOVED: "Has moved since",
        c.Residence.LIVES_THERE: "Lives there now",
    },
    c.Gender: {
        c.Gender.MALE: "Male",
        c.Gender.FEMALE: "Female",
        c.Gender.NON_BINARY: "Non-binary",
        c.Gender.OTHER: "Other",
        c.Gender.NOT_KNOWN: "Not known",
        c.Gender.NOT_STATED: "Would rather not say",
    },
    c.EthnicCategory: {
        c.EthnicCategory.WHITE_BRITISH: "White: British",
        c.EthnicCategory.WHITE_IRISH: "White: Irish",
        c.EthnicCategory.WHITE_OTHER: "White: any other background",
        c.EthnicCategory.MIXED_WHITE_BLACK_CARIBBEAN: "Mixed: White and Black Caribbean",
        c.EthnicCategory.MIXED_WHITE_BLACK_AFRICAN: "Mixed: White and Black African",
        c.EthnicCategory.MIXED_WHITE_ASIAN: "Mixed: White and Asian",
        c.EthnicCategory.MIXED_OTHER: "Mixed: any other background",
        c.EthnicCategory.INDIAN: "Asian or Asian British: Indian",
        c.EthnicCategory.PAKISTANI: "Asian or Asian British: Pakistani",
        c.EthnicCategory.BANGLADESHI: "Asian or Asian British: Bangladeshi",
        c.EthnicCategory.ASIAN_OTHER: "Asian or Asian British: any other background",
        c.EthnicCategory.CARIBBEAN: "Black or Black British: Caribbean",
        c.EthnicCategory.AFRICAN: "Black or Black British: African",
        c.EthnicCategory.BLACK_OTHER: "Black or Black British: any other background",
        c.EthnicCategory.CHINESE: "Chinese",
        c.EthnicCategory.OTHER: "Any other ethnic group",
        c.EthnicCategory.NOT_STATED: "Would rather not say",
        c.EthnicCategory.NOT_KNOWN: "Not asked",
    },
    c.Concern: {
        c.Concern.ACTIVITY: "Being more active, or weight",
        c.Concern.LONELINESS: "Loneliness",
        c.Concern.MONEY: "Money, debt, benefits or bills",
        c.Concern.HOUSING: "Housing",
        c.Concern.WORK: "Work",
        c.Concern.LEARNING: "Learning",
        c.Concern.FOOD_ENERGY: "Food or energy",
        c.Concern.WELLBEING: "Low mood or stress",
        c.Concern.CARER: "Looking after somebody",
        c.Concern.FAMILY: "Family or parenting",
        c.Concern.IMMIGRATION_LEGAL: "Immigration or legal",
        c.Concern.BEREAVEMENT: "Bereavement",
        c.Concern.DISABILITY: "Living with a long-term condition or disability",
        c.Concern.SAFETY_HOME: "Safety at home, or abuse",
        c.Concern.DIGITAL: "Getting online",
        c.Concern.TRANSPORT: "Getting about",
        c.Concern.OTHER: "Something else",
    },
    c.AccessNeed: {
        c.AccessNeed.LARGE_PRINT: "Large print",
        c.AccessNeed.EASY_READ: "Easy Read",
        c.AccessNeed.BRAILLE: "Braille",
        c.AccessNeed.BSL: "British Sign Language",
        c.AccessNeed.TEXT_RELAY: "Text relay",
        c.AccessNeed.HEARING: "Hearing loop or other help with hearing",
        c.AccessNeed.MOBILITY: "Step-free access or other help with moving",
    },
    c.OtherContact: {
        c.OtherContact.EMAIL: "E-mail",
        c.OtherContact.LETTER: "Letter",
        c.OtherContact.CALLBACK_NUMBER: "The number of somebody else",
    },
    c.SafeCall: {
        c.SafeCall.YES: "It is safe to ring.",
        c.SafeCall.CAREFUL: "Ring with care.",
        c.SafeCall.NO: "It is NOT safe to ring this number.",
    },
    c.YesNo: {
        c.YesNo.YES: "Yes",
        c.YesNo.NO: "No",
    },
    c.WhoAnswers: {
        c.WhoAnswers.ONLY_ME: "Speak only to them, and tell nobody else why you ring.",
        c.WhoAnswers.OTHERS_OK: "Somebody else may answer the phone.",
    },
    c.BestTime: {
        c.BestTime.ANY: "Any time of day is fine.",
        c.BestTime.MORNING: "Best time: morning.",
        c.BestTime.AFTERNOON: "Best time: afternoon.",
        c.BestTime.EVENING: "Best time: evening.",
    },
    c.WorkerGender: {
        c.WorkerGender.WOMAN: "A woman, please",
        c.WorkerGender.MAN: "A man, please",
        c.WorkerGender.ANY: "Does not mind",
    },
    c.Channel: {
        c.Channel.TELEGRAM: "Telegram",
        c.Channel.WEBCHAT: "Web chat",
        c.Channel.CONSOLE: "Console (a trial)",
    },
    c.Flag: {
        c.Flag.HELP_NOW: "They said they are in danger now, or thinking of ending their life.",
        c.Flag.RATHER_NOT_SAY: "They would rather not say whether they are safe.",
        c.Flag.URGENT_WORDS: "Something they wrote may be about danger: read their own words.",
        c.Flag.CHECK_WORDS: "Something they wrote may need care: read their own words.",
        c.Flag.URGENT_PRESSED: "They pressed the button for urgent help.",
        c.Flag.SAFETY_HOME: "They asked for help with safety at home.",
        c.Flag.UNDER_18: "They are under 18 and asked for themselves. Do not tell a parent.",
    },
    Outcome: {
        Outcome.ELIGIBLE: "Eligible, as far as we can tell",
        Outcome.CHECK: "Please check with them",
        Outcome.ASK_MOVED: "Please ask whether they have moved",
        Outcome.NOT_ELIGIBLE: "Not eligible, as far as we can tell",
    },
    Reason: {
        Reason.LIVES_IN_BOROUGH: "The postcode is in the borough.",
        Reason.PRACTICE_IN_BOROUGH: "The practice is in the borough.",
        Reason.NO_FIXED_ADDRESS: "They have no fixed address.",
        Reason.POSTCODE_UNKNOWN: "They did not know or give their postcode.",
        Reason.POSTCODE_NO_DISTRICT: "The postcode file does not say where their postcode is.",
        Reason.POSTCODE_NOT_LISTED: "Their postcode is not in the postcode file. It may be new.",
        Reason.HAS_MOVED: "Their postcode is outside the borough, but they say they have moved.",
        Reason.LIVES_OUTSIDE: "Their postcode is outside the borough.",
        Reason.PRACTICE_UNKNOWN: "They did not know or give their practice.",
        Reason.PRACTICE_NOT_FOUND: "They did not find their practice in our list.",
        Reason.PRACTICE_CLOSED: "The practice they gave has closed.",
        Reason.PRACTICE_ELSEWHERE: "Their practice is outside the borough.",
        Reason.NOT_REGISTERED: "They are not registered with a GP.",
    },
    Kind: {
        Kind.REFERRAL: "Referral",
        Kind.CALLBACK: "Asked to be called",
    },
    Status: {
        Status.RECEIVED: "Received",
        Status.ASSIGNED: "Assigned",
        Status.ACCEPTED: "Accepted",
        Status.CONTACTING: "Trying to make contact",
        Status.IN_CONTACT: "In contact",
        Status.CLOSED: "Closed",
        Status.WITHDRAWN: "Withdrawn",
    },
    CloseReason: {
        CloseReason.ATTENDED: "They attended",
        CloseReason.DECLINED: "They decided against it",
        CloseReason.NOT_REACHED: "Could not be reached",
        CloseReason.MOVED: "They moved out of the borough",
        CloseReason.NOT_ELIGIBLE: "Not eligible",
        CloseReason.WITHDRAWN: "They told us that they no longer want it",
        CloseReason.PASSED_TO_CONNECT: "Passed to Tower Hamlets Connect",
        CloseReason.DUPLICATE: "Same as another referral",
    },
    contact.Outcome: {
        contact.Outcome.REACHED: "Reached them",
        contact.Outcome.NO_ANSWER: "No answer",
        contact.Outcome.WRONG_NUMBER: "Wrong number",
        contact.Outcome.VOICEMAIL_LEFT: "Left a voicemail",
        contact.Outcome.TEXT_SENT: "Sent a text message",
        contact.Outcome.EMAIL_SENT: "Sent an e-mail",
        contact.Outcome.LETTER_SENT: "Sent a letter",
    },
    AssignedBecause: {
        AssignedBecause.PRACTICE_PRESCRIBER: "prescriber of the practice",
        AssignedBecause.NAMED_COVER: "covering for a colleague",
        AssignedBecause.SAME_PCN: "same network; the practice's prescriber is away or full",
        AssignedBecause.NO_PRACTICE: "the practice is not known",
        AssignedBecause.PRACTICE_NOT_OPEN: "the practice is not open",
        AssignedBecause.NOBODY_FREE: "nobody at the practice or in its network is free",
        AssignedBecause.HANDED_OVER: "handed over by a colleague",
        AssignedBecause.HANDED_BACK: "handed back to the coordinators",
        AssignedBecause.TAKEN_ON: "they took it on themselves",
        AssignedBecause.REOPENED: "it was opened again",
    },
}


def label(code: StrEnum) -> str:
    """What staff read for a code. Raises KeyError for one without words."""
    return LABELS[type(code)][code]


def language_name(code: str) -> str:
    """A language's English name, with its own where it has one."""
    if code == OTHER_LANGUAGE:
        return "Another language: please ask"
    known = BY_CODE.get(code)
    if known is None:
        return code
    same = known.own_name == known.english_name
    return known.english_name if same else f"{known.english_name} ({known.own_name})"
