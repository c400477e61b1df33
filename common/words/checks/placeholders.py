"""What is put in while people talk, such as `%(phone)s`, stands in every form."""

import re
from collections import Counter
from collections.abc import Iterator

from common.words.case import Case
from common.words.plurals import PLURAL_FORMS, numbers_of_forms
from common.words.problem import Problem

PLACEHOLDER = re.compile(r"%\([a-z_]+\)s")
_FILLED_IN = re.compile(r"%\([a-z_]+\)s|%%")
_COUNT = "%(count)s"


def check(case: Case) -> Iterator[Problem]:
    """Codes `placeholder_missing`, `placeholder_extra` and `percent`, all must."""
    wanted = Counter(PLACEHOLDER.findall(case.source))
    for form, text in enumerate(case.translated.texts):
        if not text.strip():
            continue
        found = Counter(PLACEHOLDER.findall(text))
        may_lack = Counter({_COUNT: 1}) if _one_number_takes(case, form) else Counter()
        yield from map(_missing, wanted - found - may_lack)
        yield from map(_extra, found - wanted)
        if "%" in _FILLED_IN.sub("", text):
            says = "A % stands alone. Write %% for a per cent sign, or %(name)s for what is put in."
            yield Problem("percent", must=True, says=says)


def _missing(placeholder: str) -> Problem:
    says = f"The English has {placeholder}. Put it in yours too, exactly as it is written."
    return Problem("placeholder_missing", must=True, says=says)


def _extra(placeholder: str) -> Problem:
    says = f"Yours has {placeholder} more often than the English. Take it out: nothing fills it in."
    return Problem("placeholder_extra", must=True, says=says)


def _one_number_takes(case: Case, form: int) -> bool:
    """A form that only one number takes, as Arabic's for one and two, may say it in words."""
    header = PLURAL_FORMS.get(case.language)
    if not case.translated.plural_id or not header:
        return False
    numbers = numbers_of_forms(header)
    return form < len(numbers) and numbers[form] == 1
