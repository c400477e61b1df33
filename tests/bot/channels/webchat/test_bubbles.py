"""A message's HTML on the page: paragraphs, line breaks, and numbers that can be tapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.channels.webchat.bubbles import bubble, own_words
from bot.ports import Outgoing

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
        (f"{FSI}07700 900123{PDI}", '<p><bdi class="whole">07700 900123</bdi></p>'),
        (f"In {FSI}E14 6PG{PDI}", '<p>In <bdi class="whole">E14\u00a06PG</bdi></p>'),
        ("For example: E1 4DG.", "<p>For example: E1\u00a04DG.</p>"),
        (
            "Ring 999 now. TH-999 and 0999 are others.",
            f"<p>Ring {linked('999')} now. TH-999 and 0999 are others.</p>",
        ),
        (f"For {FSI}Amina Hassan{PDI}", f"<p>For {FSI}Amina Hassan{PDI}</p>"),
        ("Ring 116 123", "<p>Ring 116 123</p>"),
        (f"{FSI}116 123 4{PDI}", '<p><bdi class="whole">116 123 4</bdi></p>'),
        ("<b>It</b> is &lt;b&gt; &amp;", "<p><b>It</b> is &lt;b&gt; &amp;</p>"),
    ],
)
def test_a_message_becomes_paragraphs(html: str, shown: str) -> None:
    assert bubble(Outgoing("say", html=html), NUMBERS) == shown


def test_a_notice_is_a_paragraph() -> None:
    assert bubble(Outgoing("answer", label="Is it <3?"), NUMBERS) == "<p>Is it &lt;3?</p>"


def test_a_paragraph_in_another_language_says_so() -> None:
    greeting = Outgoing("say", html="أهلاً\n\nHello", language="ar", languages=("ar", "en"))
    assert bubble(greeting, NUMBERS) == '<p>أهلاً</p><p lang="en-GB" dir="ltr">Hello</p>'


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
