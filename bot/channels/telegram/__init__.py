"""Telegram: updates in, messages out, by long polling or webhook."""

WEBHOOK_PATH = "/telegram/webhook"
"""Where Telegram posts to; here, since whoever asks need not wait for Telegram's library."""
