"""Streams of JT/T 1078: seen to arrive and counted, when no media server takes them. Nothing is kept, nothing played."""
