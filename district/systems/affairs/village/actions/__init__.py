"""What is done in the life of a village, one module a matter."""
