"""The conversation itself: a pure function from what was said to what is done."""
