"""Pages of background work, for the operator."""
