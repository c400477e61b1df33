"""The shortest way through the talk on a page, without scripts."""

from tests.support.webvisitor import Visitor

TO_THE_CONCERNS = (
    *("language=en", "welcome=yes", "who_for=me", "safe_now=safe"),
    *("E1 4DG", "xx place", "practice=F84122"),
)
FACTS = ("Amina Hassan", "25 3 1980", "07700 900123")
TO_THE_REVIEW = (*TO_THE_CONCERNS, "concerns=housing", "concerns=done", *FACTS, "send_now=send")


async def walk(visitor: Visitor, *steps: str) -> Visitor:
    """Open the page and do each of these in turn."""
    await visitor.open()
    for did in steps:
        await visitor.do(did)
    return visitor
