"""A publication as both sides read it."""

from datetime import date, timedelta

from common.contract.publication import Helpline, Message, Publication, Wording

TODAY = date(2026, 11, 29)
DONE = Message(step="general", id="done", texts=("Done",))
ENGLISH = Wording(language="en", plural_forms="nplurals=2; plural=(n != 1);", messages=(DONE,))


def line(key: str, expires_on: date | None) -> Helpline:
    return Helpline(key=key, name=key, contact="999", expires_on=expires_on)


def test_a_language_is_found_by_its_code() -> None:
    found = Publication(version=1, etag="a", wordings=(ENGLISH,))
    assert found.by_language == {"en": ENGLISH}


def test_a_helpline_is_gone_the_day_after_its_last() -> None:
    lines = (line("always", None), line("today", TODAY), line("over", TODAY - timedelta(days=1)))
    found = Publication(version=1, etag="a", helplines=lines)
    assert [one.key for one in found.helplines_on(TODAY)] == ["always", "today"]
