"""The tables, one file a noun; only re-exports here."""
