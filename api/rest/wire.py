"""Reading bodies and headers strictly, as the contract's models want them."""

import json
from dataclasses import dataclass
from typing import Annotated

from fastapi import Header
from pydantic import BaseModel, GetCoreSchemaHandler, ValidatorFunctionWrapHandler
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True, slots=True)
class FromJson:
    """Marks a body that is strict in JSON's own types: a code is a string there, a date as well.

    The framework validates what it has parsed as if it were Python, where a strict model wants
    enums and dates already.
    """

    model: type[BaseModel]

    def __get_pydantic_core_schema__(
        self,
        source: object,
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._read, handler(source))

    def _read(self, value: object, otherwise: ValidatorFunctionWrapHandler) -> object:
        if isinstance(value, bytes):  # not sent as JSON at all
            return otherwise(value)
        try:
            text = json.dumps(value)
        except RecursionError:  # what can be read may be nested too deeply to be written
            raise ValueError("nested too deeply") from None
        return self.model.model_validate_json(text)


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
