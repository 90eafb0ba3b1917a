"""What may be done: one frozen dataclass a verb, in the file of its noun."""
