"""What the newest releases change: which packages differ from the lock, and which tests fail."""
