"""What the parts of the borough are called, by the postcode sectors that lie in them."""

from collections.abc import Mapping, Sequence

_SECTORS: Mapping[str, Sequence[str]] = {
    "Aldgate": ("E1 7", "E1 8"),
    "Bethnal Green": ("E2 6", "E2 9"),
    "Bow": ("E3 2", "E3 3", "E3 4", "E3 5"),
    "Bromley by Bow": ("E3 3",),
    "Cubitt Town": ("E14 3",),
    "Globe Town": ("E2 0",),
    "Isle of Dogs": ("E14 3", "E14 9"),
    "Mile End": ("E1 4", "E3 4"),
    "Old Ford": ("E3 5",),
    "Poplar": ("E14 0", "E14 6"),
    "Shadwell": ("E1 0", "E1 2"),
    "Spitalfields": ("E1 5", "E1 6"),
    "Stepney": ("E1 0", "E1 3", "E1 4"),
    "Wapping": ("E1W 1", "E1W 2", "E1W 3"),
    "Whitechapel": ("E1 1",),
}


def places_around(sector: str) -> tuple[str, ...]:
    """The parts of the borough that a sector such as `E1 4` lies in; none for the others."""
    return tuple(place for place, sectors in _SECTORS.items() if sector in sectors)
