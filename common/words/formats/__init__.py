"""The files in which words travel to translators and back: bytes to messages and messages to bytes.

Each file names a message by its step and id, shows its English, and carries a mark of the text it
was made from; so that it is known on its return what has been changed here in the meantime.
"""
