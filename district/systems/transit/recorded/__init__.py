"""Recorded days of another city, driven once more through the doors of this installation."""
