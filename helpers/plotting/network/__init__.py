"""Figures of what a network is and what it sees."""
