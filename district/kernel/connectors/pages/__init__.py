"""Pages of deliveries: sources, a new source from a file, a run with its receipt, refused rows."""
