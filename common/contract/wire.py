"""What every message between bot and api is made of: strict models and fields that are parsed."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from common.contract.identifiers import PhoneNumber, Postcode, ReferralReference
from common.contract.languages import BY_CODE, OTHER_LANGUAGE


def _postcode(text: str) -> str:
    return str(Postcode.parse(text))


def _phone(text: str) -> str:
    return str(PhoneNumber.parse(text))


def _reference(text: str) -> str:
    return str(ReferralReference.parse(text))


def _language(code: str) -> str:
    if code not in BY_CODE and code != OTHER_LANGUAGE:
        raise ValueError("not a language of the directory")
    return code


def _told(text: str) -> str:
    if not text.strip():
        raise ValueError("nothing but blanks")
    return _storable(text)


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("a character that no database keeps")
    return text


PostcodeText = Annotated[str, Field(max_length=16), AfterValidator(_postcode)]
PhoneText = Annotated[str, Field(max_length=40), AfterValidator(_phone)]
ReferenceText = Annotated[str, Field(max_length=16), AfterValidator(_reference)]
LanguageCode = Annotated[str, Field(max_length=8), AfterValidator(_language)]
OdsCode = Annotated[str, Field(pattern=r"^[A-Z0-9]{3,8}$")]
Line = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_told)]
Prose = Annotated[str, Field(max_length=10_000), AfterValidator(_storable)]
ConversationId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


class Wire(BaseModel):
    """Strict, so that `false` is no number and an unknown field is an error, never ignored.

    Read it from JSON (`model_validate_json`), where ISO dates and codes are text. Errors name
    the field and never show its value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)
