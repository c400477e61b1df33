"""Words go out in a file and come back, as coordinators do it: nothing newer is overwritten."""

import re
from dataclasses import replace

import pytest
from httpx2 import Response

from api.domain.wording import Name
from api.persistence import wordings
from api.services import wordtrips, wordwork
from api.services.wordwork import Seen
from common.words.formats import po, registry
from common.words.formats.units import Words
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import KOFI, Api
from tests.support.staff_browser import SAME_ORIGIN, Browser, sql

pytestmark = pytest.mark.any_store
HERE = "/staff/words/bn/import"
YES, GREETING = ("welcome", "yes"), ("language", "greeting")


def out(browser: Browser, kind: str = "po") -> Words:
    answer = browser.get(f"/staff/words/bn/export?as={kind}")
    assert answer.status_code == 200
    return registry.read(answer.content)


def with_text(words: Words, key: tuple[str, str], text: str) -> bytes:
    units = (replace(one, texts=(text,)) if one.key == key else one for one in words.units)
    return po.write(Words(words.language, tuple(units)))


def bring(browser: Browser, data: bytes) -> Response:
    return browser.http.post(
        HERE,
        data={"token": browser.token(HERE)},
        files={"file": ("words.po", data)},
        headers=SAME_ORIGIN,
    )


def brought(browser: Browser, data: bytes) -> tuple[str, str]:
    """The page that shows what would change, and its address."""
    answer = bring(browser, data)
    assert answer.status_code == 303
    page = answer.headers["location"]
    return browser.get(page).text, page


def agree(browser: Browser, page: str, **fields: str) -> Response:
    html = browser.get(page).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))
    return browser.post(page, {**hidden, **fields})


def write_here(api: Api, key: tuple[str, str], text: str) -> None:
    name = Name(*key)
    wording = api.write(lambda c: wordings.one(c, "bn", name))
    seen = Seen("bn", name, wording.version)

    asker = api.asker(KOFI)

    async def work() -> None:
        await wordwork.write(api.desk, asker, seen, (text,), ready=False)

    api.run(work)


def texts_here(api: Api, key: tuple[str, str]) -> tuple[str, ...]:
    return api.write(lambda c: wordings.one(c, "bn", Name(*key))).texts


@pytest.fixture
def kofi(signed_in: Visitor) -> Browser:
    return signed_in("kofi")


@pytest.mark.parametrize("kind", registry.FORMATS)
def test_each_kind_of_file_can_be_had(kofi: Browser, kind: str) -> None:
    words = out(kofi, kind)
    assert words.language == "bn"
    assert ("welcome", "yes") in {one.key for one in words.units}
    assert f"/staff/words/bn/export?as={kind}" in kofi.get(HERE).text


def test_what_is_no_file_of_ours_is_not_there(kofi: Browser) -> None:
    for path in ("bn/export?as=doc", "syl/export?as=po", "xx/import", "bn/import/99"):
        assert kofi.get(f"/staff/words/{path}").status_code == 404


def test_a_changed_word_is_taken_as_a_draft(kofi: Browser, api: Api) -> None:
    html, page = brought(kofi, with_text(out(kofi), YES, "হ্যাঁ, ঠিক আছে ভাই"))
    assert (
        f'<a href="{page}">What the file of <bdi>Kofi</bdi> would change</a>' in kofi.get(HERE).text
    )
    assert "1 would be taken" in html
    assert "হ্যাঁ, ঠিক আছে ভাই" in html
    answer = agree(kofi, page)
    assert answer.headers["location"] == f"{HERE}?taken=1"
    assert "1 message has the words of the file now" in kofi.get(answer.headers["location"]).text
    kept = api.write(lambda c: wordings.one(c, "bn", Name(*YES)))
    assert (kept.texts, kept.ready) == (("হ্যাঁ, ঠিক আছে ভাই",), False)
    assert kept.published != kept.texts
    assert sql(api, "SELECT actor, subject FROM audit WHERE action = 'words.imported'") == [
        ("staff:4", "words:bn")
    ]
    assert kofi.get(page).status_code == 404  # it is done with


def test_finished_words_are_handed_on_for_review(kofi: Browser, api: Api) -> None:
    _, page = brought(kofi, with_text(out(kofi), YES, "হ্যাঁ, ঠিক আছে ভাই"))
    agree(kofi, page, ready="yes")
    assert api.write(lambda c: wordings.one(c, "bn", Name(*YES))).ready


def test_newer_work_here_is_kept_unless_somebody_chooses_otherwise(kofi: Browser, api: Api) -> None:
    data = with_text(out(kofi), YES, "হ্যাঁ, ফাইলের কথা")
    write_here(api, YES, "হ্যাঁ, এখানকার কথা")
    html, page = brought(kofi, data)
    assert "0 would be taken" in html
    assert "1 for you to choose" in html
    assert "were changed here after the file was made" in html
    agree(kofi, page)
    assert texts_here(api, YES) == ("হ্যাঁ, এখানকার কথা",)
    _, page = brought(kofi, data)
    agree(kofi, page, **{"take:welcome/yes": "yes", "take:nothing": "yes"})
    assert texts_here(api, YES) == ("হ্যাঁ, ফাইলের কথা",)


def test_who_changes_words_while_the_page_is_open_is_not_overwritten(
    kofi: Browser, api: Api
) -> None:
    _, page = brought(kofi, with_text(out(kofi), YES, "হ্যাঁ, ফাইলের কথা"))
    html = kofi.get(page).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))
    write_here(api, YES, "হ্যাঁ, এখানকার কথা")
    answer = kofi.post(page, hidden)
    assert answer.status_code == 409
    assert "Somebody else was first" in answer.text
    assert "1 for you to choose" in answer.text
    assert texts_here(api, YES) == ("হ্যাঁ, এখানকার কথা",)


def test_what_must_be_mended_is_not_taken_and_its_line_is_told(kofi: Browser, api: Api) -> None:
    before = texts_here(api, ("phone", "heard"))
    html, page = brought(kofi, with_text(out(kofi), ("phone", "heard"), "ধন্যবাদ <b>।"))
    assert "1 cannot be taken as they are" in html
    assert re.search(r"\(line \d+\)", html)
    assert "Put it in yours too, exactly as it is written." in html
    assert "ধন্যবাদ &lt;b&gt;।" in html
    assert "There is nothing to take in." in html
    agree(kofi, page)
    assert texts_here(api, ("phone", "heard")) == before


def test_a_broken_file_is_refused_with_its_line_and_why(kofi: Browser) -> None:
    head, mark, rest = po.write(out(kofi)).partition(b'\nmsgctxt "welcome/yes"\n')
    line = head.count(b"\n") + 3
    broken = head + mark + rest.replace(b'msgid "', b"msgid ", 1)
    for data, told in (
        (b"", "Choose a file first"),
        (broken, f"In line {line}: this is not written as in a PO file"),
        (b"PK", "it is no XLSX sheet"),
        (b"0" * 2_000_001, "it is too big for a file of words"),
        (po.write(replace(out(kofi), language="so")), "The words of this file are Somali"),
    ):
        answer = bring(kofi, data)
        assert answer.status_code == 422, told
        assert told in answer.text


def test_words_that_are_gone_and_words_left_empty_change_nothing(kofi: Browser) -> None:
    words = out(kofi)
    first, second, *rest = words.units
    units = (replace(first, id="gone_since"), replace(second, texts=("",)), *rest)
    html, _ = brought(kofi, po.write(Words("bn", units)))
    assert "1 not known here any more" in html
    assert "1 empty in the file: ours stay" in html
    assert f"{first.step}/gone_since" in html


def test_the_english_is_held_against_what_came_with_doorway(kofi: Browser) -> None:
    answer = kofi.get("/staff/words/en/export?as=po")
    words = registry.read(answer.content)
    assert all(one.english == one.texts for one in words.units)


def test_files_nobody_came_back_to_are_taken_away(kofi: Browser, api: Api) -> None:
    data = with_text(out(kofi), YES, "হ্যাঁ, ঠিক আছে ভাই")
    brought(kofi, data)
    api.clock.move(seconds=wordtrips.KEPT_FOR.total_seconds() + 1)
    kofi.sign_in("kofi")
    brought(kofi, data)
    assert sql(api, "SELECT count(*) FROM word_parcel") == [(1,)]
