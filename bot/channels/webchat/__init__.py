"""The web chat: the same talk on a page of ours, with and without JavaScript."""

SOURCE = "webchat"
