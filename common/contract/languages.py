"""The languages Doorway knows: how each is written, and what it is offered for."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Language:
    """A language: `code` is the dialogue's own; `written` is false where it is only spoken here."""

    code: str
    bcp47: str
    own_name: str
    english_name: str
    direction: Literal["ltr", "rtl"] = "ltr"
    written: bool = True


# In the order the borough's residents need them (2021 Census main languages, service's figures).
LANGUAGES: tuple[Language, ...] = (
    Language("en", "en-GB", "English", "English"),
    Language("bn", "bn", "বাংলা", "Bengali"),
    Language("syl", "syl", "সিলেটি", "Sylheti", written=False),
    Language("so", "so", "Soomaali", "Somali"),
    Language("ar", "ar", "العربية", "Arabic", "rtl"),
    Language("ur", "ur", "اردو", "Urdu", "rtl"),
    Language("zh", "zh", "中文", "Chinese"),
    Language("it", "it", "Italiano", "Italian"),
    Language("es", "es", "Español", "Spanish"),
    Language("pt", "pt", "Português", "Portuguese"),
    Language("fr", "fr", "Français", "French"),
    Language("pl", "pl", "Polski", "Polish"),
    Language("tr", "tr", "Türkçe", "Turkish"),
    Language("vi", "vi", "Tiếng Việt", "Vietnamese"),
    Language("yue", "yue", "廣東話", "Cantonese", written=False),
    Language("cmn", "cmn", "普通话", "Mandarin", written=False),
    Language("bsl", "bfi", "BSL", "British Sign Language", written=False),
)

BY_CODE: dict[str, Language] = {language.code: language for language in LANGUAGES}
SOURCE_LANGUAGE = "en"
OTHER_LANGUAGE = "other"

# In what somebody reads and writes who talks in a language that is hardly written.
WRITTEN_AS: dict[str, str] = {"syl": "bn", "yue": "zh", "cmn": "zh", "bsl": SOURCE_LANGUAGE}

# Those that a clip may be spoken in: all that are written here, and Sylheti.
VOICES: tuple[Language, ...] = tuple(one for one in LANGUAGES if one.written or one.code == "syl")

# Chinese is written one way and spoken in two that are listed by themselves.
SPOKEN_LANGUAGES: tuple[Language, ...] = tuple(one for one in LANGUAGES if one.code != "zh")
