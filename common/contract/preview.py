"""A preview: what a coordinator's page asks the bot to show, with words that are not out yet."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from common.contract.publication import Publication

TICKET = r"^[A-Za-z0-9_-]{43}$"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PreviewTicket(_Value):
    """A ticket as a frame has brought it: it opens one preview, once."""

    ticket: Annotated[str, Field(pattern=TICKET)]


class Preview(_Value):
    """What a ticket opens: a step, or another part of the catalogues, in a language.

    `words` is a publication that was never released: the newest words of that language and of
    English. `framed_by` is the origin of the staff pages, which alone may show it.
    """

    language: str
    step: str
    framed_by: str
    words: Publication
