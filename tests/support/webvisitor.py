"""Somebody with a browser that runs no scripts, at the web chat."""

from collections.abc import Mapping

import httpx2

from tests.support.webpage import Page, PageForm

SAME_ORIGIN = {"sec-fetch-site": "same-origin"}
COOKIE, LEFT = "doorway_talk", "doorway_left"


class Visitor:
    """One browser; `page` is what it shows, `answer` how that came."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self.client = client
        self.page: Page
        self.answer: httpx2.Response

    async def open(self, path: str = "/") -> Page:
        """Go to an address."""
        return self._shown(await self.client.get(path, follow_redirects=True))

    async def press(self, data: str) -> Page:
        """Press a button by its data, such as `welcome=yes`."""
        return await self.send(self.page.form("press", data), press=data)

    async def command(self, name: str) -> Page:
        """Choose from the menu."""
        return await self.send(self.page.form("command", name), command=name)

    async def write(self, text: str) -> Page:
        """Write something and send it."""
        return await self.send(self.page.box, text=text)

    async def leave(self) -> Page:
        """Leave quickly."""
        (form,) = [one for one in self.page.forms if one.action == "/leave"]
        return await self.send(form)

    async def do(self, did: str) -> Page:
        """Press a button if there is such a one, else write."""
        return await (self.press(did) if did in self.page.choices else self.write(did))

    async def send(
        self, form: PageForm, headers: Mapping[str, str] = SAME_ORIGIN, **fields: str
    ) -> Page:
        """Send a form, and go where that leads."""
        return self._shown(await self._post(form, headers, fields, follow=True))

    async def posted(
        self, form: PageForm, headers: Mapping[str, str] = SAME_ORIGIN, **fields: str
    ) -> httpx2.Response:
        """Send a form and look at the bare answer; the page stays."""
        return await self._post(form, headers, fields, follow=False)

    async def _post(
        self,
        form: PageForm,
        headers: Mapping[str, str],
        fields: Mapping[str, str],
        *,
        follow: bool,
    ) -> httpx2.Response:
        data = {**form.fields, **fields}
        return await self.client.post(
            form.action, data=data, headers=dict(headers), follow_redirects=follow
        )

    @property
    def cookie(self) -> str:
        """The talk's cookie, empty when there is none."""
        return self.client.cookies.get(COOKIE) or ""

    @property
    def said(self) -> list[str]:
        """Every line that the page shows."""
        return [one.text.strip() for one in self.page.lines]

    def _shown(self, answer: httpx2.Response) -> Page:
        self.answer = answer
        self.page = Page(answer.text)
        return self.page
