"""Results to rows, and rows to a screen or a file."""
