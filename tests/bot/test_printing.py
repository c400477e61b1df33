"""A poster is drawn from the kept directory and the words there are, or refused in a sentence."""

from pathlib import Path

import pytest

from bot.poster import PosterError
from bot.printing import draw_poster
from tests.support.bot_settings import bot_settings
from tests.support.world import translator, world


async def _draw(folder: Path, language: str, bot: str = "DoorwayBot") -> Path:
    settings = bot_settings(folder, intake_url="http://127.0.0.1:9", public_url="http://x.example")
    settings.directory_file.write_text(world().directory.model_dump_json(), encoding="utf-8")
    return await draw_poster(settings, "F84122", language, bot, folder)


@pytest.mark.parametrize("language", translator().languages)
async def test_a_poster_is_drawn_while_the_api_is_away(tmp_path: Path, language: str) -> None:
    drawn = (await _draw(tmp_path, language)).read_text(encoding="utf-8")
    assert f"t.me/DoorwayBot?start={language}-F84122" in drawn
    assert "999" in drawn


async def test_no_poster_in_a_language_without_words(tmp_path: Path) -> None:
    with pytest.raises(PosterError, match="no words in syl yet; a poster can be in: en, "):
        await _draw(tmp_path, "syl")


async def test_no_poster_that_leads_nowhere(tmp_path: Path) -> None:
    with pytest.raises(PosterError, match="Say which chat"):
        await _draw(tmp_path, "en", bot="")
