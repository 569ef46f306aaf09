"""Changes of the grid, one file a noun."""
