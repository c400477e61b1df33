"""The checks of buttons, lists, lengths, directions and the words themselves: by examples."""

import pytest

from common.words.checking import problems
from common.words.checks.reading_age import reading_age
from common.words.terms import Term
from tests.common.words.examples import BUTTON, Example, made
from tests.common.words.test_checks_of_pieces import EXAMPLES as OF_PIECES

PRACTICE_TERM = Term(("GP practice", "surgery"), ("জিপি প্র্যাকটিস",))
BACK = made(("do", "back"), "পেছনে যান")
LONG = "ক" * 4097

EXAMPLES = [
    Example("a button that is there", "Press “Back”.", "“পেছনে যান” চাপুন।", siblings=(BACK,)),
    Example(
        "a button that is not",
        "Press “Back”.",
        "“পেছনে যাও” চাপুন।",
        {"quoted_button"},
        siblings=(BACK,),
    ),
    Example(
        "a button not named", "Press “Back”.", "পেছনে যান চাপুন।", {"quoted_count"}, siblings=(BACK,)
    ),
    Example("marks for something else", "Press it.", "“এটা” চাপুন।", {"quoted_count"}),
    Example("not known without all", "Press “Back”.", "“পেছনে যাও” চাপুন।"),
    Example("a button", "Yes", "হ্যাঁ", name=BUTTON),
    Example(
        "two buttons alike, but for case and signs",
        "Yes",
        "OUI !",
        {"button_alike", "ending"},
        language="fr",
        name=BUTTON,
        siblings=(made(("welcome", "no"), "Oui"),),
    ),
    Example(
        "alike in another step",
        "Yes",
        "Oui",
        language="fr",
        name=BUTTON,
        siblings=(made(("safe_text", "yes"), "Oui"), made(BUTTON, "Oui")),
    ),
    Example(
        "alike to one that stands everywhere",
        "Yes",
        "পেছনে যান",
        {"button_alike"},
        name=BUTTON,
        siblings=(BACK,),
    ),
    Example(
        "two labels alike",
        "Name",
        "নাম",
        {"button_alike"},
        name=("name", "label"),
        siblings=(made(("name_to_use", "label"), "নাম"),),
    ),
    Example(
        "a label like a button of its question",
        "Phone",
        "ফোন",
        name=("phone", "label"),
        siblings=(made(("phone", "no_phone"), "ফোন"),),
    ),
    Example("a button too long for WhatsApp", "Yes", "হ" * 21, {"button_whatsapp"}, name=BUTTON),
    Example(
        "a button that may be cut", "Yes", "হ" * 40, {"button_whatsapp", "button_long"}, name=BUTTON
    ),
    Example(
        "a button wider than a phone",
        "Yes",
        "是" * 25,
        {"button_whatsapp", "button_wide"},
        language="zh",
        name=BUTTON,
    ),
    Example(
        "half a row",
        "Any time",
        "যেকোনো সময়ে হতে পারে",
        {"button_long", "button_whatsapp"},
        name=("best_time", "any"),
    ),
    Example("a list", "yes|y", "হ্যাঁ|জি", name=("general", "yes_spellings")),
    Example(
        "a gap in a list", "yes|y", "হ্যাঁ||জি", {"list_empty"}, name=("general", "yes_spellings")
    ),
    Example(
        "yes that is no",
        "yes|y",
        "হ্যাঁ|জি",
        {"list_twice"},
        name=("general", "yes_spellings"),
        siblings=(made(("general", "no_spellings"), "না|জি"),),
    ),
    Example(
        "to agree is a yes",
        "yes|y",
        "হ্যাঁ|জি",
        name=("general", "yes_spellings"),
        siblings=(
            made(("general", "agree_spellings"), "জি"),
            made(("commands", "help_spellings"), "জি"),  # another place: nobody confuses them
        ),
    ),
    Example(
        "eleven months",
        "jan",
        "|".join("abcdefghijk"),
        {"list_months"},
        name=("date_of_birth", "month_spellings"),
    ),
    Example(
        "twelve months",
        "jan",
        "|".join("abcdefghijkl"),
        name=("date_of_birth", "month_spellings"),
    ),
    Example(
        "a month that is two",
        "jan",
        "a/b|b|" + "|".join("cdefghijkl"),
        {"list_twice"},
        name=("date_of_birth", "month_spellings"),
    ),
    Example("too long for Telegram", "Hello.", f"{LONG}।", {"too_long"}),
    Example("room for what is put in", "%(a)s.", f"{'ক' * 3900}%(a)s।", {"too_long"}),
    Example(
        "a notice too long", "Wait.", f"{'ক' * 200}।", {"too_long"}, name=("status", "one_moment")
    ),
    Example("two units each", "Hello.", f"{'😀' * 2048}।", {"too_long"}),
    Example("a space before", "Hello.", " হ্যালো।", {"space_outside"}),
    Example("two spaces", "Hello you.", "হ্যালো  আপনি।", {"space_double"}),
    Example("a control sign", "Hello.", "হ্যা\x07লো।", {"control"}),
    Example("a lost letter", "Hello.", "হ্যা\ufffdলো।", {"lost_letter"}),
    Example("new lines may be", "Hello.", "হ্যালো\nআপনি।"),
    Example(
        "a command without its mark", "Send /delete.", "أرسل /delete.", {"direction_command"}, "ar"
    ),
    Example("a command with its mark", "Send /delete.", "أرسل \u200e/delete.", language="ar"),
    Example(
        "digits in groups",
        "Like 07700 900123.",
        "مثل 07700 900123.",
        {"direction_number"},
        "ar",
    ),
    Example(
        "digits with their mark", "Like 07700 900123.", "مثل \u200e07700 900123.", language="ar"
    ),
    Example("digits within Latin letters", "Like E14 8HQ.", "مثل E14 8HQ.", language="ar"),
    Example("at the very beginning", "/delete it.", "/delete هذا.", {"direction_command"}, "ar"),
    Example("no marks from left to right", "Send /delete.", "/delete পাঠান।"),
    Example("isolates in pairs", "Hello.", "مرحبا \u2068Ali\u2069.", language="ar"),
    Example("an isolate not ended", "Hello.", "مرحبا \u2068Ali.", {"direction_isolate"}, "ar"),
    Example("an isolate not begun", "Hello.", "مرحبا Ali\u2069.", {"direction_isolate"}, "ar"),
    Example("forced", "Hello.", "مرحبا \u202eAli\u202c.", {"direction_forced"}, "ar"),
    Example("a picture lost", "🔊 Listen", "শুনুন", {"emoji_lost"}, name=("general", "listen")),
    Example("a picture kept", "🔊 Listen", "🔊 শুনুন", name=("general", "listen")),
    Example("a question without its mark", "Is it safe?", "এটা কি নিরাপদ।", {"ending"}),
    Example("an Arabic question", "Is it safe?", "هل هذا آمن؟", language="ar"),
    Example("an Urdu full stop", "It is safe.", "یہ محفوظ ہے۔", language="ur"),
    Example("a Chinese one", "It is safe.", "这里安全。", language="zh"),
    Example("within marks and tags", "<b>Press “Send”.</b>", "<b>“পাঠান” চাপুন।</b>"),
    Example("still English", "Check your answers.", "Check your answers.", {"same_as_english"}),
    Example("a name stays", "Tower Hamlets Connect.", "Tower Hamlets Connect."),
    Example("no is no", "No", "No", language="es", name=("welcome", "no")),
    Example(
        "some of it still English",
        "Type the day, the month, then the year type.",
        "দিন লিখুন, then the year type দিন।",
        {"english_left"},
    ),
    Example(
        "a service's name within",
        "Ring the National Domestic Abuse Helpline.",
        "National Domestic Abuse Helpline-এ ফোন করুন।",
    ),
    Example(
        "a fixed word",
        "Ask your GP practice.",
        "আপনার জিপি প্র্যাকটিসে জিজ্ঞেস করুন।",
        terms=(PRACTICE_TERM,),
    ),
    Example(
        "another word for it",
        "Ask your GP practice.",
        "আপনার ডাক্তারখানায় জিজ্ঞেস করুন।",
        {"term"},
        terms=(PRACTICE_TERM,),
    ),
    Example("not of this text", "Ask us.", "আমাদের জিজ্ঞেস করুন।", terms=(PRACTICE_TERM,)),
    Example(
        "English for a lawyer",
        "Hello.",
        "Notwithstanding administrative considerations, eligibility determinations necessitate "
        "comprehensive documentation regarding the residential circumstances.",
        {"reading_age"},
        "en",
    ),
    Example("English without a word", "Hello.", "…", set(), "en"),
    Example(
        "English for a child",
        "Hello.",
        "I ask some short questions. Then a person from your GP practice gets in touch with you.",
        language="en",
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.says)
def test_what_is_found(example: Example) -> None:
    assert example.found == example.codes


def test_every_sentence_is_short_and_plain() -> None:
    for example in (*EXAMPLES, *OF_PIECES):
        english, said = (example.message(one) for one in (example.english, example.translated))
        for one in problems(example.language, english, said, terms=example.terms):
            assert one.says[0].isupper() or one.says[0] in "“<0</", one.says
            assert one.says.endswith((".", "?")), one.says
            assert len(one.says) < 160, one.says


def test_nobody_reads_what_has_no_words() -> None:
    with pytest.raises(ValueError, match="no words"):
        reading_age("…")
