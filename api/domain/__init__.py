"""The rules of the service as pure values and functions: no store, no clock, no network."""
