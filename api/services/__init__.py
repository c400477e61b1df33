"""What the service does: each function opens one transaction and knows who is asking."""
