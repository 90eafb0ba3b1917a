"""Whole pieces of work that need several rooms: the same for windows and commands."""
