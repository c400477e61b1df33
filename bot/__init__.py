"""The residents' side: channels, the dialogue, and delivery to the intake."""
