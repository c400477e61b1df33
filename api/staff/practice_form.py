"""The form of a practice: what was typed, and what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from common.contract.directory import Practice
from common.contract.identifiers import PhoneNumber, Postcode, UnreadableError

FIELDS = ("ods_code", "name", "street", "postcode", "phone", "pcn_code", "also_known_as")
_CODE = re.compile(r"[A-Z][A-Z0-9]{4,7}")
LONGEST = 200  # characters of a name or a street
MOST_NAMES = 30


@dataclass
class PracticeForm:
    """A filled-in form; `practice` is there when nothing is wrong with it."""

    typed: Mapping[str, str]
    problems: dict[str, str] = field(default_factory=dict)
    practice: Practice | None = None


def filled(practice: Practice | None = None) -> PracticeForm:
    """The form as it is first shown."""
    if practice is None:
        return PracticeForm(dict.fromkeys(FIELDS, ""))
    typed = {name: str(getattr(practice, name)) for name in FIELDS[:-1]}
    return PracticeForm({**typed, "also_known_as": "\n".join(practice.also_known_as)})


def read(
    fields: Mapping[str, str], networks: Mapping[str, str], ods_code: str = ""
) -> PracticeForm:
    """What was typed; the code is given when it cannot be changed any more."""
    typed = {name: fields.get(name, "").strip() for name in FIELDS}
    typed["ods_code"] = ods_code or typed["ods_code"].upper()
    form = PracticeForm(typed)
    postcode, phone = _postcode(form), _phone(form)
    names = tuple(dict.fromkeys(filter(None, map(str.strip, typed["also_known_as"].splitlines()))))
    _check(form, names, networks)
    if not form.problems:
        form.practice = Practice(
            ods_code=typed["ods_code"],
            name=typed["name"],
            street=typed["street"],
            postcode=postcode,
            phone=phone,
            pcn_code=typed["pcn_code"],
            pcn_name=networks.get(typed["pcn_code"], ""),
            also_known_as=names,
        )
    return form


def _check(form: PracticeForm, names: tuple[str, ...], networks: Mapping[str, str]) -> None:
    typed, problems = form.typed, form.problems
    if not _CODE.fullmatch(typed["ods_code"]):
        problems["ods_code"] = "Give the code of the practice, like F84012"
    for name, words in (("name", "Give the name of the practice"), ("street", "Give the street")):
        if not 0 < len(typed[name]) <= LONGEST:
            problems[name] = words
    if typed["pcn_code"] and typed["pcn_code"] not in networks:
        problems["pcn_code"] = "Choose a network from the list"
    if len(names) > MOST_NAMES or any(len(one) > LONGEST for one in names):
        problems["also_known_as"] = f"Give at most {MOST_NAMES} names, one on each line"


def _postcode(form: PracticeForm) -> str:
    try:
        return str(Postcode.parse(form.typed["postcode"]))
    except UnreadableError:
        form.problems["postcode"] = "Give the whole postcode, like E1 4DG"
        return ""


def _phone(form: PracticeForm) -> str:
    if not form.typed["phone"]:
        return ""
    try:
        return str(PhoneNumber.parse(form.typed["phone"]))
    except UnreadableError:
        form.problems["phone"] = "Give the whole number, like 020 7456 9820, or leave it empty"
        return ""
