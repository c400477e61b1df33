"""Pages for people who work here: made on the server, no JavaScript needed, every view audited."""
