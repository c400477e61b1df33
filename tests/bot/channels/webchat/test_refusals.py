"""What is not taken is said kindly, changes nothing, and loses no word."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.webbot import WebBot, web_bot
from tests.support.webtalk import walk
from tests.support.webvisitor import COOKIE, SAME_ORIGIN, Visitor

TEXT = "My <b>name</b> & more"


async def half_way(bot: WebBot) -> Visitor:
    return await walk(bot.visitor(), "language=en", "welcome=yes")


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        (SAME_ORIGIN, "0" * 64),
        (SAME_ORIGIN, ""),
        ({"sec-fetch-site": "cross-site"}, None),
        ({"sec-fetch-site": "same-site"}, None),
        ({"origin": "https://elsewhere.example"}, None),
        ({"origin": "null"}, None),
    ],
    ids=str,
)
async def test_what_was_not_filled_in_here_is_not_taken(
    tmp_path: Path, headers: Mapping[str, str], token: str | None
) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await half_way(bot)
        before, said, cookie = bot.count("inbox", "line"), visitor.said, visitor.cookie
        form = visitor.page.box
        fields = {} if token is None else {"token": token}
        page = await visitor.send(form, headers, text=TEXT, **fields)
        assert visitor.answer.status_code == 403
        assert (page.box.fields["text"], page.alert != "") == (TEXT, True)
        assert visitor.said == said
        assert (bot.count("inbox", "line"), visitor.cookie) == (before, cookie)
        await visitor.write(page.box.fields["text"])
        assert TEXT in visitor.said, "it can be sent again from there"


async def test_a_browser_that_keeps_no_cookie_is_told_so(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = bot.visitor()
        page = await visitor.open("/?start=bn-F84122")
        visitor.client.cookies.clear()
        page = await visitor.send(page.box, text=TEXT)
        assert visitor.answer.status_code == 422
        assert (page.box.fields["text"], page.alert != "") == (TEXT, True)
        assert page.box.fields["start"] == "bn-F84122"
        assert bot.count("inbox", "line", "talk") == [0, 0, 0]
        assert visitor.cookie, "and may have one now"
        await visitor.write(TEXT)
        assert TEXT in visitor.said


async def test_another_sites_form_does_not_take_the_talk_away(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await half_way(bot)
        # A browser sends no Lax cookie with another site's form, but would take a new one.
        cookie = visitor.cookie
        visitor.client.cookies.clear()
        elsewhere = {"sec-fetch-site": "cross-site"}
        answer = await visitor.posted(visitor.page.box, elsewhere, text=TEXT)
        assert (answer.status_code, "set-cookie" in answer.headers) == (422, False)
        visitor.client.cookies.set(COOKIE, cookie)
        assert "who_for=me" in (await visitor.open()).choices


async def test_too_long_a_text_is_kept_and_can_be_made_shorter(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await half_way(bot)
        before = bot.count("inbox", "line")
        for text in ("x" * 4001, "আ" * 20_000):
            page = await visitor.write(text)
            assert visitor.answer.status_code == 422
            assert (page.box.fields["text"], page.alert != "") == (text, True)
        assert bot.count("inbox", "line") == before
        await visitor.write("y\n" * 2000)
        assert visitor.answer.status_code == 200
        assert bot.count("inbox") == [before[0] + 1]


async def test_too_large_a_body_is_refused(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await half_way(bot)
        before = bot.count("inbox", "line")
        answer = await visitor.posted(visitor.page.box, text="x" * 300_000)
        assert answer.status_code == 413
        assert bot.count("inbox", "line") == before


async def test_what_is_no_form_does_no_harm(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await half_way(bot)
        before = bot.count("inbox", "line")
        fields = {f"f{number}": "x" for number in range(40)}
        for kind, body, statuses in (
            ("application/json", b'{"text": "x"}', {403}),
            ("multipart/form-data; boundary=x", b"--x\r\nnot a part", {400, 403}),
            ("multipart/form-data", b"", {400, 403}),
            ("text/plain", b"token=x", {403}),
            ("application/x-www-form-urlencoded", b"%ff=%00&&=;", {403}),
        ):
            headers = {**SAME_ORIGIN, "content-type": kind}
            answer = await visitor.client.post("/say", content=body, headers=headers)
            assert answer.status_code in statuses, kind
        files = {"text": ("a.txt", b"x" * 100, "text/plain")}
        for answer in (
            await visitor.client.post("/say", data=fields, headers=SAME_ORIGIN),
            await visitor.client.post("/say", files=files, headers=SAME_ORIGIN),
        ):
            assert answer.status_code in {400, 403}
        assert bot.count("inbox", "line") == before


OTHERS = (
    ("GET", "/unknown", 404),
    ("HEAD", "/unknown", 404),
    ("GET", "/say", 405),
    ("HEAD", "/say", 405),
    ("GET", "/leave", 405),
    ("POST", "/", 405),
    ("DELETE", "/", 405),
    ("POST", "/stream", 405),
    ("GET", "/chat-assets/none/chat.css", 404),
    ("GET", "/chat-assets/../entry.py", 404),
    ("GET", "/stream?after=x", 422),
)


async def test_other_addresses_are_none(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        client = bot.visitor().client
        for method, path, status in OTHERS:
            answer = await client.request(method, path)
            assert (method, path, answer.status_code) == (method, path, status)
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "set-cookie" not in answer.headers


async def test_a_page_keeps_itself_to_itself(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await half_way(bot)
        headers = visitor.answer.headers
        assert headers["cache-control"] == "no-store"
        policy = headers["content-security-policy"]
        for rule in ("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'"):
            assert rule in policy
        assert "unsafe" not in policy
        assert [one for one in visitor.page.links if one.startswith("http")] == []
