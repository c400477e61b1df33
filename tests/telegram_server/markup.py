"""Keyboards as Telegram takes or refuses them."""

import json
from typing import Any

from tests.telegram_server.errors import bad_request

Rows = list[list[tuple[str, str]]]
"""Rows of buttons: what is written on each, and the data or the address behind it."""

_DATA_LIMIT = 64


def parsed(reply_markup: str) -> dict[str, Any]:
    """The `reply_markup` parameter; empty when none was given."""
    value = json.loads(reply_markup or "{}")
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    return value


def inline_rows(markup: dict[str, Any]) -> Rows:
    """The inline buttons, checked."""
    return [[_button(one) for one in row] for row in markup.get("inline_keyboard", [])]


def contact_button(markup: dict[str, Any]) -> str:
    """What is written on the share-contact button, if there is one."""
    for row in markup.get("keyboard", []):
        for button in row:
            if button.get("request_contact"):
                return str(button["text"])
    return ""


def _button(button: dict[str, Any]) -> tuple[str, str]:
    label, data = str(button.get("text", "")), str(button.get("callback_data", ""))
    if label and "url" in button and not data:
        return label, _address(str(button["url"]))
    if not label:
        raise bad_request('can\'t parse inline keyboard button: field "text" must be non-empty')
    if not 0 < len(data.encode()) <= _DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    return label, data


def _address(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return url
