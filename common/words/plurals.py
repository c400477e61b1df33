"""How each language counts: its plural forms, and which numbers take them."""

from collections import Counter
from functools import cache
from gettext import c2py

_ONE_OR_MORE = "nplurals=2; plural=(n != 1);"
_UP_TO_ONE_OR_MORE = "nplurals=2; plural=(n > 1);"
_ONE_FORM = "nplurals=1; plural=0;"

PLURAL_FORMS = {
    "en": _ONE_OR_MORE,
    "bn": _UP_TO_ONE_OR_MORE,
    "so": _ONE_OR_MORE,
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 && n%100<=99 ? 4 : 5);",
    "ur": _ONE_OR_MORE,
    "zh": _ONE_FORM,
    "it": _ONE_OR_MORE,
    "es": _ONE_OR_MORE,
    "pt": _ONE_OR_MORE,
    "fr": _UP_TO_ONE_OR_MORE,
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "tr": _ONE_FORM,
    "vi": _ONE_FORM,
}
"""gettext's own header of each written language, as its catalogue has it."""

_FAR_ENOUGH = 1000
"""Up to here every form of every language has shown itself."""


@cache
def numbers_of_forms(plural_forms: str) -> tuple[int, ...]:
    """Per plural form of such a header: how many of the first thousand numbers take it.

    Raises:
        ValueError: it is no header of plural forms.
    """
    count, _, expression = plural_forms.partition(";")
    forms = int(count.removeprefix("nplurals="))
    expression = expression.strip().removeprefix("plural=").rstrip("; ")
    numbers = Counter(map(c2py(expression), range(_FAR_ENOUGH)))
    return tuple(numbers[form] for form in range(forms))
