"""Measures how fast Doorway is, each thing beside what it is to be compared with: `make bench`."""
