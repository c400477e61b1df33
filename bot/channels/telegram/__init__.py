"""Telegram: updates in, messages out, by long polling or webhook."""
