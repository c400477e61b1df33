"""Somebody at the page of one referral, pressing its buttons and filling in its forms."""

import re
from dataclasses import dataclass

from httpx2 import Response

from tests.support.staff_browser import Browser

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@dataclass
class Desk:
    """Somebody at the page of one referral."""

    browser: Browser
    reference: str

    @property
    def address(self) -> str:
        return f"/staff/referrals/{self.reference}"

    def page(self) -> str:
        answer = self.browser.get(self.address)
        assert answer.status_code == 200
        return answer.text

    def form(self, path: str) -> str:
        answer = self.browser.get(f"{self.address}/{path}")
        assert answer.status_code == 200, answer.text
        return answer.text

    def hidden(self, page: str) -> dict[str, str]:
        """What a form carries, the same on every form of a page."""
        return dict(HIDDEN.findall(page.partition("<main")[2]))

    def presses(self, path: str) -> Response:
        return self.browser.post(f"{self.address}/{path}", self.hidden(self.page()))

    def fills_in(self, path: str, **fields: str) -> Response:
        hidden = self.hidden(self.form(path))
        return self.browser.post(f"{self.address}/{path}", {**hidden, **fields})


def options(page: str) -> list[str]:
    """What a form lets one choose from."""
    return re.findall(r'type="radio"[^>]* value="(\w+)"', page)
