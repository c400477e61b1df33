"""What an operator does to a store: change its keys, back it up, see to its dead letters."""
