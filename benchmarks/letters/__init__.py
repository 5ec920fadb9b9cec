"""Letters of typefaces that the recogniser learned from, and of those that it never saw."""
