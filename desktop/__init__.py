"""Sổ Sáng Kiến: the register of workers' initiatives of a trade-union office."""

__version__ = "0.3.0"
