"""What a report says: its class, its doubles, its topic. Pure; no training texts needed on the first day."""
