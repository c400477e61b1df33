"""What holds for the words of the conversation in every language, and how they travel in files."""
