"""The world as the dialogue's tests see it: the real borough and words, and a fixed clock."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from api.persistence.postcodes import read_borough
from api.persistence.practice_file import read_practices
from bot.dialogue.world import Service, World
from bot.translation import Translator
from bot.vocabulary import Shipped
from common.contract.directory import Directory

LOCALES = Path(__file__).parents[2] / "locales"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SERVICE = Service(
    phone="020 7946 0123",
    email="hello@doorway.example",
    controller="The demonstration borough",
    data_protection_officer="privacy@doorway.example",
    privacy_page="https://doorway.example/privacy",
)
HELPLINES = {
    "emergency": "999",
    "crisis": "111",
    "talk": "116 123",
    "domestic_abuse": "0808 2000 247",
    "child": "0800 1111",
}


@cache
def translator() -> Translator:
    """All catalogues, read once."""
    return Translator(Shipped.load(LOCALES).catalogues)


@cache
def world() -> World:
    """The real practices and postcodes, the real words, and a made-up service."""
    directory = Directory(version="test", practices=read_practices(), borough=read_borough())
    return World(directory, translator(), SERVICE, HELPLINES)
