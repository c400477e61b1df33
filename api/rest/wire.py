"""Reading bodies and headers strictly, as the contract's models want them."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Header, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, GetCoreSchemaHandler, ValidatorFunctionWrapHandler
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True, slots=True)
class _Json:
    """A body that says it is JSON, as it came."""

    body: bytes


class _Unread(Request):
    """A request whose JSON is left to the model that knows what to look for in it."""

    async def json(self) -> _Json:
        return _Json(await self.body())


class JsonRoute(APIRoute):
    """A route whose body is read once, from its bytes, by a model that is marked `FromJson`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_unread(request: Request) -> Response:
            return await handle(_Unread(request.scope, request.receive))

        return handle_unread


@dataclass(frozen=True, slots=True)
class FromJson:
    """Marks a body that is strict in JSON's own types: a code is a string there, a date as well.

    The framework would validate what it has parsed as if it were Python, where a strict model
    wants enums and dates already. Only for routes that are a `JsonRoute`.
    """

    model: type[BaseModel]

    def __get_pydantic_core_schema__(
        self,
        source: object,
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._read, handler(source))

    def _read(self, value: object, otherwise: ValidatorFunctionWrapHandler) -> object:
        if not isinstance(value, _Json):  # not sent as JSON at all
            return otherwise(value)
        return self.model.model_validate_json(value.body)


IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{8,200}$",
        description="New for each thing that is sent; the same when it is tried again.",
    ),
]
ConversationId = Annotated[
    str,
    Header(
        alias="X-Conversation-Id",
        pattern=r"^[A-Za-z0-9_-]{8,64}$",
        description="The conversation that sent the referral. Any other finds nothing.",
    ),
]
