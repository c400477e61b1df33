"""A resident with a browser that runs no scripts: reads the page, sends its forms, is patient."""

import httpx2

from tests.chaos.pause import Patience, rest
from tests.chaos.resident import NUDGE, Resident
from tests.end_to_end.talk import REFERENCE
from tests.support.webpage import Page, PageForm
from tests.support.webvisitor import SAME_ORIGIN

TRIES = 3
"""How often the same form is sent before the page is looked at anew."""
ANSWERED_WITHIN = 30.0
LOOKS_AGAIN_AFTER = 1.0
_REDIRECTED = 399


class OnThePage:
    """One of them with a browser of their own, and so with a cookie of their own."""

    def __init__(self, resident: Resident, url: str, impatience: float) -> None:
        self.resident = resident
        self._client = httpx2.AsyncClient(
            base_url=url,
            headers={"accept-language": resident.language},
            timeout=15,
            trust_env=False,
        )
        self._patience = Patience(LOOKS_AGAIN_AFTER, longest=impatience)
        self._gives_a_sign_after = impatience * 3
        self._waited = 0.0
        self._done = ""
        self._shown = ""

    async def begin(self) -> None:
        """Open the page."""
        await self._look()
        self.resident.started = True

    async def step(self) -> bool:
        """Answer what is open now; False at the end."""
        page = await self._look()
        form = _open_form(page)
        question = form.fields["question"] if form else ""
        if question in {"sending", "sent"}:
            self.resident.confirmed = True  # the page says so, whatever became of the answer
        if question == "sent" and self.resident.references:
            self.resident.finished = True
            return False
        if _is_waiting(page) or question in {"", "sending"}:
            await self._wait(page)
            return True
        self._waited = 0.0
        self._patience.learn(came=True)
        choices = [value for _, value, _ in form.buttons] if form else []
        chosen = [value for value, pressed in page.toggles.items() if pressed == "true"]
        await self._do(page, form, self.resident.answer(question, choices, chosen) or NUDGE)
        return True

    async def ask(self) -> bool:
        """Whether a question about the referral is answered now, first by us, then by the api."""
        page = await self._look()
        before = _lines(page)
        await self._send(page.box, text=NUDGE)
        for _ in range(round(ANSWERED_WITHIN / LOOKS_AGAIN_AFTER)):
            page = await self._look()
            if len(_lines(page) - before) > 1 and not _is_waiting(page):
                self.resident.answered = True
                break
            await rest(LOOKS_AGAIN_AFTER)
        return self.resident.answered

    def story(self) -> str:
        """The page in words, to find out what went wrong."""
        return self._shown

    async def close(self) -> None:
        """Close the browser."""
        await self._client.aclose()

    async def _wait(self, page: Page) -> None:
        """Look at the page again; after a long time write something."""
        self._waited += self._patience.seconds
        await self._in_vain()
        if self._waited > self._gives_a_sign_after:
            self._waited = 0.0
            self._gives_a_sign_after *= 2
            await self._send(page.box, text=NUDGE)

    async def _in_vain(self) -> None:
        await rest(self._patience.seconds)
        self._patience.learn(came=False)

    async def _do(self, page: Page, form: PageForm | None, did: str) -> None:
        mark = f"{did} {form.fields.get('update') if form else ''}"
        self.resident.repeats += mark == self._done
        self._done = mark
        if form is None or did not in {value for _, value, _ in form.buttons}:
            await self._send(page.box, text=did)
        elif await self._send(form, press=did) and did == "review=send":
            self.resident.confirmed = True

    async def _look(self) -> Page:
        """The page, whenever it comes."""
        while True:
            try:
                got = await self._client.get("/", follow_redirects=True)
            except httpx2.HTTPError:
                got = None
            if got is not None and got.status_code == 200:
                self.resident.references |= set(REFERENCE.findall(got.text))
                page = Page(got.text)
                self._shown = page.text
                return page
            await self._in_vain()

    async def _send(self, form: PageForm, **fields: str) -> bool:
        """Send a form; when no answer comes, the very same again. Whether it was taken."""
        for _ in range(TRIES):
            try:
                got = await self._client.post(
                    form.action, data={**form.fields, **fields}, headers=SAME_ORIGIN
                )
            except httpx2.HTTPError:
                got = None
            if got is not None and got.status_code < 500:
                return got.status_code <= _REDIRECTED
            self.resident.repeats += 1
            await self._in_vain()
        return False


def _open_form(page: Page) -> PageForm | None:
    return next((one for one in reversed(page.forms) if "question" in one.fields), None)


def _is_waiting(page: Page) -> bool:
    return 'class="waiting__text"' in page.source


def _lines(page: Page) -> set[str]:
    return {one.name for one in page.lines if not one.is_mine}
