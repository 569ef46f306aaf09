"""Every change, one file a noun; only re-exports here."""
