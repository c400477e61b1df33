"""The checks of what is put in, marked up, dialled and looked up: by examples."""

import pytest

from common.words.checking import problems
from tests.common.words.examples import TEXT, Example, made

DAY = ("After %(count)s day.", "After %(count)s days.")

EXAMPLES = [
    Example("as it should be", "Ring %(phone)s.", "%(phone)s নম্বরে ফোন করুন।"),
    Example("nothing there", "Hello.", " ", {"empty"}),
    Example("no texts at all", "Hello.", (), {"empty", "plural_forms"}),
    Example("a form is empty", DAY, ("%(count)s দিন পরে।", ""), {"empty"}),
    Example("too few forms", DAY, ("%(count)s দিন পরে।",), {"plural_forms"}),
    Example("a placeholder lost", "Ring %(phone)s.", "ফোন করুন।", {"placeholder_missing"}),
    Example(
        "lost in one form", DAY, ("%(count)s দিন পরে।", "অনেক দিন পরে।"), {"placeholder_missing"}
    ),
    Example(
        "one and two may be said in words",
        DAY,
        (
            "بعد أقل من يوم.",
            "بعد يوم واحد.",
            "بعد يومين.",
            "بعد %(count)s أيام.",
            "بعد %(count)s يومًا.",
            "بعد %(count)s يوم.",
        ),
        language="ar",
    ),
    Example(
        "a placeholder misspelt",
        "Ring %(phone)s.",
        "%(fone)s নম্বরে ফোন করুন।",
        {"placeholder_missing", "placeholder_extra"},
    ),
    Example(
        "a placeholder broken",
        "Ring %(phone)s.",
        "%(phone) নম্বরে।",
        {"placeholder_missing", "percent"},
    ),
    Example("a format of its own", "Hello.", "হ্যালো {name.__class__}।"),
    Example("a per cent sign", "All of it.", "100% সব।", {"percent"}),
    Example("a per cent sign, written so", "All 100%%.", "সব 100%%।", set()),
    Example("bold kept", "<b>Yes</b>.", "<b>হ্যাঁ</b>।"),
    Example("bold lost", "<b>Yes</b>.", "হ্যাঁ।", {"tag_differs"}),
    Example("bold not ended", "<b>Yes</b>.", "<b>হ্যাঁ।", {"tag_unbalanced", "tag_differs"}),
    Example("ended before begun", "<b>Yes</b>.", "</b>হ্যাঁ<b>।", {"tag_unbalanced"}),
    Example(
        "a script",
        "Yes.",
        "<script>হ্যাঁ</script>।",
        {"tag_not_allowed", "tag_differs"},
    ),
    Example(
        "a link elsewhere",
        'See <a href="https://example.org/a">this</a>.',
        '<a href="https://example.org/b">এটা</a> দেখুন।',
        {"tag_differs"},
    ),
    Example(
        "a link that does something",
        'See <a href="https://example.org/a">this</a>.',
        '<a href="https://example.org/a" onclick="x">এটা</a> দেখুন।',
        {"tag_not_allowed", "tag_differs"},
    ),
    Example("a sign that stands alone", "Tea and cake.", "চা & কেক।", {"sign"}),
    Example("a sign written so", "Tea &amp; cake.", "চা &amp; কেক।"),
    Example("a command lost", "Send /delete.", "মুছে দিন পাঠান।", {"command_missing"}),
    Example(
        "a command translated", "Send /delete.", "/mucho পাঠান।", {"command_missing", "command_extra"}
    ),
    Example("no command in a date", "Like 25/3/1980.", "যেমন ২৫/৩/১৯৮০।"),
    Example("a number lost", "Ring 999.", "ফোন করুন।", {"phone"}),
    Example("a number in other digits", "Ring 999.", "৯৯৯ নম্বরে ফোন করুন।", {"phone_digits"}),
    Example("a number regrouped", "Ring 07700 900123.", "07700900123 নম্বরে।", {"phone"}),
    Example("a number of its own", "Ring us.", "020 7456 9820 নম্বরে ফোন করুন।", {"number_typed"}),
    Example(
        "one from abroad may be of their own country",
        "Like +880 1711 123456.",
        "Sida +252 61 1234567.",
        language="so",
    ),
    Example("a postcode changed", "Like E1 4DG.", "যেমন E1 4DH।", {"phone"}),
    Example("the dead line", "Ring us.", "0800 073 0003", {"dead_number", "ending"}),
    Example("the dead line in English", "Ring us.", "Ring 0800 0730003.", {"dead_number"}, "en"),
    Example("a count in their own digits", "After 48 hours.", "৪৮ ঘণ্টা পরে।"),
    Example("another count", "After 48 hours.", "৮৪ ঘণ্টা পরে।", {"number"}),
    Example("an address kept", "See ico.org.uk.", "ico.org.uk দেখুন।"),
    Example("an address lost", "See ico.org.uk.", "দেখুন।", {"address_missing"}),
    Example("an address of its own", "See us.", "https://example.com/x দেখুন।", {"address_added"}),
    Example(
        "the name in an example", "Like name@example.org.", "Sida magac@example.org.", language="so"
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.says)
def test_what_is_found(example: Example) -> None:
    assert example.found == example.codes


def test_what_must_be_mended_comes_first_and_nothing_is_said_twice() -> None:
    english = made(TEXT, "Ring %(phone)s?")
    found = problems("bn", english, made(TEXT, "ফোন  করুন। ফোন  করুন।"))
    assert [one.must for one in found] == [True, False, False]
    assert len(set(found)) == len(found)


def test_a_language_nobody_counts_in_is_checked_all_the_same() -> None:
    counted = made(TEXT, *DAY, plural="many")
    said = made(TEXT, "%(count)s", "%(count)s", "%(count)s", plural="many")
    assert {one.code for one in problems("xx", counted, said) if one.must} == set()
