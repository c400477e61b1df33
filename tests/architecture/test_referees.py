"""Two referees that know nothing of our checks look at all shipped words: msgfmt and pofilter.

They are given the files that translators are given, in which the English stands beside the words.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from common.words.formats import po
from tests.common.words.conftest import CATALOGUE, LANGUAGES, LOCALES, outgoing

MSGFMT = shutil.which("msgfmt")
POFILTER = Path(sys.executable).with_name("pofilter")

CHOSEN = {
    "blank",
    "compendiumconflicts",
    "credits",
    "doublequoting",
    "doublespacing",
    "endwhitespace",
    "escapes",
    "functions",
    "isfuzzy",
    "newlines",
    "nplurals",
    "options",
    "purepunc",
    "pythonbraceformat",
    "startwhitespace",
    "tabs",
    "untranslated",
    "urls",
    "variables",
    "xmltags",
}
LEFT_OUT = {
    "accelerators": "there are no keys marked in our words",
    "acronyms": "GP and ID are put into words where readers do not know them",
    "brackets": "what a service does is put in brackets after its English name",
    "doublewords": "several languages double a word on purpose",
    "emails": "the name in an example of an address is a word of the language",
    "endpunc": "does not know the danda beside a question mark; ours does",
    "filepaths": "takes our commands and dates for paths",
    "hassuggestion": "a file of ours carries no suggestions",
    "isreview": "states are kept in the workshop, not in the file",
    "kdecomments": "nobody writes them today",
    "long": "a label of one word may need three",
    "musttranslatewords": "wants a list; ours is the list of terms",
    "notranslatewords": "wants a list; ours is the list of terms",
    "numbers": "does not read the digits of other scripts; ours does",
    "printf": "wants the count in the forms that say one and two in words; msgfmt knows those",
    "puncspacing": "takes addresses and French spacing for faults",
    "sentencecount": "a long English sentence is often two short ones elsewhere",
    "short": "Chinese needs a third of the letters",
    "singlequoting": "takes the apostrophes of Italian for quotation marks",
    "simplecaps": "half of our scripts have no capitals",
    "simpleplurals": "asks for a look at every plural",
    "spellcheck": "has no dictionaries for half of our languages",
    "startcaps": "half of our scripts have no capitals",
    "startpunc": "does not know the opening marks of Spanish",
    "unchanged": "names stay; ours knows which",
    "validchars": "wants a list of letters for each language",
}


def refereed(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The translators' file of each language."""
    folder = tmp_path_factory.mktemp("files")
    for language in LANGUAGES:
        (folder / f"{language}.po").write_bytes(po.write(outgoing(language)))
    return folder


def msgfmt(path: Path, *checks: str) -> "subprocess.CompletedProcess[str]":
    assert MSGFMT, "make gettext installs it"
    return refereed(MSGFMT, *checks, "-o", "/dev/null", path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_msgfmt_finds_nothing(files: Path, language: str) -> None:
    for answer in (
        # A translator's own tool writes who they are into the header.
        msgfmt(files / f"{language}.po", "--check-format", "--check-domain"),
        msgfmt(LOCALES / language / CATALOGUE, "--check"),
    ):
        assert (answer.returncode, answer.stderr) == (0, ""), answer.stderr


def test_msgfmt_would_find_a_lost_placeholder(files: Path, tmp_path: Path) -> None:
    text = (files / "so.po").read_text(encoding="utf-8")
    broken = tmp_path / "so.po"
    broken.write_text(_second(text, "%(reference)s", "%(tixraac)s"), encoding="utf-8")
    answer = msgfmt(broken, "--check")
    assert answer.returncode == 1
    assert "reference" in answer.stderr


def _second(text: str, old: str, new: str) -> str:
    """The text with the second of these replaced: the translation's, after the English."""
    head, first, rest = text.partition(old)
    return head + first + rest.replace(old, new, 1)


def pofilter(folder: Path, out: Path) -> str:
    """What it finds, as it writes it."""
    chosen = [f"--test={name}" for name in sorted(CHOSEN)]
    answer = refereed(POFILTER, "--progress=none", *chosen, folder, out)
    assert answer.returncode == 0, answer.stderr
    return "\n".join(path.read_text(encoding="utf-8") for path in out.glob("*.po"))


def test_pofilter_finds_nothing(files: Path, tmp_path: Path) -> None:
    assert pofilter(files, tmp_path / "out") == ""


def test_pofilter_would_find_a_lost_tag(files: Path, tmp_path: Path) -> None:
    broken = tmp_path / "in"
    broken.mkdir()
    text = (files / "bn.po").read_text(encoding="utf-8")
    broken.joinpath("bn.po").write_text(_second(text, "</code>", ""), encoding="utf-8")
    assert "(pofilter) xmltags" in pofilter(broken, tmp_path / "out")


def test_each_filter_is_chosen_or_left_out_for_a_reason() -> None:
    listed = refereed(POFILTER, "--listfilters").stdout.splitlines()
    assert {line.split("\t")[0] for line in listed if "\t" in line} == CHOSEN | LEFT_OUT.keys()
    assert not CHOSEN & LEFT_OUT.keys()
