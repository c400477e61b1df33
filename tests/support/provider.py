"""A small OpenID provider as a process of its own: `python -m tests.support.provider`.

It speaks the code flow with PKCE. At its sign-in page whoever is asked for says themselves what
the provider is to say of them: `claims` as JSON, those of the protocol among them, so that a
test can have it lie. `_key` set to `other` signs with a key that it never published.
"""

import base64
import hashlib
import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from common.runtime.door import open_door
from tests.support.sources import ROOT

CLIENT, SECRET = "doorway", "a-secret-between-the-two"


class Provider:
    """What it has promised, and the keys it signs with."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
        self.other = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
        self.codes: dict[str, dict[str, str]] = {}
        self.people: dict[str, dict[str, Any]] = {}

    async def configuration(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        )

    async def keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def sign_in(self, request: Request) -> Response:
        """Where the browser is sent; a form sent here signs somebody in."""
        asked = dict(request.query_params)
        wanted = {"client_id": CLIENT, "response_type": "code", "code_challenge_method": "S256"}
        if any(asked.get(name) != value for name, value in wanted.items()):
            return PlainTextResponse("not what a provider may be asked", 400)
        if request.method == "GET":
            return PlainTextResponse("Who are you?")
        async with request.form() as form:
            code = secrets.token_urlsafe(16)
            self.codes[code] = {**asked, "claims": str(form["claims"])}
        back = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", 302)

    async def token(self, request: Request) -> Response:
        async with request.form() as form:
            given = {name: str(value) for name, value in form.items()}
        known = self.codes.pop(given.get("code", ""), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        theirs = (given.get("client_id"), given.get("client_secret")) == (CLIENT, SECRET)
        if known is None or challenge != known["code_challenge"] or not theirs:
            return JSONResponse({"error": "invalid_grant"}, 400)
        claims: dict[str, Any] = json.loads(known["claims"])
        access = secrets.token_urlsafe(16)
        self.people[access] = claims.pop("_userinfo", {})
        key = self.other if claims.pop("_key", "") == "other" else self.key
        said = {"iss": self.issuer, "aud": CLIENT, "nonce": known["nonce"], **claims}
        header = {"alg": claims.pop("_alg", "RS256"), "kid": "1"}
        signed = jwt.encode(header, said, key)
        return JSONResponse(
            {"access_token": access, "token_type": "Bearer", "expires_in": 60, "id_token": signed}
        )

    async def userinfo(self, request: Request) -> Response:
        access = request.headers.get("authorization", "").removeprefix("Bearer ")
        return JSONResponse(self.people.get(access, {}))


def app_of(provider: Provider) -> Starlette:
    """Its pages."""
    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", provider.configuration),
            Route("/authorize", provider.sign_in, methods=["GET", "POST"]),
            Route("/token", provider.token, methods=["POST"]),
            Route("/userinfo", provider.userinfo),
            Route("/keys", provider.keys),
        ]
    )


@contextmanager
def running_provider() -> Iterator[str]:
    """Start it as a process of its own; its issuer, which is its address."""
    command = [sys.executable, "-m", "tests.support.provider"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def main() -> None:
    """Serve at a free port, and say where."""
    door = open_door("127.0.0.1", 0)
    issuer = f"http://127.0.0.1:{door.getsockname()[1]}"
    config = uvicorn.Config(app_of(Provider(issuer)), log_config=None, access_log=False)
    # Whoever comes from now on waits at the open door until it is served.
    sys.stdout.write(f"{issuer}\n")
    sys.stdout.flush()
    uvicorn.Server(config).run(sockets=[door])


if __name__ == "__main__":
    main()
