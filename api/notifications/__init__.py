"""How staff hear that somebody waits: composed without the person in it, carried by e-mail."""
