"""What a new store starts with."""
