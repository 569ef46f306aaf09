"""The scanner's loop in machine code. Imported only where numba is."""

from .loop import scan

__all__ = ["scan"]
