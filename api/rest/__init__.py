"""JSON for machines: parse, call the service, answer."""
