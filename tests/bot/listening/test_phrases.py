"""The exact-phrase list fires on its own words, in any dress, and on nothing of everyday life."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.inbound import Signals
from bot.listening.phrases import PhraseListener
from common.contract.languages import LANGUAGES
from common.listening.phrases import CHECK, HARMLESS, URGENT, Phrase, PhrasesError, read_phrases
from tests.support.yamls import read_yaml

HERE = Path(__file__).parent
LOCALES = HERE.parents[2] / "locales"
LISTENER = PhraseListener.load(LOCALES)
WRITTEN = [language.code for language in LANGUAGES if language.written]
NOTHING = Signals()
ROOMY = {"en": 40, "bn": 40}


def heard(text: str, listener: PhraseListener = LISTENER) -> Signals:
    return asyncio.run(listener.hear(text))


def tier(text: str) -> str:
    signals = heard(text)
    return "urgent" if signals.urgent else "check" if signals.check else "none"


def data(name: str) -> Any:  # noqa: ANN401 the shape is the file's own
    return read_yaml(HERE / name)


def phrases(language: str) -> tuple[Phrase, ...]:
    return read_phrases(LOCALES / language / "phrases.txt")


@pytest.mark.parametrize("language", WRITTEN)
def test_every_written_language_has_enough_phrases_of_both_tiers(language: str) -> None:
    count = Counter(phrase.tier for phrase in phrases(language))
    assert min(count[URGENT], count[CHECK]) >= ROOMY.get(language, 20)


@pytest.mark.parametrize("language", [code for code in WRITTEN if code != "en"])
def test_a_drafted_list_says_that_no_native_speaker_has_read_it(language: str) -> None:
    head = (LOCALES / language / "phrases.txt").read_text(encoding="utf-8").split("[", 1)[0]
    assert "not yet reviewed by a native speaker" in head


@pytest.mark.parametrize("language", WRITTEN)
def test_every_phrase_fires_in_its_own_tier(language: str) -> None:
    wanted = [phrase for phrase in phrases(language) if phrase.tier != HARMLESS]
    silent = [one.text for one in wanted if not getattr(heard(f"hi, {one.text}. ok"), one.tier)]
    assert silent == []


@pytest.mark.parametrize("language", WRITTEN)
def test_every_harmless_phrase_holds_a_warning_and_silences_it(language: str) -> None:
    calm = [phrase.text for phrase in phrases(language) if phrase.tier == HARMLESS]
    assert [text for text in calm if heard(text) != NOTHING] == []
    loud = PhraseListener(one for code in WRITTEN for one in phrases(code) if one.tier != HARMLESS)
    assert [text for text in calm if heard(text, loud) == NOTHING] == []


@pytest.mark.parametrize("sentence", data("everyday.yaml")["quiet"])
def test_everyday_talk_raises_nothing(sentence: str) -> None:
    assert heard(sentence) == NOTHING


@pytest.mark.parametrize("case", data("everyday.yaml")["known_false_alarms"], ids=str)
def test_what_is_raised_without_need_is_known(case: dict[str, str]) -> None:
    assert tier(case["text"]) == case["tier"]


@pytest.mark.parametrize(
    "text",
    [
        "WANT TO DIE",
        "want,to...die!!!",
        "i   want \n\n to \t die",
        "i waaant to dieeeee",
        "I want 🥺 to 😢 die",
        "i w a n t t o d i e",
        "k.i.l.l m.y.s.e.l.f",
        "i don't want to live",
        "i don\u2019t want to live",
        "i dont wanna live",
        "\u2066want to die\u2069",
        "ｗａｎｔ ｔｏ ｄｉｅ",
        "I want to die (hello) বাংলা",
        "আমি মরতে\u200d চাই।",
        "ami MORTE CHAI",
        "وبدي اموت",
        "أُرِيدُ أَنْ أَمُوت",
        "我 不想 活了！",
        "我真的不想活了",
        "non voglio piu vivere",
        "nie chce juz zyc",
        "yasamak istemiyorum",
        "khong muon song nua",
    ],
)
def test_the_way_of_typing_does_not_matter(text: str) -> None:
    assert heard(text).urgent


def test_the_language_of_the_session_does_not_matter() -> None:
    assert asyncio.run(LISTENER.hear("morte chai")).urgent


def test_one_text_may_raise_both_tiers() -> None:
    assert heard("he hits me and i want to die") == Signals(urgent=True, check=True)


def test_a_warning_beside_a_harmless_phrase_is_still_heard() -> None:
    assert heard("I don't want to live here, I want to die").urgent
    assert heard("I don't want to live in pain").urgent
    assert heard("我想死你们了，可是我不想活了").urgent


@pytest.mark.parametrize("filler", [1_000, 4_096, 200_000])
def test_the_end_of_a_long_text_is_heard(filler: int) -> None:
    assert heard("x " * filler + "i want to die").urgent
    assert heard("i want to die" + " x" * filler).urgent


def test_the_same_words_in_two_lists_raise_the_graver_tier() -> None:
    listener = PhraseListener([Phrase("so sad now", CHECK), Phrase("So sad, now", URGENT)])
    assert heard("so sad now", listener) == Signals(urgent=True)
    listener = PhraseListener([Phrase("so sad now", URGENT), Phrase("so sad now", CHECK)])
    assert heard("so sad now", listener) == Signals(urgent=True)


@given(st.text())
def test_it_never_raises(text: str) -> None:
    assert isinstance(heard(text), Signals)


@given(
    st.text(alphabet=st.characters(codec=None, categories=("Cs", "Mn", "Cf", "Lo")), max_size=50)
)
def test_it_never_raises_on_broken_or_rare_characters(text: str) -> None:
    assert isinstance(heard(text), Signals)


def test_the_figures_on_the_hard_sentences() -> None:
    """Not a pass mark: whoever changes a list sees here what changed, and writes it in ADR 0011."""
    seen = Counter((row["means"], tier(row["text"])) for row in data("table.yaml"))
    assert seen == {
        ("urgent", "urgent"): 14,
        ("urgent", "check"): 4,
        ("urgent", "none"): 22,
        ("check", "check"): 10,
        ("check", "none"): 28,
        ("none", "none"): 36,
    }


def test_of_a_very_long_text_only_the_ends_are_read() -> None:
    """So that nobody's text takes long: the work does not grow with it."""
    filler = "x " * 5_000
    assert heard(f"{filler}i want to die {filler}") == NOTHING


@pytest.mark.parametrize(
    ("content", "line"),
    [("want to die\n", 1), ("[urgent]\nok then\n[grave]\n", 3), ("[check]\n# fine\n!!\n", 3)],
)
def test_a_broken_list_is_refused_by_line(tmp_path: Path, content: str, line: int) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "phrases.txt").write_text(content, encoding="utf-8")
    with pytest.raises(PhrasesError, match=f"xx/phrases.txt, line {line}:"):
        PhraseListener.load(tmp_path)


def test_a_deaf_listener_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PhrasesError, match=r"no phrases\.txt"):
        PhraseListener.load(tmp_path)
