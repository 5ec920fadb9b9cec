"""What borrowed features are worth."""
