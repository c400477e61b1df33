"""The pages of the spoken clips, and the bytes as bots get them."""

import re

import pytest

from api.persistence import clips as stored
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import Api
from tests.support.sound import waves
from tests.support.staff_browser import SAME_ORIGIN, Browser, sql

pytestmark = pytest.mark.any_store
HERE = "/staff/voices/syl/postcode"


def send(
    browser: Browser, recorded: bytes | None, path: str = HERE, **fields: str
) -> tuple[int, str]:
    """Send a recording as a browser would: the answer's status and the page that follows."""
    page = browser.get(HERE).text
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen is not None
    told = {"token": browser.token(HERE), "seen": seen[1], **fields}
    files = None if recorded is None else {"clip": ("x.wav", recorded, "audio/wav")}
    answer = browser.http.post(path, data=told, files=files, headers=SAME_ORIGIN)
    location = answer.headers.get("location", "")
    return answer.status_code, browser.get(location).text if location else answer.text


@pytest.fixture
def kofi(signed_in: Visitor) -> Browser:
    return signed_in("kofi")


def test_a_recording_is_kept_heard_and_handed_to_bots(kofi: Browser, api: Api) -> None:
    assert "Sylheti: 0 of 44" in kofi.get("/staff/voices").text
    status, page = send(kofi, waves(2.0))
    assert status == 303
    assert "Kept. Listen to it below." in page
    assert "2 seconds, -" in page
    link = re.search(r'src="(/staff/voices/clips/([0-9a-f]{64}))"', page)
    assert link is not None
    heard = kofi.get(link[1])
    assert heard.headers["content-type"] == "audio/ogg"
    assert heard.content.startswith(b"OggS")
    (published,) = api.write(stored.for_publication)
    assert published.model_dump() == {
        "language": "syl",
        "step": "postcode",
        "sha256": link[2],
        "seconds": 2,
    }
    assert api.client.get(f"/v1/publications/clips/{link[2]}").content == heard.content
    assert "Sylheti: 1 of 44" in kofi.get("/staff/voices").text
    assert "2 seconds" in kofi.get("/staff/voices/syl").text


def test_a_bots_token_is_needed_and_only_a_hash_is_an_address(api: Api) -> None:
    path = f"/v1/publications/clips/{'0' * 64}"
    assert api.client.get(path).status_code == 404
    assert api.client.get(path, headers={"Authorization": "Bearer x"}).status_code == 401
    assert api.client.get("/v1/publications/clips/x").status_code == 422


def test_what_cannot_be_used_is_said_and_not_kept(kofi: Browser, api: Api) -> None:
    for recorded, said in (
        (waves(0.2), "shorter than a second"),
        (waves(2.0, loud=0.001), "too quiet"),
        (b"no sound at all", "could not be read as sound"),
        (b"", "Record something, or choose a file"),
        (None, "Record something, or choose a file"),
    ):
        status, page = send(kofi, recorded)
        assert status == 422, said
        assert said in page
    assert send(kofi, bytes(3 * 1024 * 1024 + 1))[0] == 422
    assert send(kofi, bytes(4 * 1024 * 1024 - 2_000))[0] == 413
    assert api.write(stored.every) == []


def test_it_is_taken_away_and_its_bytes_stay_for_older_publications(
    kofi: Browser, api: Api
) -> None:
    send(kofi, waves(2.0))
    (clip,) = api.write(stored.every)
    status, page = send(kofi, None, f"{HERE}/remove")
    assert status == 303
    assert "nobody is shown a button" in page
    assert api.write(stored.every) == []
    assert api.client.get(f"/v1/publications/clips/{clip.sha256}").status_code == 200
    assert send(kofi, waves(2.0))[0] == 303  # the very same, once more
    assert sql(api, "SELECT action, subject FROM audit WHERE subject LIKE 'clip:%'") == [
        ("clip.recorded", "clip:syl/postcode"),
        ("clip.removed", "clip:syl/postcode"),
        ("clip.recorded", "clip:syl/postcode"),
    ]


def test_the_second_is_told_kindly_and_overwrites_nothing(kofi: Browser, api: Api) -> None:
    send(kofi, waves(2.0))
    for path in (HERE, f"{HERE}/remove"):
        status, page = send(kofi, waves(3.0), path, seen="0")
        assert status == (409 if path == HERE else 400)
    status, page = send(kofi, None, f"{HERE}/remove", seen="0")
    assert (status, "Somebody else was first" in page) == (409, True)
    assert [one.seconds for one in api.write(stored.every)] == [2]


def test_only_the_page_that_records_may_use_the_microphone(kofi: Browser) -> None:
    assert "microphone=(self)" in kofi.get(HERE).headers["permissions-policy"]
    for path in ("/staff/voices", "/staff/voices/syl", "/staff/helplines"):
        assert "microphone=()" in kofi.get(path).headers["permissions-policy"]
    for path in ("/staff/voices/yue", "/staff/voices/xx/postcode", "/staff/voices/syl/nothing"):
        assert kofi.get(path).status_code == 404


def test_without_the_converter_the_page_says_so(
    kofi: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ffmpeg is not installed" not in kofi.get(HERE).text
    monkeypatch.setenv("PATH", "")
    page = kofi.get(HERE).text
    assert "ffmpeg is not installed on the server" in page
