"""Assets are kept for good by browsers, and an address never stands for anything else."""

import re
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from common.runtime.assets import Assets, asset, assets


def client(app: Starlette) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://x")


def shared() -> httpx2.AsyncClient:
    return client(Starlette(routes=[Mount("/assets", assets())]))


def own(folder: Path, **files: str) -> Assets:
    for name, text in files.items():
        (folder / f"{name}.css").write_text(text, encoding="utf-8")
    return Assets(folder, "/chat/static")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("nhsuk.css", "text/css; charset=utf-8"),
        ("nhsuk.rtl.css", "text/css; charset=utf-8"),
        ("htmx.js", "text/javascript; charset=utf-8"),
        ("fonts/noto-sans-bengali-400.woff2", "font/woff2"),
    ],
)
async def test_an_asset_is_kept_for_good(name: str, kind: str) -> None:
    async with shared() as http:
        answer = await http.get(asset(name))
    assert re.fullmatch(rf"/assets/[0-9a-f]{{12}}/{name}", asset(name))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_text_travels_small_and_fonts_as_they_are() -> None:
    async with shared() as http:
        sheet = await http.get(asset("nhsuk.css"), headers={"accept-encoding": "gzip"})
        plain = await http.get(asset("nhsuk.css"), headers={"accept-encoding": "identity"})
        font = await http.get(asset("fonts/noto-sans-arabic-400.woff2"))
    assert sheet.headers["content-encoding"] == "gzip"
    assert sheet.content == plain.content
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in font.headers


async def test_what_a_sheet_names_is_found_from_where_it_lies() -> None:
    async with shared() as http:
        sheet = await http.get(asset("fonts.css"))
        for named in re.findall(r'url\("([^"]+)"\)', sheet.text):
            assert (await http.get(str(sheet.url.join(named)))).status_code == 200


async def test_an_old_edition_and_an_unknown_file_are_not_found() -> None:
    async with shared() as http:
        for path in (
            "/assets/000000000000/nhsuk.css",
            "/assets/nhsuk.css",
            asset("nhsuk.css") + "x",
            asset("nhsuk.css").replace("nhsuk.css", ""),
            asset("nhsuk.css").replace("nhsuk.css", "%2e%2e/manifest.json"),
        ):
            answer = await http.get(path)
            assert answer.status_code == 404, path
            assert "cache-control" not in answer.headers


def test_a_page_cannot_name_what_is_not_there() -> None:
    with pytest.raises(LookupError, match=r"absent\.css"):
        asset("absent.css")


async def test_a_changed_file_has_a_new_address(tmp_path: Path) -> None:
    before = own(tmp_path, chat="a{}", other="b{}")
    again = own(tmp_path)
    after = own(tmp_path, chat="a{color:red}")
    assert before.url("chat.css") == again.url("chat.css")
    assert before.url("chat.css") != after.url("chat.css")
    async with client(Starlette(routes=[Mount("/chat/static", after.app)])) as http:
        assert (await http.get(after.url("chat.css"))).text == "a{color:red}"
        assert (await http.get(before.url("chat.css"))).status_code == 404


def test_a_renamed_file_has_a_new_address_too(tmp_path: Path) -> None:
    before = own(tmp_path, chat="a{}").url("chat.css")
    (tmp_path / "chat.css").rename(tmp_path / "talk.css")
    assert own(tmp_path).url("talk.css").split("/")[3] != before.split("/")[3]
