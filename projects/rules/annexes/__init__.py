"""What is inside a file: what it would do when opened, and every text in it with its place."""
