"""The catalogues hold exactly what the code says, in every language, with nothing lost in it."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from api.services.wordchecks import shipped_problems
from common.contract.languages import SOURCE_LANGUAGE
from common.words.plurals import PLURAL_FORMS

ROOT = Path(__file__).parents[2]
KEYWORDS = {"words": ((1, "c"), 2), "counted": ((1, "c"), 2, 3)}
CATALOGUES = sorted((ROOT / "locales").glob("*/LC_MESSAGES/messages.po"))
MACHINE_DRAFTED = "Machine-drafted, not yet reviewed by a native speaker."

MOST_COPIED = 0.05
"""Names and the like may read the same; a language that mostly does is not translated."""

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
def test_every_text_passes_the_checks_that_must_be_passed(path: Path) -> None:
    found = [
        f"{one.file}: {one.message}: {one.problem.says}"
        for one in shipped_problems(path.parts[-3])
        if one.problem.must
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_checks_know_how_a_language_counts(path: Path) -> None:
    assert str(_read(path).plural_forms) == PLURAL_FORMS[path.parts[-3]]


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
