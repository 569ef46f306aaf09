"""Reads more complex than a get, one file a noun."""
