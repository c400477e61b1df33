"""The letters about one's own account: a link, and nothing about anybody else."""

import pytest

from api.domain.door import AccountNotice, Occasion
from api.domain.events import Recipient
from api.notifications.account import compose_account
from api.notifications.post import Post
from api.notifications.transport import Letter, TransportError
from common.runtime.jobs import LaterError, PermanentError

AMINA = Recipient(1, "Amina <b>", "amina@example.org")
LINK = "https://doorway.example/staff/password/abc-DEF_1"


@pytest.mark.parametrize("occasion", Occasion)
def test_every_occasion_has_a_letter_with_its_link(occasion: Occasion) -> None:
    letter = compose_account(AccountNotice(occasion, LINK), AMINA)
    assert letter.subject
    assert "\n" not in letter.subject
    assert letter.text.startswith("Hello Amina <b>,")
    assert LINK in letter.text.splitlines()
    assert f'<a href="{LINK}">{LINK}</a>' in letter.html
    assert "<b>" not in letter.html
    assert (letter.to, letter.reference) == ("amina@example.org", "account")


def test_two_letters_are_never_taken_for_one() -> None:
    notice = AccountNotice(Occasion.FORGOTTEN, LINK)
    assert compose_account(notice, AMINA).key != compose_account(notice, AMINA).key


@pytest.mark.parametrize(("permanent", "raised"), [(True, PermanentError), (False, LaterError)])
async def test_a_letter_that_is_not_taken_is_tried_again_or_given_up(
    permanent: bool,  # noqa: FBT001 a column of the table
    raised: type[Exception],
) -> None:
    class Refusing:
        async def send(self, letter: Letter) -> None:
            _ = letter
            raise TransportError("refused", permanent=permanent)

    with pytest.raises(raised):
        await Post(Refusing()).write(AccountNotice(Occasion.INVITED, LINK), AMINA)
