"""The poster leads to the chat, reads in both languages, and is refused where it would mislead."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import segno

from bot.poster import PosterError, PosterOrder, chat_link, poster, write_poster
from common.contract.directory import Borough, Directory, Practice
from common.contract.languages import LANGUAGES

LINK = "https://t.me/DoorwayBot?start=bn-F84122"
SVG = "{http://www.w3.org/2000/svg}"
DIRECTORY = Directory(
    version="1",
    practices=(
        Practice(ods_code="F84122", name="XX Place & Co", street="Bancroft", postcode="E1 4DG"),
        Practice(ods_code="F84682", name="East One", street="Dean", postcode="E1 2QA", open=False),
    ),
    borough=Borough(inside={}),
)


def words(language: str, message: str) -> str:
    if language == "zh":
        return "生活上有医疗以外的困难，需要人帮一把吗？请按 Start，用您的语言回答几个问题。"
    return f"{message} in <{language}> " + "with a few more words to fill the line and break it"


def drawn(language: str = "bn") -> ET.Element:
    return ET.fromstring(poster("XX Place & Co", language, LINK, words))


def lines(page: ET.Element) -> list[str]:
    return [element.text or "" for element in page.iter(f"{SVG}text")]


def test_the_link_carries_language_and_practice_as_start_expects_them() -> None:
    assert chat_link("DoorwayBot", "bn", "F84122") == LINK
    assert chat_link("@DoorwayBot", "bn", "F84122") == LINK
    assert chat_link("https://chat.example/", "so", "F84122") == (
        "https://chat.example/?start=so-F84122"
    )


@pytest.mark.parametrize("bot", ["", "bot", "Doorway Bot", "http://chat.example", "a/b?c=defgh"])
def test_a_chat_that_is_none_is_refused(bot: str) -> None:
    with pytest.raises(PosterError, match="neither a Telegram username"):
        chat_link(bot, "bn", "F84122")


def test_the_code_is_the_link_with_four_modules_of_white_around() -> None:
    code = drawn().find(f".//{SVG}svg")
    assert code is not None
    path = code.find(f"{SVG}path")
    assert path is not None
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path.get("d", ""))}
    matrix = segno.make_qr(LINK, error="m").matrix
    wanted = {(x + 4, y + 4) for y, row in enumerate(matrix) for x, on in enumerate(row) if on}
    assert dark == wanted
    assert code.get("viewBox") == f"0 0 {len(matrix) + 8} {len(matrix) + 8}"


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES if one.written])
def test_every_message_stands_whole_and_in_its_direction(language: str) -> None:
    page = drawn(language)
    shown = "".join("".join(lines(page)).split())
    for code in {language, "en"}:
        for message in ("heading", "how", "free"):
            assert "".join(words(code, message).split()) in shown
    directions = {element.get("direction") for element in page.iter(f"{SVG}text")}
    assert ("rtl" in directions) == (language in {"ar", "ur"})


def test_english_is_said_once_on_the_english_poster() -> None:
    assert sum("heading" in line for line in lines(drawn("en"))) == 1


def test_the_practice_and_the_address_can_be_read() -> None:
    assert lines(drawn())[-2:] == ["XX Place & Co", LINK.removeprefix("https://")]


def test_nothing_leaves_the_page_and_nothing_overlaps() -> None:
    feet = [float(element.get("y", "")) for element in drawn().iter(f"{SVG}text")]
    assert feet == sorted(set(feet))
    assert feet[0] > 10
    assert feet[-1] < 297


def test_chinese_never_begins_a_line_with_a_closing_mark_or_cuts_a_word() -> None:
    said = [line for line in lines(drawn("zh")) if "\u4e00" <= max(line) <= "\uffef"]
    assert len(said) > 3
    assert not [line for line in said if line[0] in "，。？ "]
    assert any("Start" in line for line in said)


def test_long_words_make_the_door_smaller() -> None:
    page = ET.fromstring(poster("XX", "en", LINK, lambda _, message: words("en", message) * 2))
    door = page.find(f"{SVG}g")
    assert door is not None
    assert 0.6 <= float(door.get("transform", "").split("scale(")[1].rstrip(")")) < 1


def test_words_that_leave_no_room_for_the_code_are_refused() -> None:
    with pytest.raises(PosterError, match="too long"):
        poster("XX", "bn", LINK, lambda code, message: words(code, message) * 5)


def test_it_is_written_under_the_practice_and_the_language(tmp_path: Path) -> None:
    order = PosterOrder(" f84122", "bn", "DoorwayBot")
    path = write_poster(order, DIRECTORY, words, tmp_path / "var")
    assert path == tmp_path / "var" / "poster-F84122-bn.svg"
    assert path.read_text(encoding="utf-8") == poster("XX Place & Co", "bn", LINK, words)


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (PosterOrder("F99999", "bn", "DoorwayBot"), "No practice of the directory has the code"),
        (PosterOrder("F84682", "bn", "DoorwayBot"), "has closed: no poster"),
        (PosterOrder("F84122", "de", "DoorwayBot"), "Doorway writes: en, bn, so"),
        (PosterOrder("F84122", "syl", "DoorwayBot"), "No posters in 'syl'"),
        (PosterOrder("F84122", "bn", "no bot"), "neither a Telegram username"),
    ],
)
def test_what_would_mislead_is_refused_and_not_written(
    tmp_path: Path, order: PosterOrder, sentence: str
) -> None:
    with pytest.raises(PosterError, match=sentence):
        write_poster(order, DIRECTORY, words, tmp_path)
    assert list(tmp_path.iterdir()) == []
