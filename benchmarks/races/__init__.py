"""Networks against the textbook's, timed in the same run."""
