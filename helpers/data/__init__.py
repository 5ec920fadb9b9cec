"""Digits and photographs: where they come from, how they are split, and what changes them."""

from helpers.data.mnist import Digits, Split, load_mnist

__all__ = ["Digits", "Split", "load_mnist"]
