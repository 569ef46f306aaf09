"""Uploaded files: kept once by content, checked for type and active content, given out by rule."""
