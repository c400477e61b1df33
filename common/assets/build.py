"""Makes `static/` again from npm, as `make assets` does, and leaves no other host in it."""

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parents[1] / "tests" / "vendor"
RECIPE = (".npmrc", "package.json", "package-lock.json")

NHSUK = "nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min"
HTMX = "htmx.org/dist"
FOLLOWING = ("htmx.min.js", "ext/hx-sse.min.js")
NOTO = "@fontsource/noto-sans-{script}"
WEIGHTS = {400: "Regular", 600: "SemiBold"}
# The blocks of each script, and the signs that join or part its letters.
BLOCKS = {
    "arabic": "U+0600-06FF,U+0750-077F,U+0870-08FF,U+200C-200D,U+FB50-FDFF,U+FE70-FEFC",
    "bengali": "U+0964-0965,U+0980-09FF,U+200C-200D,U+20B9,U+25CC",
}
# NHS.UK draws these with its own pictures; ours are lines in a square of 24.
DRAWINGS = {
    "arrow-down": "M12 4v15m-6-6 6 6 6-6",
    "arrow-up": "M12 20V5m-6 6 6-6 6 6",
    "arrow-up-down": "M8 19V5M4 9l4-4 4 4m4-4v14m-4-4 4 4 4-4",
    "cross": "M6 6l12 12M18 6 6 18",
}

Files = dict[str, tuple[bytes, str]]
"""What each file holds, and which packages it was made from."""


def main() -> None:
    """Install what is pinned in a folder of its own, and write the files and their manifests."""
    with tempfile.TemporaryDirectory() as folder:
        for name in RECIPE:
            shutil.copy(HERE / name, folder)
        _npm(folder, "ci", "--silent")
        packages = Path(folder) / "node_modules"
        _write(HERE / "static", HERE / "manifest.json", _pages(packages), packages)
        _write(TESTS, TESTS / "manifest.json", _axe(packages), packages)


def _pages(packages: Path) -> Files:
    """Everything that a browser is given."""
    left = _without_addresses((packages / f"{NHSUK}.css").read_text(encoding="utf-8"))
    script = _without_map((packages / f"{NHSUK}.js").read_text(encoding="utf-8"))
    return {
        "nhsuk.css": (left.encode(), "nhsuk-frontend"),
        "nhsuk.rtl.css": (_mirrored(left, packages.parent).encode(), "nhsuk-frontend rtlcss"),
        "nhsuk.js": (script.encode(), "nhsuk-frontend"),
        "htmx.js": (_joined(packages / HTMX, "htmx.min.js"), "htmx.org"),
        # One file: htmx begins as soon as the browser has a moment, and an extension of it that
        # is still on its way then is never asked.
        "htmx-and-sse.js": (
            _joined(packages / HTMX, "htmx.min.js", "ext/hx-sse.min.js"),
            "htmx.org",
        ),
        "fonts.css": (_faces().encode(), " ".join(NOTO.format(script=one) for one in BLOCKS)),
        **{name: one for script in BLOCKS for name, one in _fonts(packages, script).items()},
    }


def _joined(folder: Path, *names: str) -> bytes:
    return b"\n".join((folder / name).read_bytes() for name in names)


def _axe(packages: Path) -> Files:
    """What the tests put into a page to find what keeps somebody out."""
    names = ("axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt")
    return {name: ((packages / "axe-core" / name).read_bytes(), "axe-core") for name in names}


def _without_addresses(sheet: str) -> str:
    """The sheet with the reader's own fonts, our own drawings and nothing fetched from anywhere."""
    sheet = re.sub(r"@font-face\{[^}]*\}", "", _without_map(sheet))
    sheet = sheet.replace("Frutiger W01,arial,sans-serif", "var(--font-family,arial,sans-serif)")
    return re.sub(r"url\(/assets/images/nhsuk-icon-([a-z-]+)\.svg\)", _drawing, sheet)


def _drawing(found: re.Match[str]) -> str:
    return (
        "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' "
        "fill='none' stroke='%23000' stroke-width='3' stroke-linecap='round'%3E"
        f"%3Cpath d='{DRAWINGS[found[1]]}'/%3E%3C/svg%3E\")"
    )


def _without_map(text: str) -> str:
    return re.sub(r"\n?(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$", "\n", text)


def _mirrored(sheet: str, folder: Path) -> str:
    """The sheet for languages that are written from right to left."""
    (folder / "left.css").write_text(sheet, encoding="utf-8")
    _npm(folder, "exec", "--offline", "--", "rtlcss", "--silent", "left.css", "right.css")
    return (folder / "right.css").read_text(encoding="utf-8")


def _fonts(packages: Path, script: str) -> Files:
    """One script's letters alone, with the licence that must go with them."""
    package = NOTO.format(script=script)
    files = packages / package
    weights = {
        f"fonts/noto-sans-{script}-{weight}.woff2": files
        / f"files/noto-sans-{script}-{script}-{weight}-normal.woff2"
        for weight in WEIGHTS
    }
    paths = {f"fonts/noto-sans-{script}.txt": files / "LICENSE", **weights}
    return {name: (path.read_bytes(), package) for name, path in paths.items()}


def _faces() -> str:
    """A sheet by which a browser fetches a font only where its script is read and not installed."""
    return "".join(
        f'@font-face{{font-family:"Noto Sans {script.title()}";font-weight:{weight};'
        f'font-display:swap;src:local("Noto Sans {script.title()} {style}"),'
        f'local("NotoSans{script.title()}-{style}"),'
        f'url("fonts/noto-sans-{script}-{weight}.woff2") format("woff2");unicode-range:{blocks}}}\n'
        for script, blocks in BLOCKS.items()
        for weight, style in WEIGHTS.items()
    )


def _write(folder: Path, manifest: Path, files: Files, packages: Path) -> None:
    """Replace the folder with these files, and say of each where it came from."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, (content, _) in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    said = {name: _entry(*files[name], packages) for name in sorted(files)}
    manifest.write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")


def _entry(content: bytes, made_from: str, packages: Path) -> Mapping[str, object]:
    return {
        "from": [f"{name}@{_version(packages / name)}" for name in made_from.split()],
        "sha384": hashlib.sha384(content).hexdigest(),
    }


def _version(package: Path) -> str:
    description = json.loads((package / "package.json").read_text(encoding="utf-8"))
    return str(description["version"])


def _npm(folder: Path | str, *arguments: str) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit(
            "Please install npm: it is needed to make the assets, and for nothing else."
        )
    subprocess.run([npm, *arguments], cwd=folder, check=True)  # noqa: S603 our own recipe


if __name__ == "__main__":
    main()
