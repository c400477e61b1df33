"""What a free text may mean beyond an answer: each listener turns words into Signals."""
