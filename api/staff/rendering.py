"""Renders templates: ours, which may name nothing that is not there, and NHS.UK's macros."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import (
    ChainableUndefined,
    Environment,
    PackageLoader,
    StrictUndefined,
    Template,
    select_autoescape,
)

from common.runtime.assets import Assets, asset

STATIC = Assets(Path(__file__).parent / "static", "/staff/static")
NHSUK = "nhsuk/"

_COMMON: dict[str, Any] = {
    "auto_reload": False,  # new files must not meet the code that was started with the old ones
    "trim_blocks": True,
    "lstrip_blocks": True,
}


class _Pages(Environment):
    """Our templates. What NHS.UK's macros leave out is nothing to them; to ours it is a mistake."""

    macros = Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        autoescape=select_autoescape(["html", "jinja"]),
        undefined=ChainableUndefined,
        **_COMMON,
    )

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 Jinja's own name
    ) -> Template:
        if isinstance(name, str) and name.startswith(NHSUK):
            return self.macros.get_template(name)
        return super().get_template(name, parent, globals)


PAGES = _Pages(
    loader=PackageLoader("api.staff"),
    autoescape=select_autoescape(["html", "jinja"]),
    undefined=StrictUndefined,
    **_COMMON,
)
PAGES.globals |= {"asset": asset, "static": STATIC.url}


def render(template: str, **words: object) -> str:
    """The page that a template makes of these."""
    return PAGES.get_template(template).render(words)
