"""Strides and dilations to draw from."""

from hypothesis import strategies as st

strides, dilations = st.integers(1, 4), st.integers(1, 3)
