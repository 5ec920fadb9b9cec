"""Figures of trainings and of what came of them."""
