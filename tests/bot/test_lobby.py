"""What a newcomer is told: as much as the dialogue would say, and nothing is kept of it."""

from bot.lobby import Lobby
from tests.support.world import NOON, translator, world

TELEGRAM = {"en": "Telegram", "bn": "টেলিগ্রাম"}
LOBBY = Lobby(translator(), world, lambda: NOON)


def data(hint: str, start: str = "") -> tuple[list[str], str]:
    """The buttons of the only question among the first words, and which question it is."""
    said = LOBBY.first_words(hint, start)
    (asked,) = [one for one in said if one.question]
    return [button.data for row in asked.rows for button in row], asked.question


def test_a_newcomer_is_greeted_in_the_browsers_language_and_asked_for_theirs() -> None:
    for hint in ("en", "bn"):
        buttons, question = data(hint)
        assert question == "language"
        assert {"language=en", "language=bn", "language=other", "do=urgent"} <= set(buttons)
    assert LOBBY.first_words("bn", "") != LOBBY.first_words("en", "")
    assert {one.language for one in LOBBY.first_words("bn", "")} == {"bn"}


def test_a_posters_link_knows_the_language() -> None:
    buttons, question = data("en", "bn-F84122")
    assert question == "welcome"
    assert "welcome=yes" in buttons
    assert {one.language for one in LOBBY.first_words("en", "bn-F84122")} == {"bn"}


def test_a_link_that_knows_nothing_is_no_trouble() -> None:
    for start in ("-", "xx-F84122", "bn-X00000", "F99999", "_"):
        assert data("en", start)[1] in {"language", "welcome"}


def test_the_first_words_are_the_same_each_time_and_for_anybody() -> None:
    first = LOBBY.first_words("en", "")
    LOBBY.first_words("bn", "bn-F84122")
    assert LOBBY.first_words("en", "") == first


def test_the_privacy_notice_is_for_readers_of_every_channel() -> None:
    for language, telegram in TELEGRAM.items():
        notice = " ".join(text for text, _ in LOBBY.privacy(language))
        assert telegram in notice
        assert "ico.org.uk" in notice
        assert "%(" not in notice
    assert LOBBY.privacy("bn") != LOBBY.privacy("en")
