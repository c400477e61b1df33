"""The official list of practices beside ours: what is new, closed, renamed or moved in it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from common.contract.directory import Practice


@dataclass(frozen=True, slots=True)
class Official:
    """A GP practice as the official list has it; `open` is whether it works today."""

    ods_code: str
    name: str
    street: str
    postcode: str
    phone: str
    open: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """What the list would change, as the practices would be afterwards.

    `doubtful` is for a person to look at, by ODS code and why: nothing is changed for it.
    """

    added: tuple[Practice, ...] = ()
    closed: tuple[Practice, ...] = ()
    renamed: tuple[Practice, ...] = ()
    moved: tuple[Practice, ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to change."""
        return not (self.added or self.closed or self.renamed or self.moved)


NOT_LISTED = "is not in the list"
OUTSIDE = "is now outside the borough"
OPEN_AGAIN = "is open in the list, and closed here"


def compare(
    known: Iterable[Practice], listed: Iterable[Official], is_inside: Callable[[str], bool]
) -> Difference:
    """Compare ours with the list; `is_inside` says whether a postcode is of the borough."""
    ours, theirs = {one.ods_code: one for one in known}, {one.ods_code: one for one in listed}
    stays = [(one, theirs[code]) for code, one in ours.items() if one.open and code in theirs]
    here = [(mine, other) for mine, other in stays if other.open and is_inside(other.postcode)]
    new = (
        one
        for code, one in theirs.items()
        if code not in ours and one.open and is_inside(one.postcode)
    )
    return Difference(
        added=tuple(map(_as_ours, new)),
        closed=tuple(
            one.model_copy(update={"open": False}) for one, other in stays if not other.open
        ),
        renamed=tuple(
            renamed(one, written(other.name)) for one, other in here if _other_name(one, other)
        ),
        moved=tuple(_moved(one, other) for one, other in here if _elsewhere(one, other)),
        doubtful=tuple(_doubtful(ours, theirs, is_inside)),
    )


def renamed(practice: Practice, name: str) -> Practice:
    """The practice under another name; people go on finding it by the one it had."""
    names = dict.fromkeys((*practice.also_known_as, practice.name))
    others = tuple(one for one in names if _key(one) != _key(name))
    return practice.model_copy(update={"name": name, "also_known_as": others})


def written(name: str) -> str:
    """A name of the list, which is all capitals, as one writes it."""
    return " ".join(one if any(map(str.isdigit, one)) else one.capitalize() for one in name.split())


def _as_ours(one: Official) -> Practice:
    return Practice(
        ods_code=one.ods_code,
        name=written(one.name),
        street=written(one.street),
        postcode=one.postcode,
        phone=one.phone,
    )


def _moved(practice: Practice, other: Official) -> Practice:
    place = {"street": written(other.street), "postcode": other.postcode}
    return practice.model_copy(update=place)


def _other_name(practice: Practice, other: Official) -> bool:
    return _key(practice.name) != _key(other.name)


def _elsewhere(practice: Practice, other: Official) -> bool:
    """Streets are written in many ways, so it has moved when its postcode is another."""
    return _key(practice.postcode) != _key(other.postcode)


def _key(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum())


def _doubtful(
    ours: Mapping[str, Practice], theirs: Mapping[str, Official], is_inside: Callable[[str], bool]
) -> Iterable[tuple[str, str]]:
    for code, mine in ours.items():
        other = theirs.get(code)
        if mine.open and other is None:
            yield code, NOT_LISTED
        elif mine.open and other and other.open and not is_inside(other.postcode):
            yield code, OUTSIDE
        elif not mine.open and other and other.open:
            yield code, OPEN_AGAIN
