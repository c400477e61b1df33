"""Pages for people who work here: server-rendered, read-only for now, every view audited."""
