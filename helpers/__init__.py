"""What the chapters compute and draw with, one idea a module."""
