"""What the bot and the api share, and the only thing both import."""
