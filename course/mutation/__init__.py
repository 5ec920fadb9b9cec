"""Change the code a little, many times over, and count how often a test notices."""
