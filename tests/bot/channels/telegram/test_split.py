"""Long messages are cut where a reader would pause, and every tag stays whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.split import plain, shortened, split, units
from tests.telegram_server.text import checked


def test_a_message_that_fits_stays_as_it_is() -> None:
    assert split("<b>one</b>\n\ntwo") == ["<b>one</b>\n\ntwo"]


@pytest.mark.parametrize(
    ("markup", "parts"),
    [
        ("aaaa\n\nbbbb\n\ncccc", ["aaaa\n\nbbbb", "cccc"]),
        ("aaaa\nbbbbbb\ncccc", ["aaaa\nbbbbbb", "cccc"]),
        ("aaaa bbbbbb cccc", ["aaaa bbbbbb", "cccc"]),
        ("aaaaaaaaaaaabb", ["aaaaaaaaaaaa", "bb"]),
        ("<b>aaaa\n\nbbbb\n\ncccc</b>", ["<b>aaaa\n\nbbbb</b>", "<b>cccc</b>"]),
        (
            '<a href="x"><i>aaaaaaaaaaaabb</i></a>',
            ['<a href="x"><i>aaaaaaaaaaaa</i></a>', '<a href="x"><i>bb</i></a>'],
        ),
        ("&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;b", ["&amp;" * 12, "b"]),
        ("😀😀😀😀😀😀😀", ["😀😀😀😀😀😀", "😀"]),
        ("aaaa\n\n\n\n\n\n\n\n\n\n\n\nbbbb", ["aaaa", "bbbb"]),
    ],
)
def test_a_long_message_is_cut_at_the_best_place(markup: str, parts: list[str]) -> None:
    assert split(markup, 12) == parts


PIECES = st.lists(
    st.sampled_from(
        ["word ", "\n\n", "\n", "<b>b</b>", "<i>i <b>both</b></i>", "&lt;", "😀", "আমি ", "x" * 9]
    ),
    min_size=1,
    max_size=60,
)


@settings(deadline=None)
@given(PIECES)
def test_no_part_is_too_long_or_broken_and_no_word_is_lost(pieces: list[str]) -> None:
    markup = "".join(pieces)
    parts = split(markup, 15)
    if plain(markup).strip():
        assert all(units(checked(part, "HTML")) <= 15 for part in parts)
    letters = "".join("".join(plain(part) for part in parts).split())
    assert letters == "".join(plain(markup).split())


def test_what_only_looks_like_a_tag_is_kept() -> None:
    assert plain("2 < 3 and <b>5 > 4</b> &amp; so on") == "2 < 3 and 5 > 4 & so on"


def test_a_notice_is_cut_between_characters() -> None:
    assert shortened("short", 5) == "short"
    assert shortened("longer", 5) == "long…"
    assert shortened("ab😀cd", 4) == "ab…"
