"""The checks of all words that come with Doorway: for `make check` and the command line."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.persistence.shipped_words import shipped
from api.services.wordbook import as_message
from common.contract.languages import SOURCE_LANGUAGE
from common.words.checking import Problem, problems


@dataclass(frozen=True, slots=True)
class Found:
    """A problem, with the message that has it and the file that is in."""

    file: str
    message: str
    problem: Problem


def shipped_problems(*languages: str) -> Iterator[Found]:
    """What is to be mended in the shipped words of these languages, or of all.

    Raises:
        LookupError: there are no words in one of them.
    """
    book = shipped()
    for language in languages or book.languages:
        if language not in book.texts:
            raise LookupError(language)
        messages = {
            name: as_message(name, book.plural_ids.get(name, ""), texts)
            for name, texts in book.texts[language].items()
        }
        siblings, terms = tuple(messages.values()), book.terms.get(language, ())
        for name, message in messages.items():
            source = as_message(name, message.plural_id, book.texts[SOURCE_LANGUAGE][name])
            for problem in problems(language, source, message, siblings=siblings, terms=terms):
                yield Found(
                    f"locales/{language}/LC_MESSAGES/messages.po",
                    f"{name.step}/{name.id}",
                    problem,
                )
