"""The preview: the web chat in words that are not released yet, kept in memory and forgotten."""
