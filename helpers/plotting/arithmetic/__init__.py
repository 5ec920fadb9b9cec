"""Figures of windows, kernels, padding, pooling and receptive fields."""
