"""The directory snapshot: practices and the borough's postcodes, as the api hands them out."""

from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from common.contract.identifiers import Postcode

POSTCODES_SOURCE = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right 2025. "
    "Contains Royal Mail data © Royal Mail copyright and database right 2025."
)
"""What the licence of the ONS Postcode Directory asks to be shown wherever it is made use of."""


class Place(StrEnum):
    """Where a postcode lies, as far as the ONS Postcode Directory says."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    NO_DISTRICT = "no_district"
    UNLISTED_NEAR = "unlisted_near"
    UNLISTED_FAR = "unlisted_far"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Practice(_Value):
    """A GP practice of the borough; a closed one is known by name and never routed to."""

    ods_code: str
    name: str
    street: str
    postcode: str
    phone: str = ""
    pcn_code: str = ""
    pcn_name: str = ""
    open: bool = True
    also_known_as: tuple[str, ...] = ()


# Inward codes by sector, to travel small: {"E1 4": ["DG", "DH"]} means E1 4DG and E1 4DH.
PostcodesBySector = dict[str, tuple[str, ...]]


class Borough(_Value):
    """The borough's postcodes, and those others near it that must not be taken for them.

    `inside` lists every postcode of the borough, `outside` those of other districts that share
    a sector with it, `no_district` all that the file lists without a district, near or far. All
    else is outside when its sector never touches the borough, and not known otherwise.
    Source: ONS Postcode Directory (OGL v3.0), districts by column `laua`.
    """

    inside: PostcodesBySector
    outside: PostcodesBySector = {}
    no_district: PostcodesBySector = {}

    def locate(self, postcode: Postcode) -> Place:
        """Where this postcode lies."""
        sector, unit = postcode.sector, postcode.inward[1:]
        if unit in self._units("inside", sector):
            return Place.INSIDE
        if unit in self._units("outside", sector):
            return Place.OUTSIDE
        if unit in self._units("no_district", sector):
            return Place.NO_DISTRICT
        return Place.UNLISTED_NEAR if sector in self.inside else Place.UNLISTED_FAR

    def _units(self, side: str, sector: str) -> frozenset[str]:
        return self._index.get((side, sector), frozenset())

    @cached_property
    def _index(self) -> dict[tuple[str, str], frozenset[str]]:
        sides = {"inside": self.inside, "outside": self.outside, "no_district": self.no_district}
        return {
            (side, sector): frozenset(units)
            for side, sectors in sides.items()
            for sector, units in sectors.items()
        }


class Directory(_Value):
    """One snapshot; `version` changes with its content and serves as the ETag."""

    version: str
    practices: tuple[Practice, ...]
    borough: Borough

    def practice(self, ods_code: str) -> Practice | None:
        """The practice with this code, open or closed."""
        return self._by_code.get(ods_code)

    @cached_property
    def _by_code(self) -> dict[str, Practice]:
        return {practice.ods_code: practice for practice in self.practices}
