"""An OpenID provider of another house: where it is, what it says, and whether that is true."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from httpx2 import HTTPError
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from common.runtime.clock import Clock
from common.runtime.tls import authorities

PATIENCE = 10.0  # seconds for each answer of the provider
KNOWN_FOR = timedelta(hours=1)  # after which its keys and addresses are asked for again
LEEWAY = 60  # seconds that its clock may be off
IN_THE_FORM = "client_secret_post"
# Signed with the provider's own key: never with our shared secret, and never unsigned.
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")

Claims = Mapping[str, Any]


class ProviderError(Exception):
    """The provider refused, cannot be reached, or says what is not true. Holds no claims."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How we are known to a provider. `proof` are claims that must be so, as `amr=mfa`."""

    issuer: str
    client_id: str
    client_secret: str
    label: str
    back: str
    acr_values: str = ""
    proof: tuple[tuple[str, str], ...] = ()
    trusts_email: bool = False


@dataclass(slots=True)
class _Known:
    """What the provider has published, and until when that is believed."""

    until: datetime
    addresses: dict[str, Any] = field(default_factory=dict)
    keys: KeySet | None = None


class Provider:
    """Speaks OpenID Connect with one provider: code flow with PKCE."""

    def __init__(self, terms: Terms, clock: Clock) -> None:
        self._terms = terms
        self._clock = clock
        self._known: _Known | None = None

    async def address(self, *, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser. Raises ProviderError."""
        known = await self._learn()
        more = {"acr_values": self._terms.acr_values} if self._terms.acr_values else {}
        async with self._client() as client:
            url, _ = client.create_authorization_url(
                known.addresses["authorization_endpoint"],
                state=state,
                nonce=nonce,
                code_verifier=verifier,
                **more,
            )
        return str(url)

    async def claims(self, *, code: str, nonce: str, verifier: str) -> Claims:
        """What the provider says of whoever came back with this code, all of it checked.

        Raises:
            ProviderError: it says nothing, or nothing that we may believe.
        """
        known = await self._learn()
        try:
            async with self._client(known) as client:
                token = await client.fetch_token(
                    known.addresses["token_endpoint"], code=code, code_verifier=verifier
                )
                said = await self._read(str(token.get("id_token", "")), nonce, client)
                return await self._more(said, known, client)
        except (OAuthError, JoseError, HTTPError, ValueError, KeyError, TypeError) as error:
            # From None: what it answered may name a person.
            raise ProviderError(type(error).__name__) from None

    async def _read(self, id_token: str, nonce: str, client: AsyncOAuth2Client) -> Claims:
        try:
            decoded = jwt.decode(id_token, await self._keys(client), registry=_registry())
        except InvalidKeyIdError:  # it may have changed its keys since
            decoded = jwt.decode(
                id_token, await self._keys(client, anew=True), registry=_registry()
            )
        expected = {
            "iss": {"essential": True, "values": [self._terms.issuer]},
            "aud": {"essential": True, "values": [self._terms.client_id]},
            "nonce": {"essential": True, "values": [nonce]},
        }
        said = CodeIDToken(
            decoded.claims,
            decoded.header,
            expected,
            {"nonce": nonce, "client_id": self._terms.client_id},
        )
        said.validate(now=int(self._clock().timestamp()), leeway=LEEWAY)
        return dict(said)

    async def _more(self, said: Claims, known: _Known, client: AsyncOAuth2Client) -> Claims:
        """What stands only in the person's details: some providers keep the e-mail there."""
        where = known.addresses.get("userinfo_endpoint")
        if "email" in said or not where:
            return said
        answer = await client.get(where)
        answer.raise_for_status()
        details = answer.json()
        if details.get("sub") != said["sub"]:
            raise ProviderError("another subject")
        return {**details, **said}

    async def _keys(self, client: AsyncOAuth2Client, *, anew: bool = False) -> KeySet:
        known = await self._learn()
        if known.keys is None or anew:
            where = known.addresses["jwks_uri"]
            answer = await client.request("GET", where, withhold_token=True)
            answer.raise_for_status()
            known.keys = KeySet.import_key_set(answer.json())
        return known.keys

    async def _learn(self) -> _Known:
        """Where the provider's doors are."""
        if self._known is not None and self._clock() < self._known.until:
            return self._known
        where = f"{self._terms.issuer.rstrip('/')}/.well-known/openid-configuration"
        try:
            async with self._client() as client:
                answer = await client.request("GET", where, withhold_token=True)
            answer.raise_for_status()
            addresses = answer.json()
            if addresses["issuer"] != self._terms.issuer:
                raise ProviderError("another issuer")
        except (HTTPError, ValueError, KeyError, TypeError) as error:
            raise ProviderError(type(error).__name__) from None
        self._known = _Known(self._clock() + KNOWN_FOR, addresses)
        return self._known

    def _client(self, known: _Known | None = None) -> AsyncOAuth2Client:
        basic = "client_secret_basic"  # what is meant where nothing is said
        named = known.addresses.get("token_endpoint_auth_methods_supported") if known else None
        return AsyncOAuth2Client(
            self._terms.client_id,
            self._terms.client_secret,
            scope="openid email profile",
            redirect_uri=self._terms.back,
            code_challenge_method="S256",
            token_endpoint_auth_method=basic if basic in (named or [basic]) else IN_THE_FORM,
            leeway=0,  # its token is used at once: one that lasts a minute will do
            timeout=PATIENCE,
            verify=authorities(from_environment=True),
        )


def _registry() -> JWSRegistry:
    return JWSRegistry(algorithms=list(SIGNATURES), strict_check_header=False)
