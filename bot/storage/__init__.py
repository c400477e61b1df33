"""Where conversations, the inbox and sent messages are kept."""
