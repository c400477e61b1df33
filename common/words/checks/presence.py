"""Every plural form has a text, and there are as many as the language has."""

from collections.abc import Iterator

from common.words.case import Case
from common.words.plurals import PLURAL_FORMS, numbers_of_forms
from common.words.problem import Problem


def check(case: Case) -> Iterator[Problem]:
    """Codes `empty` and `plural_forms`, both must."""
    texts = case.translated.texts
    if not case.texts:
        yield Problem("empty", must=True, says="There are no words here yet. Write them.")
    elif len(case.texts) < len(texts):
        yield Problem(
            "empty",
            must=True,
            says="One of the forms is empty. Write each of them.",
        )
    wanted = _wanted(case)
    if wanted and len(texts) != wanted:
        says = f"This language needs {wanted} forms here, and there are {len(texts)}."
        yield Problem("plural_forms", must=True, says=says)


def _wanted(case: Case) -> int:
    if not case.translated.plural_id:
        return 1
    header = PLURAL_FORMS.get(case.language)
    return len(numbers_of_forms(header)) if header else 0
