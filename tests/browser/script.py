"""What a person does, step by step, and the question that must come after each."""

from collections.abc import Sequence

Script = Sequence[tuple[str, str]]
"""A button's data, or typed words; then the question after it."""

NAME = "Amina Hassan"
PHONE = "07700 900123"
POSTER = "/?start=bn-F84122"


def to_welcome(language: str) -> Script:
    """The first thing pressed."""
    return ((f"language={language}", "welcome"),)


TO_CONCERNS: Script = (
    ("welcome=yes", "who_for"),
    ("who_for=me", "safe_now"),
    ("safe_now=safe", "postcode"),
    ("E1 4DG", "practice"),
    ("xx place", "practice"),
    ("practice=F84122", "concerns"),
)
TO_NAME: Script = (("concerns=housing", "concerns"), ("concerns=done", "name"))
TO_REVIEW: Script = (
    (NAME, "date_of_birth"),
    ("25 3 1980", "phone"),
    (PHONE, "send_now"),
    ("send_now=send", "review"),
)
TO_SENT: Script = (("review=send", "sent"),)
