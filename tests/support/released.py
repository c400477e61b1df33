"""Publications for tests, and a small api that serves whichever is the newest."""

import hashlib
import json

import httpx2

from common.contract.preview import Preview
from common.contract.publication import Message, Publication, Wording
from common.words.plurals import PLURAL_FORMS
from tests.support.world import world

Texts = dict[tuple[str, str], str]


def publication(version: int = 1, **texts: Texts) -> Publication:
    """A publication with these texts, by language and by step and id."""
    wordings = tuple(wording(code, found) for code, found in texts.items())
    etag = hashlib.sha256(repr((version, texts)).encode()).hexdigest()[:16]
    return Publication(version=version, etag=etag, wordings=wordings)


def wording(language: str, texts: Texts) -> Wording:
    """A language's texts."""
    return Wording(
        language=language,
        plural_forms=PLURAL_FORMS[language],
        messages=tuple(
            Message(step=step, id=name, texts=(text,)) for (step, name), text in texts.items()
        ),
    )


class PublishingApi:
    """Answers as the api does: the directory, the newest publication if any, and previews."""

    def __init__(self, newest: Publication | None = None) -> None:
        self.newest = newest
        self.previews: dict[str, Preview] = {}
        self._directory = world().directory.model_dump_json().encode()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/v1/previews":
            return self._redeemed(json.loads(request.content)["ticket"])
        if request.url.path == "/v1/directory":
            return httpx2.Response(200, content=self._directory)
        if request.url.path != "/v1/publications/current" or self.newest is None:
            return httpx2.Response(404)
        etag = f'"{self.newest.etag}"'
        if request.headers.get("If-None-Match") == etag:
            return httpx2.Response(304, headers={"ETag": etag})
        content = self.newest.model_dump_json()
        return httpx2.Response(200, content=content, headers={"ETag": etag})

    def _redeemed(self, ticket: str) -> httpx2.Response:
        """Each of `previews` is opened by its ticket once."""
        found = self.previews.pop(ticket, None)
        if found is None:
            return httpx2.Response(404)
        return httpx2.Response(200, content=found.model_dump_json())
