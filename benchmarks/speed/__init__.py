"""The speed of what is written by hand."""
