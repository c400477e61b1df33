"""A browser at the staff pages: keeps cookies, reads forms, sends them as a browser would."""

import re
from functools import cache
from typing import Any

from httpx2 import Response
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Connection, text
from starlette.testclient import TestClient

from api.persistence import factors
from api.services import apps
from tests.support.intake_api import Api

SECOND = "/staff/sign-in/second"
FORGET_CODE = (
    "UPDATE staff_totp SET last_step = 0 "
    "WHERE staff_id = (SELECT id FROM staff_member WHERE email = :email)"
)
APP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
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
    """Let all made-up staff sign in: a password, and an authenticator app."""
    sql(api, "UPDATE staff_member SET password_hash = :hashed", hashed=password_hash())
    ids = [row[0] for row in sql(api, "SELECT id FROM staff_member")]
    vault, now = api.desk.vault, api.clock()

    def give(connection: Connection) -> None:
        for one in ids:
            sealed = apps.seal(vault, one, APP)
            factors.set_secret(connection, one, sealed, 0, now)

    api.write(give)


class Browser:
    """One browser of one person."""

    def __init__(self, api: Api, base: str = "http://127.0.0.1:8000") -> None:
        self.api = api
        self.email = ""
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
        """Fill in the sign-in form, and when that was right, the second step."""
        answer = self.knock(name, password, after)
        return self.show_code() if answer.headers.get("location") == SECOND else answer

    def knock(self, name: str, password: str = PASSWORD, after: str = "") -> Response:
        """The first step alone: e-mail address and password."""
        self.email = f"{name}@example.org"
        fields = {"token": self.token(), "email": self.email, "password": password, "next": after}
        return self.post("/staff/sign-in", fields)

    def show_code(self, code: str = "") -> Response:
        """The second step: the code that the app shows now, unless it is to be another one."""
        # The clock of a test stands still, and a code works once: so each is as if it were new.
        sql(self.api, FORGET_CODE, email=self.email)
        given = code or apps.code_at(APP, self.api.clock())
        return self.post("/staff/sign-in/code", {"token": self.token(SECOND), "code": given})
