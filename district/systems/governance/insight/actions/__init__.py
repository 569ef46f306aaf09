"""Changes of what trends keep, one file a noun."""
