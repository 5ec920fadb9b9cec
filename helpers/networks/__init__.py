"""Networks that the chapters load instead of training them, and what is asked of any network."""
