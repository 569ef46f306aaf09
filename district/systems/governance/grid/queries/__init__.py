"""Reads of the grid, one file a noun."""
