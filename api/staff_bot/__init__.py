"""The staff's bot in Telegram: who is linked hears of what comes, and may accept it."""
