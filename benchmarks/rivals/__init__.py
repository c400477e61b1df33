"""The same dialogue as a competent user of two other libraries would write it."""
