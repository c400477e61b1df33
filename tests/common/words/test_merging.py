"""What becomes of words that come back: each way that a file and the workshop can have gone."""

from dataclasses import dataclass

import pytest

from common.contract.publication import Message
from common.words.formats.units import Unit, mark_of
from common.words.merging import Conflict, Fate, Held, Outcome, merge

ENGLISH = "Ring %(phone)s."
OUT = "%(phone)s নম্বরে ফোন করুন।"  # as it set out
HERE = "%(phone)s নম্বরে কল করুন।"  # as somebody changed it here meanwhile
FILE = "%(phone)s নম্বরে ফোন দিন।"  # as it comes back


@dataclass(frozen=True)
class Way:
    """How it is here, what comes back, and what becomes of it."""

    says: str
    here: tuple[str, ...]
    comes: tuple[str, ...]
    fate: Fate
    conflict: Conflict | None = None
    base: tuple[str, ...] | None = (OUT,)
    english: tuple[str, ...] = (ENGLISH,)
    name: str = "what_this_is"


WAYS = [
    Way("changed in the file alone", (OUT,), (FILE,), Fate.TAKEN),
    Way("changed here alone", (HERE,), (OUT,), Fate.NEWER_HERE),
    Way("changed in both", (HERE,), (FILE,), Fate.CONFLICT, Conflict.BOTH_CHANGED),
    Way("changed to the same in both", (HERE,), (HERE,), Fate.SAME),
    Way("changed nowhere", (OUT,), (OUT,), Fate.SAME),
    Way("missing here", (), (FILE,), Fate.TAKEN, base=None),
    Way("empty here", ("",), (FILE,), Fate.TAKEN, base=("",)),
    Way("left empty in the file", (OUT,), (" ",), Fate.EMPTY),
    Way("a file without marks", (OUT,), (FILE,), Fate.CONFLICT, Conflict.NO_MARK, base=None),
    Way(
        "the English has changed",
        (OUT,),
        (FILE,),
        Fate.CONFLICT,
        Conflict.ENGLISH_CHANGED,
        english=("Call %(phone)s.",),
    ),
    Way("a file that does not say its English", (OUT,), (FILE,), Fate.TAKEN, english=()),
    Way("something must be mended", (OUT,), ("ফোন করুন।",), Fate.REFUSED),
    Way("a hint is no reason to refuse", (OUT,), ("%(phone)s নম্বরে ফোন দিন",), Fate.TAKEN),
    Way("not known here", (OUT,), (FILE,), Fate.UNKNOWN, name="gone_since"),
]


def merged(way: Way) -> Outcome:
    english = Message(step="welcome", id="what_this_is", texts=(ENGLISH,))
    here = Held(english, english.model_copy(update={"texts": way.here}))
    base = "" if way.base is None else mark_of(way.base)
    unit = Unit("welcome", way.name, way.english, way.comes, base, where="line 7")
    (outcome,) = merge("bn", {("welcome", "what_this_is"): here}, [unit])
    return outcome


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.says)
def test_what_becomes_of_it(way: Way) -> None:
    outcome = merged(way)
    assert (outcome.fate, outcome.conflict) == (way.fate, way.conflict)


def test_what_is_refused_says_why() -> None:
    (problem,) = [one for one in merged(WAYS[11]).problems if one.must]
    assert problem.says.startswith("The English has %(phone)s.")


def test_what_would_be_is_known_for_what_is_known_here() -> None:
    assert merged(WAYS[0]).incoming.texts == (FILE,)
    with pytest.raises(ValueError, match="gone_since"):
        _ = merged(WAYS[-1]).incoming


def test_buttons_are_held_against_one_another_as_they_would_be() -> None:
    """Two buttons whose words change places are not alike, before or after."""

    def held(name: str, english: str, text: str) -> Held:
        source = Message(step="welcome", id=name, texts=(english,))
        return Held(source, source.model_copy(update={"texts": (text,)}))

    here = {
        ("welcome", "yes"): held("yes", "Yes", "Maya"),
        ("welcome", "no"): held("no", "No", "Haa"),
    }
    units = [
        Unit("welcome", "yes", ("Yes",), ("Haa",), mark_of(("Maya",))),
        Unit("welcome", "no", ("No",), ("Maya",), mark_of(("Haa",))),
    ]
    assert [one.fate for one in merge("so", here, units)] == [Fate.TAKEN, Fate.TAKEN]
    assert [one.fate for one in merge("so", here, units[:1])] == [Fate.REFUSED]
