"""All words that are shipped, in every language, pass every check that must be passed."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from common.contract.languages import SOURCE_LANGUAGE
from common.contract.publication import Message
from common.words.checking import problems

LOCALES = Path(__file__).parents[3] / "locales"
LANGUAGES = sorted(path.parts[-3] for path in LOCALES.glob("*/LC_MESSAGES/messages.po"))


def _messages(language: str) -> dict[tuple[str, str], Message]:
    with (LOCALES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file)
    found = {}
    for one in catalogue:
        if one.id:
            step, ids = str(one.context), (one.id,) if isinstance(one.id, str) else tuple(one.id)
            texts = (one.string,) if isinstance(one.string, str) else tuple(one.string or ())
            plural = ids[1] if ids[1:] else ""
            found[step, ids[0]] = Message(step=step, id=ids[0], plural_id=plural, texts=texts)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_words_pass_all_that_must_be_passed(language: str) -> None:
    english, messages = _messages(SOURCE_LANGUAGE), _messages(language)
    found = [
        f"{step}/{id_}: {problem.says}"
        for (step, id_), message in messages.items()
        for problem in problems(
            language, english[step, id_], message, siblings=tuple(messages.values())
        )
        if problem.must
    ]
    assert not found, "\n".join(found)
