"""What browsers are given is what its manifest says, and asks nothing of anybody else."""

import hashlib
import json
import re
from pathlib import Path
from typing import TypedDict

import pytest

from tests.support.sources import ROOT

ASSETS = ROOT / "common" / "assets"
STATIC = ASSETS / "static"
VENDOR = ROOT / "tests" / "vendor"
FOLDERS = pytest.mark.parametrize(
    ("folder", "manifest"),
    [(STATIC, ASSETS / "manifest.json"), (VENDOR, VENDOR / "manifest.json")],
    ids=["pages", "tests"],
)
# What a browser would fetch: of another host, or of a path that is not beside the file.
FETCHED = re.compile(
    r"""url\(\s*["']?(?:[a-z]+:)?/[^)]*|@import\b[^;]*|sourceMappingURL=\S*|\bimport\s*\(?["'][^"']*"""
)


Entry = TypedDict("Entry", {"from": list[str], "sha384": str})


def _said(manifest: Path) -> dict[str, Entry]:
    said: dict[str, Entry] = json.loads(manifest.read_text(encoding="utf-8"))
    return said


def _fetched(text: str) -> list[str]:
    return FETCHED.findall(text)


@FOLDERS
def test_every_file_is_the_one_that_was_made(folder: Path, manifest: Path) -> None:
    for name, entry in _said(manifest).items():
        assert hashlib.sha384((folder / name).read_bytes()).hexdigest() == entry["sha384"], name


@FOLDERS
def test_nothing_else_lies_there(folder: Path, manifest: Path) -> None:
    there = {path for path in folder.rglob("*") if path.is_file()} - {manifest}
    assert {path.relative_to(folder).as_posix() for path in there} == set(_said(manifest))


@FOLDERS
def test_everything_comes_from_a_package_that_is_pinned(folder: Path, manifest: Path) -> None:
    recipe = json.loads((ASSETS / "package.json").read_text(encoding="utf-8"))
    pins = {**recipe["dependencies"], **recipe["devDependencies"]}
    pinned = {f"{name}@{version}" for name, version in pins.items()}
    for name, entry in _said(manifest).items():
        assert entry["from"], (folder, name)
        assert set(entry["from"]) <= pinned, (folder, name)


def test_the_lock_holds_no_registry_address() -> None:
    lock = json.loads((ASSETS / "package-lock.json").read_text(encoding="utf-8"))
    locked = [one for name, one in lock["packages"].items() if name]
    assert locked
    assert all("resolved" not in one and "integrity" in one for one in locked)


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.*s")), ids=lambda path: path.name)
def test_a_browser_fetches_nothing_from_elsewhere(path: Path) -> None:
    assert _fetched(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "a{src:url(https://x.example/a.woff)}",
        "a{src:url('//x.example/a.woff')}",
        "a{background:url(/assets/images/a.svg)}",
        '@import "b.css";',
        "/*# sourceMappingURL=a.css.map */",
        'import("https://x.example/a.js")',
        'import{a}from"b"; import "https://x.example/b.js"',
    ],
)
def test_the_search_for_what_is_fetched_finds_it(text: str) -> None:
    assert _fetched(text) != []


def test_languages_from_right_to_left_have_a_sheet_of_their_own() -> None:
    left, right = ((STATIC / name).read_text("utf-8") for name in ("nhsuk.css", "nhsuk.rtl.css"))
    shared = set(left.split("}")) & set(right.split("}"))
    assert len(left.split("}")) == len(right.split("}"))
    assert len(set(left.split("}")) - shared) > 300


def test_every_font_has_its_licence_beside_it() -> None:
    scripts = {path.stem.rsplit("-", 1)[0] for path in (STATIC / "fonts").glob("*.woff2")}
    assert scripts == {"noto-sans-arabic", "noto-sans-bengali"}
    for script in scripts:
        licence = (STATIC / "fonts" / f"{script}.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
