"""The pages of care and disputes; re-exported by the system's own `pages`."""
