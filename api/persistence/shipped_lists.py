"""The helplines and the phrases of danger that come with Doorway, from `locales/`."""

import csv
from collections.abc import Iterator

from api.domain.wording import Name
from api.persistence.shipped_words import LOCALES
from common.contract.languages import LANGUAGES
from common.contract.publication import HeardPhrase, Helpline

_SECTIONS = {f"[{tier}]": tier for tier in ("urgent", "check", "harmless")}


def helplines() -> Iterator[Helpline]:
    """Those that are always shown; all others want confirming by somebody first."""
    with (LOCALES / "helplines.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["shown"] == "always":
                yield Helpline(key=row["key"], name=row["name"], contact=row["contact"])


def phrases() -> Iterator[HeardPhrase]:
    """All of them, by language in the order these are offered."""
    for language in LANGUAGES:
        path = LOCALES / language.code / "phrases.txt"
        if not path.exists():
            continue
        tier = ""
        for raw in path.read_text(encoding="utf-8").splitlines():
            line = raw.split("#", 1)[0].strip()
            tier = _SECTIONS.get(line, tier)
            if line and line not in _SECTIONS:
                yield HeardPhrase(language=language.code, tier=tier, text=line)


def named_by(name: Name) -> frozenset[str]:
    """The keys of the helplines whose numbers are put into this message."""
    here = name.step == "help_card" and name.id in _OF_THE_CARD
    return frozenset({name.id}) if here else frozenset()


_OF_THE_CARD = frozenset({"emergency", "crisis", "talk", "domestic_abuse", "child"})
