"""The agreement between bot and api: pure values and rules, no input or output."""
