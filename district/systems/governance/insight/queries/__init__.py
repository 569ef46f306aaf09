"""Reads for trends, one file a noun. Places, times and kinds of events; no field of a person."""
