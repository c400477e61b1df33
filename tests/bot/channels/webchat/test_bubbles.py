"""A message's HTML on the page: paragraphs, line breaks, and numbers that can be tapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.channels.webchat.bubbles import bubble, own_words

FSI, PDI = "\u2068", "\u2069"
NUMBERS = frozenset({"116 123", "999"})


def linked(number: str) -> str:
    return f'<a href="tel:{number.replace(" ", "")}"><bdi dir="ltr">{number}</bdi></a>'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("Hello", "<p>Hello</p>"),
        ("One\n\nTwo\n\n\nThree\n", "<p>One</p><p>Two</p><p>Three</p>"),
        ("One\nTwo", "<p>One<br>Two</p>"),
        (f"Ring {FSI}116 123{PDI} now", f"<p>Ring {linked('116 123')} now</p>"),
        (f"{FSI}999{PDI}\n{FSI}999{PDI}", f"<p>{linked('999')}<br>{linked('999')}</p>"),
        # Only what Doorway itself names is to be rung, and only where it is one value.
        (f"{FSI}07700 900123{PDI}", f"<p>{FSI}07700 900123{PDI}</p>"),
        ("Ring 116 123", "<p>Ring 116 123</p>"),
        (f"{FSI}116 123 4{PDI}", f"<p>{FSI}116 123 4{PDI}</p>"),
        ("<b>It</b> is &lt;b&gt; &amp;", "<p><b>It</b> is &lt;b&gt; &amp;</p>"),
        ("", "<p></p>"),
    ],
)
def test_a_message_becomes_paragraphs(html: str, shown: str) -> None:
    assert bubble(html, NUMBERS) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Amina Hassan", "<p>Amina Hassan</p>"),
        (" one\ntwo \n", "<p>one<br>two</p>"),
        ("<script>x</script> & 'y'", "<p>&lt;script&gt;x&lt;/script&gt; &amp; &#39;y&#39;</p>"),
        ("%s {} {0}", "<p>%s {} {0}</p>"),
        ("আমি", "<p>আমি</p>"),
    ],
)
def test_own_words_are_shown_as_they_were_typed(text: str, shown: str) -> None:
    assert own_words(text) == shown


@given(some.text())
def test_nobody_writes_markup(text: str) -> None:
    shown = own_words(text)
    inside = shown.removeprefix("<p>").removesuffix("</p>").replace("<br>", "")
    assert "<" not in inside
    assert ">" not in inside
