"""The letters about one's own account: an invitation, a forgotten password, a change to know of."""

import secrets

from api.domain.door import AccountNotice
from api.domain.events import Recipient
from api.notifications.messages import PAGES
from api.notifications.transport import Letter


def compose_account(notice: AccountNotice, to: Recipient) -> Letter:
    """The letter; its link is the only thing in it that is not the same for everybody."""
    words = {"name": to.name, "link": notice.link}
    page = PAGES.get_template(f"{notice.occasion}.txt").render(words)
    subject, text = page.split("\n", 1)
    return Letter(
        to_name=to.name,
        to=to.email,
        subject=subject,
        text=text.lstrip("\n"),
        html=PAGES.get_template("letter.html").render(
            paragraphs=text.strip().split("\n\n"), link=notice.link
        ),
        reference="account",
        # Each is another letter, even when it says the same: the link in it is a new one.
        key=secrets.token_hex(16),
    )
