"""The catalogues hold exactly what the code says, in every language, with nothing lost in it."""

import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from common.contract.languages import SOURCE_LANGUAGE

ROOT = Path(__file__).parents[2]
KEYWORDS = {"words": ((1, "c"), 2), "counted": ((1, "c"), 2, 3)}
CATALOGUES = sorted((ROOT / "locales").glob("*/LC_MESSAGES/messages.po"))
MACHINE_DRAFTED = "Machine-drafted, not yet reviewed by a native speaker."

MOST_COPIED = 0.05
"""Names and the like may read the same; a language that mostly does is not translated."""

_COUNT = "%(count)s"

Key = tuple[str | None, object]


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _messages(path: Path) -> dict[Key, Message]:
    return {(one.context, one.id): one for one in _read(path) if one.id}


def _texts(message: Message) -> tuple[str, ...]:
    texts = message.string
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def _in_the_code() -> set[Key]:
    found = extract_from_dir(ROOT / "bot", keywords=KEYWORDS)
    return {(context, message) for _, _, message, _, context in found}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_has_every_message_of_the_code_and_no_other(path: Path) -> None:
    assert set(_messages(path)) == _in_the_code(), "run make messages, and write the new words"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_nothing_is_untranslated_or_guessed(path: Path) -> None:
    for key, message in _messages(path).items():
        assert all(_texts(message)), key
        assert not message.fuzzy, key


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_placeholders_and_markup_are_those_of_the_english(path: Path) -> None:
    english = _messages(ROOT / "locales" / SOURCE_LANGUAGE / "LC_MESSAGES" / "messages.po")
    for key, message in _messages(path).items():
        marks = {tuple(_marks(text)) for text in _texts(english[key])}
        said = map(_marks, _texts(message))
        if message.pluralizable:
            said = map(_with_count, said, _numbers_of_forms(path))
        assert {tuple(one) for one in said} == marks, key


def _numbers_of_forms(path: Path) -> tuple[int, ...]:
    """Per plural form: how many of the first thousand numbers take it."""
    catalogue = _read(path)
    numbers = Counter(map(c2py(catalogue.plural_expr), range(1000)))
    return tuple(numbers[form] for form in range(catalogue.num_plurals))


def _with_count(marks: list[str], numbers: int) -> list[str]:
    """A form that only one number takes, as Arabic's for one and two, may say it in words."""
    return sorted([*marks, _COUNT]) if numbers == 1 and _COUNT not in marks else marks


def _marks(text: str) -> list[str]:
    assert "%" not in re.sub(r"%\([a-z_]+\)s|%%", "", text), "only %(name)s may be filled in"
    return sorted(re.findall(r"%\([a-z_]+\)s|</?[a-z]+|(?<!\w)/[a-z]+\b", text))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_language_says_who_has_reviewed_it_or_that_nobody_has(path: Path) -> None:
    said = _read(path).header_comment
    reviewed = re.search(r"^# Reviewed by .+, .*[0-9]{4}", said, re.MULTILINE)
    if path.parts[-3] == SOURCE_LANGUAGE:
        assert MACHINE_DRAFTED not in said
    else:
        assert bool(reviewed) != (MACHINE_DRAFTED in said)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_is_in_the_language_of_its_folder(path: Path) -> None:
    catalogue = _read(path)
    assert str(catalogue.locale) == path.parts[-3]
    if path.parts[-3] == SOURCE_LANGUAGE:
        return
    english = _messages(ROOT / "locales" / SOURCE_LANGUAGE / "LC_MESSAGES" / "messages.po")
    copied = [key for key, one in _messages(path).items() if _texts(one) == _texts(english[key])]
    assert len(copied) <= MOST_COPIED * len(english), copied


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_text_in_quotation_marks_is_a_button_that_is_there(path: Path) -> None:
    messages = _messages(path)
    labels = {text for message in messages.values() for text in _texts(message)}
    for key, message in messages.items():
        for text in _texts(message):
            for quoted in re.findall(r"“([^”]+)”", text):
                assert quoted in labels or key[0] == "not_eligible", (key, quoted)


def test_make_messages_keeps_every_word_and_header(tmp_path: Path) -> None:
    """It is run by whoever adds a question: what is up to date must stay as it is, to the byte."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\nmessages:")[1]
    lines = recipe.split("\n\n")[0].replace("\\\n", " ").replace("$(BIN)", "BIN").splitlines()[1:]
    for name in ("bot", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for line in lines:
        command = line.strip("\t@").replace("BIN", str(Path(sys.executable).parent))
        subprocess.run(shlex.split(command), cwd=tmp_path, check=True)
    assert len(lines) == 3
    for path in CATALOGUES:
        after = (tmp_path / path.relative_to(ROOT)).read_text(encoding="utf-8")
        assert after == path.read_text(encoding="utf-8"), path.parts[-3]
