"""The post says to the jobs whether to try again."""

from pathlib import Path

import pytest

from api.domain.events import Notice, Recipient
from api.notifications.post import Post, open_post
from api.notifications.transport import Letter, TransportError
from common.runtime.jobs import LaterError, PermanentError
from tests.support.clock import MovedClock
from tests.support.smtp import post_office

NOTICE = Notice("TH-7K3M-9QX", "referral", "", urgent=True, because="no_practice", link="https://d")
AMINA = Recipient(3, "Amina", "amina@nhs.example")


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


class Refusing:
    """A transport that takes nothing."""

    def __init__(self, *, permanent: bool) -> None:
        self.permanent = permanent

    async def send(self, letter: Letter) -> None:
        _ = letter
        raise TransportError("SMTPDataError", permanent=self.permanent)


async def test_a_refusal_for_good_is_not_tried_again() -> None:
    with pytest.raises(PermanentError):
        await Post(Refusing(permanent=True)).tell(NOTICE, AMINA)


async def test_a_refusal_for_now_is_tried_again_without_end() -> None:
    with pytest.raises(LaterError) as caught:
        await Post(Refusing(permanent=False)).tell(NOTICE, AMINA)
    assert caught.value.after == 60


async def test_without_a_server_letters_become_files(tmp_path: Path) -> None:
    post = open_post("", sender="d@th.example", folder=tmp_path, clock=MovedClock())
    await post.tell(NOTICE, AMINA)
    assert files(tmp_path) == ["20261123T093000Z-TH-7K3M-9QX.eml"]


async def test_with_a_server_letters_go_there(tmp_path: Path) -> None:
    async with post_office() as office:
        post = open_post(office.url, sender="d@th.example", folder=tmp_path, clock=MovedClock())
        await post.tell(NOTICE, AMINA)
    assert [one["To"] for one in office.letters] == ["Amina <amina@nhs.example>"]
    assert files(tmp_path) == []
