"""How phrases of danger are written down and found: the bot listens, coordinators keep the list."""
