"""A text for the GP record, to be copied by hand, with codes that are only ever suggested.

The codes stand in `codes.csv`, to be edited there; those not marked as verified are not shown.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.services.casework import Case
from api.staff.labels import label, language_name
from api.staff.pieces import day
from common.contract.choices import Concern, HelperRelation, HomeCode, WhoFor
from common.contract.referral import CallbackRequest, ReferralSubmission

# What a home is unsafe for is not copied: a record can be read by who lives with them.
KEPT_OUT = frozenset({Concern.SAFETY_HOME})
_CODES = Path(__file__).with_name("codes.csv")
DECIDES = "Suggested SNOMED CT codes. The prescriber decides: add only what is true."


@dataclass(frozen=True, slots=True)
class Code:
    """A code of SNOMED CT; `only_if` completes "only if …"."""

    code: str
    term: str
    only_if: str

    @property
    def line(self) -> str:
        """As it is shown."""
        condition = f" (only if {self.only_if})" if self.only_if else ""
        return f"- {self.code} {self.term}{condition}"


@dataclass(frozen=True, slots=True)
class RecordText:
    """The text to copy; `kept_out` when something of theirs is on purpose not in it."""

    text: str
    lines: int
    kept_out: bool


def record_text(case: Case) -> RecordText | None:
    """What a prescriber may paste; nothing for who only asked to be called."""
    told = case.told
    if isinstance(told, CallbackRequest):
        return None
    written = [*_facts(told, case), "", DECIDES, *(code.line for code in suggested(told))]
    kept_out = bool(KEPT_OUT & set(told.concerns))
    return RecordText("\n".join(written), len(written), kept_out)


def suggested(told: ReferralSubmission) -> Sequence[Code]:
    """Codes to think about, in the order of the answers; the last two are for after the call."""
    needs = [
        *(["self"] if told.who_for is WhoFor.ME else []),
        *(["carer"] if told.helper and told.helper.relation is HelperRelation.CARER else []),
        *([told.home_code.value] if told.home_code is HomeCode.NO_FIXED_ADDRESS else []),
        *(one.value for one in told.concerns if one not in KEPT_OUT),
        *("accepted", "declined"),
    ]
    known = codes()
    return [known[one] for one in needs if one in known]


@cache
def codes() -> Mapping[str, Code]:
    """The verified codes, by the need that each is for."""
    with _CODES.open(encoding="utf-8", newline="") as file:
        return {
            row["need"]: Code(row["code"], row["term"], row["only_if"])
            for row in csv.DictReader(file)
            if row["verified"] == "yes"
        }


def _facts(told: ReferralSubmission, case: Case) -> Iterator[str]:
    found = case.referral
    yield f"Social prescribing: referral {found.reference}, received {day(found.received_at)}"
    concerns = [label(one) for one in told.concerns if one not in KEPT_OUT]
    if concerns:
        yield f"Would like help with: {'; '.join(concerns)}"
    yield f"Language: {language_name(told.call_language or told.language)}"
    if told.interpreter is not None:
        yield f"Interpreter: {'wanted' if told.interpreter else 'not wanted'}"
    if told.access_needs:
        yield f"Needs: {'; '.join(label(one) for one in told.access_needs)}"
