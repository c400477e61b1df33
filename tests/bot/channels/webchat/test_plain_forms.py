"""The whole talk by plain forms: every answer is seen, counted once, and nobody else's."""

from pathlib import Path

from bot.dialogue.effects import words
from tests.support.webbot import REFERENCE, web_bot
from tests.support.webtalk import FACTS, TO_THE_CONCERNS, TO_THE_REVIEW, walk
from tests.support.world import translator

OLD_BUTTON = translator().label(words("general", "old_button"), "en")


async def test_a_referral_ends_with_its_reference_and_arrives_once(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW)
        assert bot.intake.taken == {}, "nothing leaves before Send is pressed"
        assert set(FACTS[:1]) < set(visitor.said)
        page = await visitor.press("review=send")
        assert REFERENCE in page.text
        assert "sent=status" in page.choices
        (referral,) = bot.intake.taken.values()
        assert (referral["channel"], referral["name"]) == ("webchat", FACTS[0])
        assert (referral["practice"], referral["concerns"]) == ("F84122", ["housing"])
        assert FACTS[0] not in page.text, "our copy of what was sent is gone"
        assert REFERENCE in (await visitor.open()).text
        assert bot.rows("SELECT count(*) FROM inbox WHERE length(body) > 0") == [(0,)]


async def test_what_is_chosen_shows_on_its_button(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_CONCERNS)
        before = visitor.said
        page = await visitor.press("concerns=housing")
        page = await visitor.press("concerns=money")
        assert [page.toggles[f"concerns={one}"] for one in ("housing", "money", "work")] == [
            *("true", "true", "false")
        ]
        page = await visitor.press("concerns=money")
        assert page.toggles["concerns=money"] == "false"
        assert visitor.said == before, "a toggle needs no line"
        page = await visitor.press("concerns=done")
        assert page.toggles == {}


async def test_the_same_form_sent_twice_counts_once(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW[:-4])
        form = visitor.page.box
        for _ in range(3):
            page = await visitor.send(form, text="Amina Hassan")
        assert visitor.said.count("Amina Hassan") == 1
        assert OLD_BUTTON not in page.text
        await visitor.write("25 3 1980")
        await visitor.write("07700 900123")
        await visitor.press("send_now=send")
        form = visitor.page.form("press", "review=send")
        for _ in range(3):
            await visitor.send(form, press="review=send")
        assert len(bot.intake.taken) == 1


async def test_a_text_that_was_changed_and_sent_again_counts_too(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW[:-4])
        form = visitor.page.box
        await visitor.posted(form, text="Amina")
        await visitor.send(form, text="25 3 1980")
        assert visitor.said[-3:-1].count("25 3 1980") == 1
        assert "Amina" in visitor.said


async def test_the_button_of_a_page_that_is_out_of_date_is_answered_kindly(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW[:2])
        old = visitor.page.form("press", "who_for=me")
        await visitor.press("who_for=me")
        page = await visitor.send(old, press="who_for=child")
        assert OLD_BUTTON in visitor.said[-1]
        assert "safe_now=safe" in page.choices
        page = await visitor.send(old, press="do=skip")
        assert "safe_now=safe" in page.choices, "what was not read is not skipped"


async def test_back_and_the_menu_are_plain_buttons(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW[:3])
        page = await visitor.press("do=back")
        assert "who_for=me" in page.choices
        page = await visitor.command("privacy")
        assert "ico.org.uk" in page.text
        page = await visitor.command("delete")
        assert visitor.said
        assert bot.count("conversation") == [0]
        page = await visitor.write("hello again")
        assert "language=en" in page.choices or "welcome=yes" in page.choices


async def test_nothing_written_is_nothing_said(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), "language=en")
        before = visitor.said
        for text in ("", " \r\n "):
            await visitor.write(text)
        assert visitor.said == before
        assert bot.count("inbox") == [2]


async def test_words_are_shown_as_they_were_typed(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        typed = "<script>alert(1)</script> & %(x)s\n\"'"
        visitor = await walk(bot.visitor(), *TO_THE_CONCERNS, "concerns=done", typed)
        assert typed in visitor.said
        assert "<script>alert" not in visitor.page.source


async def test_nobody_sees_the_talk_of_another_browser(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW)
        stranger = bot.visitor()
        page = await stranger.open()
        assert "language=en" in page.choices
        assert "Amina" not in page.source
        other = await walk(stranger, "language=bn")
        taken = visitor.page.form("press", "review=send")
        page = await other.send(taken, press="review=send")
        assert other.answer.status_code == 403
        assert "Amina" not in page.source
        assert bot.intake.taken == {}


async def test_the_file_names_no_talk_and_says_nothing(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW)
        named = visitor.cookie
        kept = bot.on_disk()
        for secret in (named, "webchat:", "Amina", "900123", "housing"):
            assert secret.encode() not in kept, secret
