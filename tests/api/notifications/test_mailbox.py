"""Letters as files: whole, named by time and reference, none written over another."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from api.notifications.mailbox import Mailbox
from api.notifications.transport import Letter, TransportError
from tests.support.clock import MovedClock

LETTER = Letter("Amina", "a@b.example", "Subject", "একা\n", "<p>একা</p>", "TH-7K3M-9QX", "abc")


async def test_each_letter_is_a_file_of_its_own(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path / "mail", sender="d@th.example", clock=MovedClock())
    await mailbox.send(LETTER)
    await mailbox.send(LETTER)
    names = sorted(path.name for path in (tmp_path / "mail").iterdir())
    assert names == ["20261123T093000Z-TH-7K3M-9QX-2.eml", "20261123T093000Z-TH-7K3M-9QX.eml"]
    letter = message_from_bytes((tmp_path / "mail" / names[1]).read_bytes(), policy=default)
    assert letter["Message-ID"] == "<abc@th.example>"


async def test_a_folder_that_cannot_be_made_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    mailbox = Mailbox(tmp_path / "file", sender="d@th.example", clock=MovedClock())
    with pytest.raises(TransportError) as caught:
        await mailbox.send(LETTER)
    assert not caught.value.permanent
