"""A browser at the staff pages: keeps cookies, reads forms, sends them as a browser would."""

import re
from functools import cache
from typing import Any

from httpx2 import Response
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Connection, text
from starlette.testclient import TestClient

from tests.support.intake_api import Api

PASSWORD = "correct horse battery staple"
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


@cache
def password_hash() -> str:
    """Argon2id, made quick for tests: the hash itself says how it was made."""
    return PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)).hash(PASSWORD)


def sql(api: Api, statement: str, **values: object) -> list[tuple[Any, ...]]:
    """Look or reach into the store, past every rule."""

    def work(connection: Connection) -> list[tuple[Any, ...]]:
        result = connection.execute(text(statement), values)
        return [tuple(row) for row in result] if result.returns_rows else []

    return api.write(work)


def give_passwords(api: Api) -> None:
    """Let all made-up staff sign in."""
    sql(api, "UPDATE staff_member SET password_hash = :hashed", hashed=password_hash())


class Browser:
    """One browser of one person."""

    def __init__(self, api: Api, base: str = "http://127.0.0.1:8000") -> None:
        self.http = TestClient(api.app, base_url=base, follow_redirects=False)
        self.http.portal = api.client.portal  # the application's own loop

    def get(self, path: str) -> Response:
        """Look at a page."""
        return self.http.get(path, headers=SAME_ORIGIN)

    def token(self, path: str = "/staff/sign-in") -> str:
        """The form's token on a page."""
        found = re.search(r'name="token" value="([0-9a-f]{64})"', self.get(path).text)
        assert found is not None
        return found[1]

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Response:
        """Send a form."""
        return self.http.post(path, data=fields, headers={**SAME_ORIGIN, **headers})

    def sign_in(self, name: str, password: str = PASSWORD, after: str = "") -> Response:
        """Fill in the sign-in form."""
        email = f"{name}@example.org"
        fields = {"token": self.token(), "email": email, "password": password, "next": after}
        return self.post("/staff/sign-in", fields)
