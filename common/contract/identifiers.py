"""Identifiers that people type: each is parsed into its one true form, or refused."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import phonenumbers

from common.contract.postcode_letters import in_latin, in_words, swap_lookalikes

_POSTCODE = re.compile(r"(?P<outward>(?P<area>[A-Z]{1,2})[0-9][A-Z0-9]?)(?P<inward>[0-9][A-Z]{2})")
# The 124 postcode areas of the Royal Mail; they have not changed since 1999.
_AREA_LETTERS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY "
    "E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE "
    "LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL "
    "SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_AREAS = frozenset(_AREA_LETTERS.split())
_NEVER_INWARD = frozenset("CIKMOV")
_BRITAIN = 44
_BRITISH_DIGITS = 10
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_REFERENCE_LENGTH = 7
_REFERENCE_PREFIX = "TH"


class UnreadableError(ValueError):
    """The text is not such an identifier. The text itself is never part of the message."""


def to_ascii_digits(text: str) -> str:
    """The text in NFKC with the digits of every script as 0-9, as people type ১২৩ or ١٢٣."""
    if text.isascii():
        return text  # it is so already
    return "".join(
        str(unicodedata.decimal(letter))
        if unicodedata.decimal(letter, None) is not None
        else letter
        for letter in unicodedata.normalize("NFKC", text)
    )


@dataclass(frozen=True, slots=True, order=True)
class Postcode:
    """A British postcode, such as E1 4DG: outward `E1`, inward `4DG`, sector `E1 4`."""

    outward: str
    inward: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a postcode in any spacing, case or digits; O/0 and I/1 mix-ups are mended.

        A reading in an area that exists is preferred: `EL4 9WU` is E14 9WU, as there is no EL.
        Without a single digit it is a word: `bills` must not be read as B1 1LS, in Birmingham.
        Letters of other scripts are read where they can mean one postcode only: `ই১ ৪ডিজি`.

        Raises:
            UnreadableError: the text has not the shape of a postcode, or that of two.
        """
        exact = _POSTCODE.fullmatch(text.replace(" ", "", 1))
        if exact and exact["area"] in _AREAS:  # as it is kept, and read again at every question
            return cls(exact["outward"], exact["inward"])
        readings = cls.readings(text)
        if len(readings) != 1:
            raise UnreadableError("not the shape of a postcode")
        (only,) = readings
        return only

    @classmethod
    def readings(cls, text: str) -> frozenset[Self]:
        """All postcodes that the text can mean: two when its letters look like others, as Н does.

        Of other scripts only what can be a postcode counts: an area that exists, and none of
        the letters that the Royal Mail keeps out of the inward code.
        """
        typed = in_words(to_ascii_digits(text))
        spellings = (spelling.replace(" ", "") for spelling in in_latin(typed))
        read = (one for spelling in spellings if (one := cls._read(spelling)))
        latin = all(map(str.isascii, typed))
        return frozenset(one for one in read if latin or _can_be(one))

    @classmethod
    def _read(cls, squeezed: str) -> Self | None:
        mended = squeezed if squeezed.isalpha() else swap_lookalikes(squeezed)
        candidates = map(_POSTCODE.fullmatch, (squeezed, mended))
        readings = [match for match in candidates if match]
        if not readings:
            return None
        best = next((one for one in readings if one["area"] in _AREAS), readings[0])
        return cls(best["outward"], best["inward"])

    @property
    def sector(self) -> str:
        """The outward code and the inward digit: the area of a few streets, as `E1 4`."""
        return f"{self.outward} {self.inward[0]}"

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}"


def _can_be(postcode: Postcode) -> bool:
    area = re.match("[A-Z]+", postcode.outward)
    return area is not None and area[0] in _AREAS and not _NEVER_INWARD & set(postcode.inward)


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A telephone number in E.164 form, such as +442071672828."""

    e164: str

    @classmethod
    def parse(cls, text: str, region: str = "GB") -> Self:
        """Read a number as people write it; without a country code it is of `region`.

        Possible numbers pass even when no operator has them: the person knows better,
        and Ofcom's drama numbers must work in demonstrations. Only in Britain a number that
        is short of ten digits must be a real one, since most often a digit was lost.

        Raises:
            UnreadableError: too short, too long, or no number at all.
        """
        try:
            number = phonenumbers.parse(to_ascii_digits(text), region)
        except phonenumbers.NumberParseException:
            raise UnreadableError("not a telephone number") from None
        if not _can_be_rung(number):
            raise UnreadableError("not a possible telephone number")
        return cls(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    @property
    def spoken(self) -> str:
        """The number as it is read to a person: national form at home, with code from abroad."""
        number = phonenumbers.parse(self.e164)
        form = phonenumbers.PhoneNumberFormat
        national = number.country_code == _BRITAIN
        return phonenumbers.format_number(number, form.NATIONAL if national else form.INTERNATIONAL)

    def __str__(self) -> str:
        return self.e164


def _can_be_rung(number: phonenumbers.PhoneNumber) -> bool:
    if phonenumbers.is_valid_number(number):
        return True
    possible = phonenumbers.is_possible_number_with_reason(number)
    digits = len(phonenumbers.national_significant_number(number))
    lost_digit = number.country_code == _BRITAIN and digits < _BRITISH_DIGITS
    return possible == phonenumbers.ValidationResult.IS_POSSIBLE and not lost_digit


@dataclass(frozen=True, slots=True)
class ReferralReference:
    """A reference that survives being read aloud: `TH-7K3M-9QX`.

    Six random symbols of Crockford's base 32 (no I, L, O, U) and a seventh that is their
    Luhn mod 32 check character: it notices every single wrong symbol, and every two
    neighbours that changed places unless they are 0 and Z.
    """

    symbols: str

    @classmethod
    def make(cls, random_below: Callable[[int], int]) -> Self:
        """Draw a new one; `random_below(n)` gives an unguessable whole number under n."""
        body = "".join(_CROCKFORD[random_below(len(_CROCKFORD))] for _ in range(6))
        return cls(body + _check_character(body))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a reference as typed or dictated: any case and spacing, O for 0, I or L for 1.

        Raises:
            UnreadableError: wrong length, a foreign symbol or a wrong check character.
        """
        plain = re.sub(r"[\s–—-]", "", to_ascii_digits(text).upper())
        plain = plain.removeprefix(_REFERENCE_PREFIX) if len(plain) > _REFERENCE_LENGTH else plain
        plain = plain.translate(str.maketrans("OIL", "011"))
        if len(plain) != _REFERENCE_LENGTH or any(symbol not in _CROCKFORD for symbol in plain):
            raise UnreadableError("not the shape of a reference")
        if _check_character(plain[:-1]) != plain[-1]:
            raise UnreadableError("the check character does not match")
        return cls(plain)

    def __str__(self) -> str:
        return f"{_REFERENCE_PREFIX}-{self.symbols[:4]}-{self.symbols[4:]}"


def _check_character(body: str) -> str:
    """Luhn mod N over Crockford's 32 symbols (ISO/IEC 7812-1 carried over to base 32)."""
    total = 0
    for position, symbol in enumerate(reversed(body)):
        weighted = _CROCKFORD.index(symbol) * (2 if position % 2 == 0 else 1)
        total += sum(divmod(weighted, len(_CROCKFORD)))
    return _CROCKFORD[-total % len(_CROCKFORD)]
