"""The page with the chat in a frame: any step, and no other site in the frame."""

import re

import pytest

from tests.api.staff.conftest import Visitor

pytestmark = pytest.mark.any_store
PREVIEW = "/staff/words/bn/preview"


def test_any_step_can_be_chosen(signed_in: Visitor) -> None:
    kofi = signed_in("kofi")
    page = kofi.get(f"{PREVIEW}?step=review")
    assert "Preview in Bengali" in page.text
    assert re.search(r'<option value="review" selected', page.text)
    assert f'src="{PREVIEW}/frame?step=review"' in page.text
    assert f'src="{PREVIEW}/frame?step=language"' in kofi.get(f"{PREVIEW}?step=nowhere").text


def test_the_frame_is_the_bots_with_a_new_ticket_each_time(signed_in: Visitor) -> None:
    kofi = signed_in("kofi")
    first, second = (kofi.get(f"{PREVIEW}/frame?step=review") for _ in range(2))
    assert first.status_code == 303
    chat = kofi.api.desk.chat_url
    assert re.fullmatch(
        re.escape(chat) + r"/preview\?ticket=[\w-]{43}#now", first.headers["location"]
    )
    assert first.headers["location"] != second.headers["location"]


def test_only_pages_of_words_may_frame_and_only_the_bot(signed_in: Visitor) -> None:
    kofi = signed_in("kofi")
    policy = kofi.get(PREVIEW).headers["content-security-policy"]
    assert f"frame-src 'self' {kofi.api.desk.chat_url}" in policy
    assert "frame-ancestors 'none'" in policy
    assert "frame-src" not in kofi.get("/staff/you").headers["content-security-policy"]


def test_it_is_not_for_prescribers(signed_in: Visitor) -> None:
    amina = signed_in("amina")
    assert amina.get(PREVIEW).status_code == 404
    assert amina.get(f"{PREVIEW}/frame?step=review").status_code == 404
    assert signed_in("kofi").get("/staff/words/xx/preview").status_code == 404
