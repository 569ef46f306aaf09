"""车载图片: what cameras on buses sent, kept for a time, and who looked at it."""
