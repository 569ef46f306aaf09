"""Replay of a day from the positions that were kept."""
