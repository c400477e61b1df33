"""The places people write from; each folder has the same three files and knows no other."""
